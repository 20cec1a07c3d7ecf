"""What a case links to: related cases with the reason, its neighbors, the page to edit it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice

from casebook.model import Case
from casebook.site.case_items import CaseItem
from casebook.site.html import tag

RELATED_ID = "cb_related"
"""The id of the section of related cases."""

MOST_RELATED_CASES = 4
"""Related cases on a page."""

LEAST_SHARED_PAIRS = 2
"""Pairs of role and theme that two related cases share at least."""

MOST_NAMED_PAIRS = 3
"""Shared pairs that the reason names, the rarest."""

WINDOW_CASES = 60
"""Cases of one role and theme that are compared with each other: the cost stays linear."""


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """Another case, and why it is related."""

    id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What a case's page links to. Neighbors are id and title, '' at the ends of the library.

    `edit` is the address of the page to edit the case, '' without a repository.
    """

    related: tuple[RelatedCase, ...] = ()
    previous: tuple[str, str] = ("", "")
    following: tuple[str, str] = ("", "")
    edit: str = ""


NO_CONTEXT = CaseContext()
"""For a page without a library."""

_ROLE_NAMES = {"problem": "问题", "cause": "成因", "practice": "做法", "suggestion": "建议"}


def build_contexts(
    cases: Sequence[Case],
    items: Sequence[CaseItem],
    edit: str = "",
) -> dict[str, CaseContext]:
    """What each case's page links to, by id; files are edited below the address `edit`."""
    related = _find_related(cases, items)
    contexts = {}
    for index, case in enumerate(cases):
        previous = cases[index - 1] if index else None
        following = cases[index + 1] if index + 1 < len(cases) else None
        contexts[case.id] = CaseContext(
            related.get(case.id, ()),
            (previous.id, previous.title) if previous else ("", ""),
            (following.id, following.title) if following else ("", ""),
            f"{edit}{case.id}.md" if edit else "",
        )
    return contexts


def _find_related(
    cases: Sequence[Case], items: Sequence[CaseItem]
) -> Mapping[str, tuple[RelatedCase, ...]]:
    """Related cases by case id: those that share the rarest pairs of role and theme.

    A pair weighs the logarithm of how few cases have it: what half of a library does relates no
    two of them. For each pair a case is compared only with its WINDOW_CASES neighbors among those
    that have it.
    """
    holders: dict[tuple[str, str], list[str]] = {}
    own: dict[str, set[tuple[str, str]]] = {}
    for item in items:
        for theme in item.themes if item.block.role in _ROLE_NAMES else ():
            pair = (item.block.role, theme)
            if pair not in own.setdefault(item.case.id, set()):
                own[item.case.id].add(pair)
                holders.setdefault(pair, []).append(item.case.id)
    places = {(p, i): n for p, ids in holders.items() for n, i in enumerate(ids)}
    weights = {pair: math.log(1 + len(cases) / len(ids)) for pair, ids in holders.items()}
    titles = {case.id: case.title for case in cases}
    return {
        case_id: tuple(_rank_related(case_id, pairs, holders, places, weights, titles, own))
        for case_id, pairs in own.items()
    }


def _rank_related(
    case_id: str,
    pairs: set[tuple[str, str]],
    holders: Mapping[tuple[str, str], Sequence[str]],
    places: Mapping[tuple[tuple[str, str], str], int],
    weights: Mapping[tuple[str, str], float],
    titles: Mapping[str, str],
    own: Mapping[str, set[tuple[str, str]]],
) -> Iterator[RelatedCase]:
    shared: defaultdict[str, float] = defaultdict(float)
    for pair in sorted(pairs):
        at = places[pair, case_id]
        for other in holders[pair][max(0, at - WINDOW_CASES // 2) : at + WINDOW_CASES // 2]:
            shared[other] += weights[pair]
    ranked = sorted(shared, key=lambda other: (-shared[other], other))
    enough = (
        other
        for other in ranked
        if other != case_id and len(pairs & own[other]) >= LEAST_SHARED_PAIRS
    )
    for other in islice(enough, MOST_RELATED_CASES):
        yield RelatedCase(other, titles[other], _explain_relation(pairs & own[other], weights))


def _explain_relation(pairs: set[tuple[str, str]], weights: Mapping[tuple[str, str], float]) -> str:
    """The rarest shared pairs in words, in the order of the story."""
    order = list(_ROLE_NAMES)
    rarest = sorted(pairs, key=lambda pair: (-weights[pair], pair))[:MOST_NAMED_PAIRS]
    named = sorted(rarest, key=lambda pair: (order.index(pair[0]), pair[1]))
    words = "；".join(f"{theme}方面的{_ROLE_NAMES[role]}" for role, theme in named)
    return f"都谈到{words}"


def render_related_section(context: CaseContext) -> Iterator[str]:
    """The related cases, each with its reason; nothing if there are none."""
    if context.related:
        yield tag("h2", "相关案例", id=RELATED_ID, class_="cb-head")
        entries = (
            tag(
                "li",
                tag("a", escape(r.title), href=f"{r.id}.html") + tag("small", escape(r.reason)),
            )
            for r in context.related
        )
        yield tag("ul", "".join(entries), class_="cb-cases")


def render_neighbors(context: CaseContext) -> str:
    """Links to the previous case, to the next one, and to the page to edit this one."""
    sides = (("上一篇", context.previous, "prev"), ("下一篇", context.following, "next"))
    links = [
        tag("a", tag("small", name) + escape(title), href=f"{case_id}.html", rel=rel)
        for name, (case_id, title), rel in sides
        if case_id
    ]
    if context.edit:
        links.append(tag("a", "修改这一页", href=context.edit, class_="cb-edit"))
    return tag("nav", "".join(links), class_="cb-neighbors", aria_label="前后案例") if links else ""
