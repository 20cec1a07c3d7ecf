"""What stands around a case: related cases with the reason, the neighbors, the edit link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from casebook.model import Case
from casebook.site.case_items import CaseItem
from casebook.site.html import tag

RELATED_ID = "cb_related"
"""Where a case's page names the related ones."""

MOST_RELATED_CASES = 4
"""Related cases that a page names."""

LEAST_SHARED_PAIRS = 2
"""Pairs of role and theme that two cases share before one is named on the other's page."""

WINDOW_CASES = 60
"""Cases of one role and theme that are compared, so that the cost stays in proportion."""


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """Another case, and why it is named."""

    id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What of the library a case's page points to; `edit` is '' where there is no repository."""

    related: tuple[RelatedCase, ...] = ()
    previous: tuple[str, str] = ("", "")
    following: tuple[str, str] = ("", "")
    edit: str = ""


NO_CONTEXT = CaseContext()
"""A page that stands by itself."""

_ROLE_NAMES = {"problem": "问题", "cause": "成因", "practice": "做法", "suggestion": "建议"}


def build_contexts(
    cases: Sequence[Case],
    items: Sequence[CaseItem],
    edit: str = "",
) -> dict[str, CaseContext]:
    """What each case's page points to, by id; `edit` is the address that files are edited at."""
    related = _find_related(cases, items)
    made = {}
    for index, case in enumerate(cases):
        before = cases[index - 1] if index else None
        after = cases[index + 1] if index + 1 < len(cases) else None
        made[case.id] = CaseContext(
            related.get(case.id, ()),
            (before.id, before.title) if before else ("", ""),
            (after.id, after.title) if after else ("", ""),
            f"{edit}{case.id}.md" if edit else "",
        )
    return made


def _find_related(
    cases: Sequence[Case], items: Sequence[CaseItem]
) -> Mapping[str, tuple[RelatedCase, ...]]:
    """By the pairs of role and theme that two cases share; each pair looks WINDOW cases around."""
    holders: dict[tuple[str, str], list[str]] = {}
    own: dict[str, set[tuple[str, str]]] = {}
    for item in items:
        for theme in item.themes if item.block.role in _ROLE_NAMES else ():
            pair = (item.block.role, theme)
            if pair not in own.setdefault(item.case.id, set()):
                own[item.case.id].add(pair)
                holders.setdefault(pair, []).append(item.case.id)
    places = {(p, i): n for p, ids in holders.items() for n, i in enumerate(ids)}
    titles = {case.id: case.title for case in cases}
    return {
        case_id: tuple(_rank_related(case_id, pairs, holders, places, titles, own))
        for case_id, pairs in own.items()
    }


def _rank_related(
    case_id: str,
    pairs: set[tuple[str, str]],
    holders: Mapping[tuple[str, str], Sequence[str]],
    places: Mapping[tuple[tuple[str, str], str], int],
    titles: Mapping[str, str],
    own: Mapping[str, set[tuple[str, str]]],
) -> Iterator[RelatedCase]:
    shared: Counter[str] = Counter()
    for pair in pairs:
        at = places[pair, case_id]
        near = holders[pair][max(0, at - WINDOW_CASES // 2) : at + WINDOW_CASES // 2]
        shared.update(other for other in near if other != case_id)
    ranked = sorted(shared.items(), key=lambda entry: (-entry[1], entry[0]))
    for other, count in ranked[:MOST_RELATED_CASES]:
        if count >= LEAST_SHARED_PAIRS:
            yield RelatedCase(other, titles[other], _explain_relation(pairs & own[other]))


def _explain_relation(pairs: set[tuple[str, str]]) -> str:
    """The shared pairs in words, in the order of the story."""
    order = list(_ROLE_NAMES)
    named = sorted(pairs, key=lambda pair: (order.index(pair[0]), pair[1]))
    words = "；".join(f"{theme}方面的{_ROLE_NAMES[role]}" for role, theme in named[:3])
    return f"都谈到{words}"


def render_related_section(around: CaseContext) -> Iterator[str]:
    """The related cases, each with its reason; nothing where there is none."""
    if around.related:
        yield tag("h2", "相关案例", id=RELATED_ID, class_="cb-head")
        entries = (
            tag(
                "li",
                tag("a", escape(r.title), href=f"{r.id}.html") + tag("small", escape(r.reason)),
            )
            for r in around.related
        )
        yield tag("ul", "".join(entries), class_="cb-cases")


def render_neighbors(around: CaseContext) -> str:
    """Links to the previous and the next case, and to where this one is edited."""
    sides = (("上一篇", around.previous, "prev"), ("下一篇", around.following, "next"))
    links = [
        tag("a", tag("small", name) + escape(title), href=f"{case_id}.html", rel=rel)
        for name, (case_id, title), rel in sides
        if case_id
    ]
    if around.edit:
        links.append(tag("a", "修改这一页", href=around.edit, class_="cb-edit"))
    return tag("nav", "".join(links), class_="cb-neighbors", aria_label="前后案例") if links else ""
