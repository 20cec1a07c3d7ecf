"""The library as the index sees it: cases in order, their items, the units of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.library import markup
from casebook.model import Case
from casebook.search.folding import Units, fold_units, units
from casebook.text.quantities import states_quantity

CHUNK = 1 << 20
"""Code units folded at once: more would not fit into the processor's cache."""


@dataclass(frozen=True, slots=True)
class SearchItem:
    """What readers find: a block's heading (of the first item: the title) and plain text."""

    anchor: str
    role: str
    heading: str
    text: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """What the index keeps of a case: plain values, which can be pickled and kept."""

    id: str
    title: str
    kind: str
    region: str
    organ: str
    date: str
    items: tuple[SearchItem, ...]
    has_data: bool = False
    """Whether an outcome states quantities."""


def index_case(
    case: Case, themes: Mapping[str, Sequence[str]] | None = None, plain: Sequence[str] = ()
) -> CaseEntry:
    """The entry of a case whose blocks have anchors; `themes` by block anchor.

    `plain` are the texts of the blocks without marks, where they are known already. The first item
    is title and lead, whatever they hold.
    """
    named = themes or {}
    texts = plain or [markup.to_plain(block.text) for block in case.blocks]
    items = tuple(
        SearchItem(
            block.anchor,
            block.role,
            block.heading or "" if number else case.title,
            text,
            tuple(named.get(block.anchor, ())),
        )
        for number, (block, text) in enumerate(zip(case.blocks, texts, strict=True))
    )
    facts = (case.id, case.title, case.kind, case.region, case.organ, case.date)
    outcomes = (item.text for item in items if item.role == "outcome")
    return CaseEntry(*facts, items, any(map(states_quantity, outcomes)))


@dataclass(frozen=True, slots=True)
class Collection:
    """The entries of cases; an item's number counts through all cases in their order."""

    cases: tuple[CaseEntry, ...]

    def texts(self) -> list[str]:
        """The units: headings of all items, then texts of all items. Unit number = list index."""
        everything = [item for case in self.cases for item in case.items]
        return [item.heading for item in everything] + [item.text for item in everything]

    def folded(self) -> Iterator[tuple[Units, list[int]]]:
        """The units folded, each followed by a break (a line feed), and the length of each; about
        CHUNK code units at a time."""
        some: list[str] = []
        size = 0
        for text in self.texts():
            some.append(text)
            size += len(text) + 1
            if size >= CHUNK:
                yield _fold(some)
                some, size = [], 0
        if some:
            yield _fold(some)


def _fold(texts: Sequence[str]) -> tuple[Units, list[int]]:
    """Texts folded, each followed by a break (a line feed), and the length of each."""
    codes = fold_units(units("\n".join((*texts, ""))))
    lengths = [len(text) + 1 for text in texts]
    if sum(lengths) != len(codes):  # some characters take two code units
        lengths = [len(units(text)) + 1 for text in texts]
    return codes, lengths


def collect(entries: Iterable[CaseEntry]) -> Collection:
    """The collection of entries; alike cases stand together, so that columns compress."""
    order = sorted(entries, key=lambda c: (c.kind, c.region, c.organ, c.date, c.id))
    return Collection(tuple(order))
