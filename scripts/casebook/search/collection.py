"""The library as the index sees it: cases in order, their items, the units of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebook import markup
from casebook.model import Block, Case
from casebook.search.folding import Units, fold_units, units


@dataclass(frozen=True, slots=True)
class Item:
    """What readers find: a block's heading (of the first item: the title) and plain text."""

    anchor: str
    role: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Cases and the items of each; an item's number counts through all cases in their order."""

    cases: tuple[Case, ...]
    items: tuple[tuple[Item, ...], ...]

    @property
    def size(self) -> int:
        """The number of items."""
        return sum(map(len, self.items))

    def texts(self) -> list[str]:
        """The units: headings of all items, then texts of all items. Unit number = list index."""
        everything = [item for items in self.items for item in items]
        return [item.heading for item in everything] + [item.text for item in everything]

    def folded(self) -> tuple[Units, list[int]]:
        """All units folded, each followed by a break (a line feed), and the length of each."""
        texts = self.texts()
        codes = fold_units(units("".join(text + "\n" for text in texts)))
        return codes, [len(text.encode("utf-16-le", "surrogatepass")) // 2 + 1 for text in texts]


def collect(cases: Sequence[Case]) -> Collection:
    """The collection of cases; alike cases stand together, so that columns compress."""
    ordered = sorted(cases, key=lambda c: (c.kind, c.region, c.organ, c.date, c.id))
    return Collection(tuple(ordered), tuple(_items(case) for case in ordered))


def _items(case: Case) -> tuple[Item, ...]:
    """The first item is title and lead, whatever they hold."""
    first, *others = case.blocks
    head = Item(first.anchor, first.role, case.title, _text(first))
    return head, *(Item(b.anchor, b.role, b.heading or "", _text(b)) for b in others)


def _text(block: Block) -> str:
    return markup.to_plain(block.text)
