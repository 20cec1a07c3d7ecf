"""Words of a case against the vocabulary: kind, region, themes, roles, excused rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.checks.case_source import CaseSource
from casebook.checks.front_matter import Front
from casebook.checks.rules import BY_ID, Problem, maybe, nearest, shown
from casebook.library.themes import NO_THEME
from casebook.vocabulary import Vocabulary

_PLACEHOLDER = re.compile("[xX×ＸｘX某*＊○〇Ⅹ]")


def check(document: CaseSource) -> Iterator[Problem]:
    """Kind, region, themes and roles that the vocabulary does not know."""
    if document.front is not None:
        yield from _kind(document.front, document.vocabulary)
        yield from _region(document.front, document.vocabulary)
        yield from _themes(document.front, document.vocabulary)
        yield from _allow(document.front)
        if role := document.front.text("lead_role"):
            place = document.front.place("lead_role")
            yield from _role(role, place, document.vocabulary)
    for placed in document.blocks[1:]:
        place = (placed.line, 1)
        if placed.block.role:
            yield from _role(placed.block.role, place, document.vocabulary)
        for theme in placed.block.themes:
            yield from _theme(theme, place, document.vocabulary)


def _kind(front: Front, vocabulary: Vocabulary) -> Iterator[Problem]:
    kind = front.text("kind")
    if not kind or kind in vocabulary.kinds:
        return
    aliases = {alias: each.name for each in vocabulary.kinds.values() for alias in each.aliases}
    guess = aliases.get(kind) or nearest(kind, vocabulary.kinds)
    message = f"文种“{shown(kind)}”不在词表里{maybe(guess)}新的文种请加到 vocabulary/kinds.yml。"
    yield Problem("unknown-kind", *front.place("kind"), message)


def _region(front: Front, vocabulary: Vocabulary) -> Iterator[Problem]:
    region = front.text("region")
    known = [name for each in vocabulary.regions for name in (each.name, *each.aliases)]
    if not region or region.startswith(tuple(known)) or _PLACEHOLDER.search(region):
        return
    message = (
        f"地区“{shown(region)}”没有写省级行政区，请写全，例如 湖南省长沙市；"
        "不便写明时用 XX市、某县 这样的占位。"
    )
    yield Problem("unknown-region", *front.place("region"), message)


def _themes(front: Front, vocabulary: Vocabulary) -> Iterator[Problem]:
    for position, theme in front.texts("themes"):
        yield from _theme(theme, front.place("themes", position), vocabulary)


def _theme(theme: str, place: tuple[int, int], vocabulary: Vocabulary) -> Iterator[Problem]:
    if theme not in vocabulary.themes and theme != NO_THEME:
        guess = maybe(nearest(theme, vocabulary.themes))
        message = f"主题“{shown(theme)}”不在词表里{guess}新的主题请加到 vocabulary/themes.yml。"
        yield Problem("unknown-theme", *place, message)


def _role(role: str, place: tuple[int, int], vocabulary: Vocabulary) -> Iterator[Problem]:
    if role in vocabulary.roles:
        return
    names = {each.name: each.id for each in vocabulary.roles.values()}
    guess = names.get(role) or nearest(role, vocabulary.roles)
    known = "、".join(f"{each.id}（{each.name}）" for each in vocabulary.roles.values())
    message = f"没有“{shown(role)}”这个角色{maybe(guess)}可用的角色：{known}。"
    yield Problem("unknown-role", *place, message)


def _allow(front: Front) -> Iterator[Problem]:
    for position, item in front.mappings("allow"):
        rule = BY_ID.get(item.get("rule", ""))
        if item.get("rule") and (rule is None or not rule.excusable):
            excusable = "、".join(each.id for each in BY_ID.values() if each.excusable)
            name = shown(item["rule"])
            message = f"规则 {name} 不存在或不能豁免，请删掉这一项；可以豁免的有：{excusable}。"
            yield Problem("allow-unknown", *front.place("allow", position), message)
