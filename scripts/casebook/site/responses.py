"""From an item to what worked: at a problem what was done about it, at a practice what came of it.

The strongest items of a theme are ranked once for the library; a case then takes the first that
are not its own. So the cost per case does not grow with the library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from casebook.model import Case
from casebook.site.alike import AlikeGroups
from casebook.site.case_items import CaseItem, render_evidence_mark
from casebook.site.case_page import describe_block
from casebook.site.html import tag

MOST_SHOWN_RESPONSES = 3
"""Responses at one item."""

MOST_OWN_RESPONSES = 2
"""Of these from the same case, where other cases have some, too."""

_MOST_RANKED = 2 * MOST_SHOWN_RESPONSES
"""Ranked items of a theme, one a case: some may be the reader's own, or nearly the same."""


@dataclass(frozen=True, slots=True)
class _Question:
    """What a reader asks at an item: a title, the roles of responses, what they are called.

    `elsewhere` is the title where all responses are of other cases.
    """

    title: str
    elsewhere: str
    roles: tuple[str, ...]
    noun: str


_QUESTIONS = {
    "problem": _Question("怎么应对的", "别处怎么应对的", ("practice", "suggestion"), "做法"),
    "practice": _Question("取得了什么成效", "别处的同类成效", ("outcome",), "成效"),
}
"""By the role of the item."""


class Responses:
    """The responses to all problems and practices of a library."""

    def __init__(
        self, items: Sequence[CaseItem], slugs: Mapping[str, str], groups: AlikeGroups
    ) -> None:
        """`slugs` are the file names of the pages of themes.

        Of near-identical items, which `groups` has, one is shown.
        """
        self._slugs = slugs
        self._groups = groups
        self._own: dict[tuple[str, str], list[CaseItem]] = {}
        self._by_theme: dict[tuple[str, str], list[CaseItem]] = {}
        for item in items:
            self._own.setdefault((item.case.id, item.block.role), []).append(item)
            for theme in item.themes:
                self._by_theme.setdefault((theme, item.block.role), []).append(item)
        self._figures = {item.key for item in items if item.has_quantities}
        self._evidence: dict[tuple[str, str], int] = {}
        for item in items:
            for theme in item.themes if item.block.role == "outcome" else ():
                known = self._evidence.get((item.case.id, theme), 0)
                own = 1 + (item.key in self._figures)
                self._evidence[item.case.id, theme] = max(known, own)
        self._strongest = cache(self._rank_theme)
        self._elsewhere: dict[str, str] = {}

    def render(self, case: Case) -> dict[str, str]:
        """The HTML of the responses in a case, by the anchor of the item that they respond to."""
        found = {}
        for role, question in _QUESTIONS.items():
            for item in self._own.get((case.id, role), ()):
                found[item.block.anchor] = self._render_responses(item, question)
        return found

    def _render_responses(self, item: CaseItem, question: _Question) -> str:
        own = self._list_own(item, question.roles)
        others = self._list_others(item, question.roles, own)
        own = own[: max(MOST_OWN_RESPONSES, MOST_SHOWN_RESPONSES - len(others))]
        others = others[: MOST_SHOWN_RESPONSES - len(own)]
        if not own and not others:
            return ""
        entries = [_render_entry(each, is_own=True) for each in own]
        entries += [self._render_elsewhere(each) for each in others]
        shown = tag("ul", "".join(entries)) + self._link_theme(item, question)
        opened = ' open=""' if item.block.role == "problem" else ""
        summary = tag("summary", question.title if own else question.elsewhere)
        return f'<details class="cb-responses"{opened}>{summary}{shown}</details>'

    def _render_elsewhere(self, item: CaseItem) -> str:
        """The entry of an item on the pages of other cases: many of them show the same few."""
        if item.key not in self._elsewhere:
            self._elsewhere[item.key] = _render_entry(item)
        return self._elsewhere[item.key]

    def _list_own(self, item: CaseItem, roles: Sequence[str]) -> list[CaseItem]:
        """Responses in the same case: on a theme of the item; without such, all."""
        own = [each for role in roles for each in self._own.get((item.case.id, role), ())]
        fitting = [each for each in own if not {*item.themes}.isdisjoint(each.themes)]
        return fitting or own

    def _list_others(
        self, item: CaseItem, roles: tuple[str, ...], own: Sequence[CaseItem]
    ) -> list[CaseItem]:
        """The strongest responses of other cases on the main theme of the item."""
        ranked = self._strongest(item.themes[0], roles) if item.themes else ()
        known = {self._name_group(each) for each in own}
        others = [each for each in ranked if each.case.id != item.case.id]
        return [each for each in others if self._name_group(each) not in known]

    def _name_group(self, item: CaseItem) -> str:
        return self._groups.get(item.key, (item.key,))[0]

    def _rank_theme(self, theme: str, roles: tuple[str, ...]) -> list[CaseItem]:
        """The strongest items of a theme, one a case; those of the first role before others."""
        found: dict[str, CaseItem] = {}
        groups: set[str] = set()
        for role in roles:
            items = self._by_theme.get((theme, role), [])
            for item in sorted(items, key=lambda each: self._weigh(theme, each), reverse=True):
                if self._name_group(item) not in groups:
                    groups.add(self._name_group(item))
                    found.setdefault(item.case.id, item)
                if len(found) == _MOST_RANKED:
                    return list(found.values())
        return list(found.values())

    def _weigh(self, theme: str, item: CaseItem) -> tuple[bool, int, bool, str]:
        """The sort key: mainly about the theme, with an outcome (in figures), a heading, new."""
        evidence = self._evidence.get((item.case.id, theme), 0)
        if item.block.role == "outcome":
            evidence = int(item.key in self._figures)
        return item.themes[0] == theme, evidence, bool(item.block.heading), item.case.date

    def _link_theme(self, item: CaseItem, question: _Question) -> str:
        """A link to all responses on the main theme of the item."""
        if not item.themes:
            return ""
        theme = item.themes[0]
        count = sum(len(self._by_theme.get((theme, role), ())) for role in question.roles)
        href = f"../themes/{self._slugs[theme]}.html#cb_{question.roles[0]}"
        link = tag("a", f"“{escape(theme)}”的全部{question.noun}（{count}）", href=href)
        return tag("p", link, class_="cb-more") if count > MOST_SHOWN_RESPONSES else ""


def _render_entry(item: CaseItem, is_own: bool = False) -> str:
    """One response: what it says, and where it was so."""
    case = item.case
    href = f"#{item.block.anchor}" if is_own else f"{case.id}.html#{item.block.anchor}"
    link = tag("a", escape(describe_block(item.block)), href=href) + render_evidence_mark(item)
    place = "本案例" if is_own else "，".join(filter(None, (case.region, case.date, case.title)))
    return tag("li", link + tag("small", escape(place)))
