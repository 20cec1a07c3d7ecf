"""Terms that the vocabulary must know: kind, region, themes and roles; and excused rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.checks.case_source import CaseSource
from casebook.checks.front_matter import PlacedFrontMatter
from casebook.checks.rules import (
    CHECK_RULES_BY_ID,
    Problem,
    display_value,
    find_nearest,
    suggest_word,
)
from casebook.library.themes import NO_THEME
from casebook.runtime import cli
from casebook.vocabulary import Vocabulary

_PLACEHOLDER = re.compile("[xX×ＸｘX某*＊○〇Ⅹ]")


def check_vocabulary_terms(document: CaseSource) -> Iterator[Problem]:
    """A problem for each term that the vocabulary, or the table of rules, does not know."""
    if document.front is not None:
        yield from _check_kind(document.front, document.vocabulary)
        yield from _check_region(document.front, document.vocabulary)
        yield from _check_themes(document.front, document.vocabulary)
        yield from _check_allow(document.front)
        if role := document.front.get_text("lead_role"):
            place = document.front.locate("lead_role")
            yield from _check_role(role, place, document.vocabulary)
    for placed in document.blocks[1:]:
        place = (placed.line, 1)
        if placed.block.role:
            yield from _check_role(placed.block.role, place, document.vocabulary)
        for theme in placed.block.themes:
            yield from _check_theme(theme, place, document.vocabulary)


def _check_kind(front: PlacedFrontMatter, vocabulary: Vocabulary) -> Iterator[Problem]:
    kind = front.get_text("kind")
    if not kind or kind in vocabulary.kinds:
        return
    aliases = {alias: each.name for each in vocabulary.kinds.values() for alias in each.aliases}
    guess = aliases.get(kind) or find_nearest(kind, vocabulary.kinds)
    unknown = f"文种“{display_value(kind)}”不在词表里{suggest_word(guess)}"
    message = f"{unknown}新的文种请加到 vocabulary/kinds.yml。"
    yield Problem("unknown-kind", *front.locate("kind"), message)


def _check_region(front: PlacedFrontMatter, vocabulary: Vocabulary) -> Iterator[Problem]:
    region = front.get_text("region")
    known = [name for each in vocabulary.regions for name in (each.name, *each.aliases)]
    if not region or region.startswith(tuple(known)) or _PLACEHOLDER.search(region):
        return
    message = (
        f"地区“{display_value(region)}”没有写省级行政区，请写全，例如 湖南省长沙市；"
        "不便写明时用 XX市、某县 这样的占位。"
    )
    yield Problem("unknown-region", *front.locate("region"), message)


def _check_themes(front: PlacedFrontMatter, vocabulary: Vocabulary) -> Iterator[Problem]:
    for position, theme in front.list_texts("themes"):
        yield from _check_theme(theme, front.locate("themes", position), vocabulary)


def _check_theme(theme: str, place: tuple[int, int], vocabulary: Vocabulary) -> Iterator[Problem]:
    if present := vocabulary.theme_aliases.get(theme):
        message = (
            f"主题“{display_value(theme)}”已改名为“{present}”，旧名仍然有效；请改写为 {present}，"
            f"{cli.command('themes')} --rename {theme} {present} 可以一次改好全部案例。"
        )
        yield Problem("unknown-theme", *place, message)
    elif theme not in vocabulary.themes and theme != NO_THEME:
        guess = suggest_word(find_nearest(theme, vocabulary.themes))
        message = (
            f"主题“{display_value(theme)}”不在词表里{guess}新的主题请加到 vocabulary/themes.yml。"
        )
        yield Problem("unknown-theme", *place, message)


def _check_role(role: str, place: tuple[int, int], vocabulary: Vocabulary) -> Iterator[Problem]:
    if role in vocabulary.roles:
        return
    names = {each.name: each.id for each in vocabulary.roles.values()}
    guess = names.get(role) or find_nearest(role, vocabulary.roles)
    known = "、".join(f"{each.id}（{each.name}）" for each in vocabulary.roles.values())
    message = f"没有“{display_value(role)}”这个角色{suggest_word(guess)}可用的角色：{known}。"
    yield Problem("unknown-role", *place, message)


def _check_allow(front: PlacedFrontMatter) -> Iterator[Problem]:
    for position, item in front.list_mappings("allow"):
        rule = CHECK_RULES_BY_ID.get(item.get("rule", ""))
        if item.get("rule") and (rule is None or not rule.excusable):
            excusable = "、".join(each.id for each in CHECK_RULES_BY_ID.values() if each.excusable)
            name = display_value(item["rule"])
            message = f"规则 {name} 不存在或不能豁免，请删掉这一项；可以豁免的有：{excusable}。"
            yield Problem("allow-unknown", *front.locate("allow", position), message)
