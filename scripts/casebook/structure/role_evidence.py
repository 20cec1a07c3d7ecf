"""Evidence for each role of a block, as points with reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from casebook.model import ROLES
from casebook.structure.roles import (
    LABEL_CHARACTERS,
    find_named_roles,
    opens_with_action,
    strip_heading,
)
from casebook.vocabulary import Role

HEAD_POINTS, LONG_HEAD_POINTS = 12, 7
"""Points for a head word at the end of a heading that is a name, and of a longer heading."""

HINT_POINTS, ACTION_POINTS = 4, 3
"""Points for a word inside of a heading, and for a heading that opens with an action."""

KIND_POINTS = 8
"""Points for the usual role of the kind of the write-up."""

STRONG_PHRASE_COUNT = 3
"""Ordinary phrases for which a strong phrase of a text counts."""

TEXT_POINTS = 6
"""Points of a text, divided among the roles whose phrases it has."""

READ_PHRASES_CHARACTERS = 1200
"""Characters of the text of a section in which phrases are searched."""

USUAL_POINTS = 2
"""Points for a practice if the heading gives no sign: most sections are practices."""

LATER_YEAR_POINTS = 8
"""Points for a suggestion (a plan) after a section about an earlier year."""

ALIKE_POINTS = 3
"""Points for the same role twice in a row, if the headings are built alike."""

NAMED_REASON, ACTION_REASON = "小标题的中心词", "小标题以动作开头"
"""Reasons that `assign` recognizes by their text."""

Reason = tuple[str, str, int]
"""Role, why, points."""

_FIRST_POINTS: Mapping[str, int] = {"background": 2, "problem": 1}
_LAST_POINTS: Mapping[str, int] = {"lesson": 2, "suggestion": 2, "outcome": 1}


def find_heading_reasons(heading: str, roles: Mapping[str, Role]) -> Iterator[Reason]:
    """The evidence of a heading for roles."""
    text = strip_heading(heading)
    named = find_named_roles(heading, roles)
    points = HEAD_POINTS if len(text) <= LABEL_CHARACTERS else LONG_HEAD_POINTS
    for role_id, length in named.items():
        yield role_id, NAMED_REASON, points - (length < max(named.values()))
    if named:
        return
    if opens_with_action(heading):  # its other words name what was acted on: 着力破解审批难题
        yield "practice", ACTION_REASON, ACTION_POINTS
        return
    one_clause = "，" not in text  # 党员冲在难点上，让先锋亮起来 is no problem
    hinted = [
        role.id
        for role in roles.values()
        if one_clause and any(hint.search(text) for hint in role.hints)
    ]
    for role_id in hinted:
        yield role_id, "小标题里的词", HINT_POINTS
    if not hinted:
        yield "practice", "多数小节讲做法", USUAL_POINTS


def find_text_reasons(text: str, roles: Mapping[str, Role]) -> Iterator[Reason]:
    """The evidence of a text for roles: TEXT_POINTS, divided by the phrases of each role."""
    hits = count_phrases(text[:READ_PHRASES_CHARACTERS], roles, strong=1)
    total = max(sum(hits.values()), 3)  # one phrase alone says little
    for role_id, count in hits.items():
        if points := round(TEXT_POINTS * count / total):
            yield role_id, "正文里的提示语", points


def count_phrases(
    text: str, roles: Mapping[str, Role], strong: int = STRONG_PHRASE_COUNT
) -> Counter[str]:
    """For each role the number of its phrases in a text; each strong one counts `strong` times."""
    return Counter(
        {
            role.id: sum(bool(phrase.search(text)) for phrase in role.phrases)
            + strong * sum(bool(phrase.search(text)) for phrase in role.strong)
            for role in roles.values()
        }
    )


def find_place_reasons(index: int, count: int) -> Iterator[Reason]:
    """The evidence of being the first or the last of at least three sections."""
    if count < 3:
        return
    if index == 0:
        for role, points in _FIRST_POINTS.items():
            yield role, "开头的一节", points
    if index == count - 1:
        for role, points in _LAST_POINTS.items():
            yield role, "末尾的一节", points


def score_step(before: str, after: str, alike: bool = False) -> int:
    """Points for a role after another one: for the usual order or the same role.

    If both headings are built alike (坚持…，做到…), the same role is likelier.
    """
    step = ROLES.index(after) - ROLES.index(before)
    if step == 0:
        return ALIKE_POINTS if alike else 1
    return 2 if step == 1 else 1 if step > 1 else -1


def sum_points(reasons: Sequence[Reason]) -> dict[str, int]:
    """The sum of the points of each role."""
    scores: dict[str, int] = defaultdict(int, dict.fromkeys(ROLES, 0))
    for role, _, points in reasons:
        scores[role] += points
    return dict(scores)


def find_best_path(scores: Sequence[Mapping[str, int]], alike: Sequence[bool]) -> list[str]:
    """The roles of all sections with the highest sum of points for sections and steps (Viterbi).

    `alike` says for each section whether its heading is built like the one before it.
    """
    steps: list[dict[str, str]] = []
    best = {role: scores[0][role] for role in ROLES} if scores else {}
    for section, same in zip(scores[1:], alike[1:], strict=True):
        back = {role: _find_before(role, best, same) for role in ROLES}
        best = {
            role: section[role] + best[back[role]] + score_step(back[role], role, same)
            for role in ROLES
        }
        steps.append(back)
    if not best:
        return []
    path = [max(ROLES, key=lambda role: best[role])]
    for back in reversed(steps):
        path.append(back[path[-1]])
    return path[::-1]


def _find_before(role: str, best: Mapping[str, int], alike: bool) -> str:
    """The role of the section before, on the best path to this role."""
    return max(ROLES, key=lambda before: best[before] + score_step(before, role, alike))
