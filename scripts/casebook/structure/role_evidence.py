"""What speaks for each role of a block, as points with their reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from casebook.model import ROLES
from casebook.structure.roles import LABEL, acts, bare_heading, named_roles
from casebook.vocabulary import Role

HEAD, HEAD_LONG, HINT, ACTION, KIND, STRONG = 12, 7, 4, 3, 8, 3
"""Points of a head word, of one that ends a long heading, of a word inside, of a heading that
opens with an action, of the kind's default role; what a strong phrase of the text counts."""

TEXT = 6
"""Points that a text shares out among the roles of which it has phrases."""

TEXT_READ = 1200
"""Characters of a section's text that are read for phrases."""

USUAL = 2
"""Points for a practice where a heading says nothing: most sections tell what was done."""

LATER_YEAR = 8
"""Points for a plan where a section before looks back on an earlier year."""

ALIKE = 3
"""Points for one role behind the same where the headings are built alike."""

NAMES, ACTS = "小标题的中心词", "小标题以动作开头"
"""Reasons that the assignment asks for."""

Reason = tuple[str, str, int]
"""Role, why, points."""

_STARTS: Mapping[str, int] = {"background": 2, "problem": 1}
_ENDS: Mapping[str, int] = {"lesson": 2, "suggestion": 2, "outcome": 1}


def heading_reasons(heading: str, roles: Mapping[str, Role]) -> Iterator[Reason]:
    """What a heading says about its role."""
    text = bare_heading(heading)
    named = named_roles(heading, roles)
    points = HEAD if len(text) <= LABEL else HEAD_LONG
    for role_id, length in named.items():
        yield role_id, NAMES, points - (length < max(named.values()))
    if named:
        return
    if acts(heading):  # its other words name what was acted on: 着力破解审批难题
        yield "practice", ACTS, ACTION
        return
    one_clause = "，" not in text  # 党员冲在难点上，让先锋亮起来 is no problem
    hinted = [
        role.id
        for role in roles.values()
        if one_clause and any(hint.search(text) for hint in role.hints)
    ]
    for role_id in hinted:
        yield role_id, "小标题里的词", HINT
    if not hinted:
        yield "practice", "多数小节讲做法", USUAL


def text_reasons(text: str, roles: Mapping[str, Role]) -> Iterator[Reason]:
    """What a text says about its role: its phrases share out TEXT points."""
    hits = phrase_counts(text[:TEXT_READ], roles, strong=1)
    total = max(sum(hits.values()), 3)  # one phrase alone says little
    for role_id, count in hits.items():
        if points := round(TEXT * count / total):
            yield role_id, "正文里的提示语", points


def phrase_counts(text: str, roles: Mapping[str, Role], strong: int = STRONG) -> Counter[str]:
    """For every role how many of its phrases a text has, strong ones counted `strong` times."""
    return Counter(
        {
            role.id: sum(bool(phrase.search(text)) for phrase in role.phrases)
            + strong * sum(bool(phrase.search(text)) for phrase in role.strong)
            for role in roles.values()
        }
    )


def place_reasons(index: int, count: int) -> Iterator[Reason]:
    """What the place among the sections says: a story begins and ends in the usual way."""
    if count < 3:
        return
    if index == 0:
        for role, points in _STARTS.items():
            yield role, "开头的一节", points
    if index == count - 1:
        for role, points in _ENDS.items():
            yield role, "末尾的一节", points


def follows(before: str, after: str, alike: bool = False) -> int:
    """Points for one role behind another: the usual order, or more of the same.

    Headings built alike (坚持…，做到…) tell of the same: then one role is the likelier.
    """
    step = ROLES.index(after) - ROLES.index(before)
    if step == 0:
        return ALIKE if alike else 1
    return 2 if step == 1 else 1 if step > 1 else -1


def totals(reasons: Sequence[Reason]) -> dict[str, int]:
    """The points of every role."""
    scores: dict[str, int] = defaultdict(int, dict.fromkeys(ROLES, 0))
    for role, _, points in reasons:
        scores[role] += points
    return dict(scores)


def best_path(scores: Sequence[Mapping[str, int]], alike: Sequence[bool]) -> list[str]:
    """The roles of the sections in a row whose points and order together are the highest.

    `alike` says of each section whether its heading is built like the one before it.
    """
    steps: list[dict[str, str]] = []
    best = {role: scores[0][role] for role in ROLES} if scores else {}
    for section, same in zip(scores[1:], alike[1:], strict=True):
        back = {role: _before(role, best, same) for role in ROLES}
        best = {
            role: section[role] + best[back[role]] + follows(back[role], role, same)
            for role in ROLES
        }
        steps.append(back)
    if not best:
        return []
    path = [max(ROLES, key=lambda role: best[role])]
    for back in reversed(steps):
        path.append(back[path[-1]])
    return path[::-1]


def _before(role: str, best: Mapping[str, int], alike: bool) -> str:
    """The role that the section before a section of this role had on the best path."""
    return max(ROLES, key=lambda before: best[before] + follows(before, role, alike))
