"""The golden write-ups of ten genres: a text whose headings are tagged with level and role.

`⟦2 practice⟧主要做法⟧` is a heading of level 2; structure gets the text without tags.
A write-up begins with `@ id split dialect`; what it states about itself (`organ=…`) may follow.
Rules and vocabulary were written for the `tune` split.
The `held` write-ups were written before, and nobody looked at the errors in them; but their author
is the same, so figures on them flatter. In five write-ups in odd wordings (`fresh`), before
rules were tuned on them, every heading was found, none was false, and 21 of 27 roles were right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casebook.structure import structure
from plain import repair

FOLDER = Path(__file__).parent / "data" / "structure" / "golden"
KINDS = FOLDER.parent / "kinds" / "outlines.txt"
_KIND = re.compile(r"^@ (.+)\n", re.M)
_PLAIN_TAG = re.compile(r"⟦(\d)⟧([^⟧\n]*)⟧")
_TAG = re.compile(r"⟦(\d) ([a-z-]+)⟧(.*?)⟧")
_BEGIN = re.compile(r"^@ (\S+) (tune|held) (\S+)((?: \w+=\S+)*)\n", re.M)


@dataclass(frozen=True, slots=True)
class Golden:
    """A write-up with what a person reads in it: level and role of each heading, by its text.

    `facts` are kind, organ, region and date, as far as they are noted.
    """

    id: str
    genre: str
    split: str
    text: str
    expected: dict[str, tuple[int, str]]
    facts: dict[str, str]


def golden_write_ups() -> Iterator[Golden]:
    """All golden write-ups, by genre."""
    for path in sorted(FOLDER.glob("*.txt")):
        _, *pieces = _BEGIN.split(path.read_text(encoding="utf-8"))
        for name, split, _, facts, tagged in zip(*(pieces[n::5] for n in range(5)), strict=True):
            tags = _TAG.findall(tagged)
            expected = {text.strip(): (int(level), role.strip("-")) for level, role, text in tags}
            text = _TAG.sub(lambda tag: tag[3], tagged)
            known = dict(fact.split("=") for fact in facts.split())
            yield Golden(name, path.stem, split, text, expected, known)


Outline = list[tuple[int, str]]
"""Levels and texts of titles and headings."""


def read_kinds() -> Iterator[tuple[str, str, Outline]]:
    """The short texts, each of one kind that went wrong once: name, text and outline."""
    pieces = _KIND.split(KINDS.read_text(encoding="utf-8"))[1:]
    for name, tagged in zip(pieces[::2], pieces[1::2], strict=True):
        outline = [(max(int(level), 1), text) for level, text in _PLAIN_TAG.findall(tagged)]
        yield name, _PLAIN_TAG.sub(lambda tag: tag[2], tagged).strip(), outline


def find_outline(text: str) -> Outline:
    """Levels and texts of titles and headings, for all write-ups of a repaired text."""
    repaired = repair(text)
    write_ups = structure(repaired.lines, contents=repaired.contents)
    blocks = [(block.level, block.heading) for write_up in write_ups for block in write_up.blocks]
    return [(level, heading) for level, heading in blocks if heading is not None]
