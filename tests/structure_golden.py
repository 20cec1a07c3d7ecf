"""The golden write-ups of ten genres: a text whose headings are tagged with level and role.

`⟦2 practice⟧主要做法⟧` is a heading of level 2; structure gets the text without tags.
A write-up begins with `@ id split dialect`. Rules and vocabulary were written for the `tune` split.
The `held` write-ups were written before, and nobody looked at the errors in them; but their author
is the same, so figures on them flatter. In five write-ups in odd wordings (`fresh`), before
rules were tuned on them, every heading was found, none was false, and 21 of 27 roles were right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "structure" / "golden"
_TAG = re.compile(r"⟦(\d) ([a-z-]+)⟧(.*?)⟧")
_BEGIN = re.compile(r"^@ (\S+) (tune|held) (\S+)\n", re.M)


@dataclass(frozen=True, slots=True)
class Golden:
    """A write-up with what a person reads in it: level and role of each heading, by its text."""

    id: str
    genre: str
    split: str
    text: str
    expected: dict[str, tuple[int, str]]


def golden_write_ups() -> Iterator[Golden]:
    """All golden write-ups, by genre."""
    for path in sorted(FOLDER.glob("*.txt")):
        _, *pieces = _BEGIN.split(path.read_text(encoding="utf-8"))
        for name, split, _, tagged in zip(*(pieces[n::4] for n in range(4)), strict=True):
            tags = _TAG.findall(tagged)
            expected = {text.strip(): (int(level), role.strip("-")) for level, role, text in tags}
            text = _TAG.sub(lambda tag: tag[3], tagged)
            yield Golden(name, path.stem, split, text, expected)
