"""Former addresses of cases and of their items: each leads to where its text is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from casebook.model import Case
from casebook.site.case_page import describe_block
from casebook.site.html import SitePage, render_title, tag
from casebook.site.prepare import PreparedCase

MOVED = "cb-moved"
"""The class of a link that docs/scripts/moved.js follows."""


@dataclass(frozen=True, slots=True)
class MovedItem:
    """An item that a split moved: its anchor on the old page, and the case that has it now."""

    anchor: str
    case: Case


class FormerAddresses:
    """The addresses in the `aliases` of cases and of their variants, by the id of their page."""

    def __init__(self, prepared: Sequence[PreparedCase]) -> None:
        self.whole: dict[str, Case] = {}
        self.items: defaultdict[str, list[MovedItem]] = defaultdict(list)
        for each in prepared:
            for alias in each.aliases:
                old, _, anchor = alias.partition("#")
                if anchor:
                    self.items[old].append(MovedItem(anchor, each.case))
                else:
                    self.whole.setdefault(old, each.case)

    def render_pages(self, taken: Mapping[str, SitePage]) -> Iterator[tuple[str, SitePage]]:
        """A page for each former id; none where a case or variant has that address, in `taken`."""
        for old in {**self.whole, **self.items}:
            if (path := f"cases/{old}.md") not in taken:
                yield path, self._render_page(old)

    def render_note(self, case_id: str) -> str:
        """The links at the foot of a case's page for what was moved from it; '' without any."""
        items = self.items.get(case_id, ())
        return tag("aside", "本页原有的内容已移到：" + _list_items(items)) if items else ""

    def _render_page(self, old: str) -> SitePage:
        items = self.items.get(old, ())
        case = self.whole.get(old)
        if case is None:
            body = tag("p", "本页的内容已移到：") + _list_items(items)
            return SitePage("网址已变", render_title("网址已变") + body)
        target = f"{case.id}.html"
        link = tag("a", escape(case.title), href=target, class_=f"{MOVED} {MOVED}--whole")
        body = render_title(case.title) + tag("p", f"网址已变，请看 {link}。") + _list_items(items)
        return SitePage(case.title, body, refresh=target)


def _list_items(items: Sequence[MovedItem]) -> str:
    """A link for each item, in an element with its old anchor: without a script it is shown."""
    rows = (tag("li", _link_item(item), id=item.anchor) for item in items)
    listed = "".join(rows)
    return tag("ul", listed) if listed else ""


def _link_item(item: MovedItem) -> str:
    block = next((b for b in item.case.blocks[1:] if b.anchor == item.anchor), None)
    name = describe_block(block) if block else item.case.title
    target = f"{item.case.id}.html" + (f"#{item.anchor}" if block else "")
    return tag("a", escape(name), href=target, class_=MOVED)
