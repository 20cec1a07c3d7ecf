"""Terms that the vocabulary must know: kind, region, themes and roles; and excused rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from casebook.checks.case_source import CaseSource
from casebook.checks.front_matter import PlacedFrontMatter
from casebook.checks.rules import (
    CHECK_RULES_BY_ID,
    Problem,
    display_value,
    find_nearest,
    suggest_word,
)
from casebook.checks.written_values import LIST_SIGNS, split_themes, strip_quotes
from casebook.library.themes import NO_THEME
from casebook.runtime import cli
from casebook.runtime.visible_text import reveal_invisible
from casebook.vocabulary import Vocabulary

_PLACEHOLDER = re.compile("[xX×ＸｘX某*＊○〇Ⅹ]")

_FIXABLE = "（--fix 可以改）"
_QUOTED = "英文引号才能括起一个值，请写成 {key}: {value}（--fix 可以改）。"
_KIND = "文种“{kind}”不在词表里{guess}新的文种请加到 vocabulary/kinds.yml。"
_REGION = (
    "地区“{region}”没有写省级行政区，请写全，例如 湖南省长沙市；"
    "不便写明时用 XX市、某县 这样的占位。"
)
_FORMER_THEME = (
    "主题“{theme}”已改名为“{present}”，旧名仍然有效；请改写为 {present}，"
    f"{cli.command('themes')} --rename {{theme}} {{present}} 可以一次改好全部案例。"
)
_DIVIDED_THEMES = "主题之间用半角逗号，请写成 [{themes}]{fixable}。"
_THEME = "主题“{theme}”不在词表里{guess}新的主题请加到 vocabulary/themes.yml。"
_ROLE = "没有“{role}”这个角色{guess}可用的角色：{known}。"
_KNOWN_ROLE = "{id}（{name}）"
_EXCUSE = "规则 {rule} 不存在或不能豁免，请删掉这一项；可以豁免的有：{excusable}。"
"""What findings say."""


def check_vocabulary_terms(document: CaseSource) -> Iterator[Problem]:
    """A problem for each term that the vocabulary, or the table of rules, does not know."""
    if document.front is not None:
        for key in ("kind", "region", "lead_role"):
            yield from _check_term(document.front, key, document.vocabulary)
        yield from _check_themes(document.front, document.vocabulary)
        yield from _check_allow(document.front)
    for placed in document.blocks[1:]:
        place = (placed.line, 1)
        if placed.block.role and placed.block.role not in document.vocabulary.roles:
            message = _describe_role(placed.block.role, document.vocabulary, _FIXABLE)
            yield Problem("unknown-role", *place, message)
        for theme in placed.block.themes:
            yield from _check_theme(theme, place, document.vocabulary)


def _check_term(front: PlacedFrontMatter, key: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A kind, region or role of the front matter that the vocabulary does not know."""
    value = front.get_text(key)
    tests = list_term_tests(vocabulary)
    if not value or tests[key](value):
        return
    if tests[key](bare := strip_quotes(value)):
        message = _QUOTED.format(key=key, value=bare)
    else:
        message = _DESCRIPTIONS[key](value, vocabulary)
    yield Problem(f"unknown-{key.removeprefix('lead_')}", *front.locate(key), message)


def list_term_tests(vocabulary: Vocabulary) -> Mapping[str, Callable[[str], bool]]:
    """What tells a term that the vocabulary knows, by the key of the front matter."""
    return {
        "kind": lambda kind: bool(vocabulary.kind_name(kind)),
        "region": partial(is_known_region, vocabulary=vocabulary),
        "lead_role": vocabulary.roles.__contains__,
    }


def _describe_kind(kind: str, vocabulary: Vocabulary) -> str:
    guess = find_nearest(kind, vocabulary.kinds)
    return _KIND.format(kind=display_value(kind), guess=suggest_word(guess))


def _describe_region(region: str, _vocabulary: Vocabulary) -> str:
    return _REGION.format(region=display_value(region))


def is_known_region(region: str, vocabulary: Vocabulary) -> bool:
    """Whether a region begins with a province or holds a placeholder, and has no quotes."""
    known = [name for each in vocabulary.regions for name in (each.name, *each.aliases)]
    stated = region.startswith(tuple(known)) or _PLACEHOLDER.search(region) is not None
    return stated and strip_quotes(region) == region


def _check_themes(front: PlacedFrontMatter, vocabulary: Vocabulary) -> Iterator[Problem]:
    for position, theme in front.list_texts("themes"):
        yield from _check_theme(theme, front.locate("themes", position), vocabulary)


def _check_theme(theme: str, place: tuple[int, int], vocabulary: Vocabulary) -> Iterator[Problem]:
    if present := vocabulary.theme_aliases.get(theme):
        message = _FORMER_THEME.format(theme=display_value(theme), present=present)
        yield Problem("unknown-theme", *place, message)
    elif theme in vocabulary.themes or theme == NO_THEME:
        return
    elif (names := split_themes(theme)) != (theme,) and set(names) <= set(vocabulary.themes):
        right = reveal_invisible(", ".join(names))
        fixable = _FIXABLE if LIST_SIGNS.search(theme) else ""
        message = _DIVIDED_THEMES.format(themes=right, fixable=fixable)
        yield Problem("unknown-theme", *place, message)
    else:
        guess = suggest_word(find_nearest(theme, vocabulary.themes))
        message = _THEME.format(theme=display_value(theme), guess=guess)
        yield Problem("unknown-theme", *place, message)


def _describe_role(role: str, vocabulary: Vocabulary, fixable: str = "") -> str:
    names = {each.name: each.id for each in vocabulary.roles.values()}
    guess = names.get(role) or find_nearest(role, vocabulary.roles)
    listed = (_KNOWN_ROLE.format(id=role_id, name=name) for name, role_id in names.items())
    suggested = suggest_word(f"{guess}{fixable if role in names else ''}")
    return _ROLE.format(role=display_value(role), guess=suggested, known="、".join(listed))


_DESCRIPTIONS: Mapping[str, Callable[[str, Vocabulary], str]] = {
    "kind": _describe_kind,
    "region": _describe_region,
    "lead_role": _describe_role,
}


def _check_allow(front: PlacedFrontMatter) -> Iterator[Problem]:
    for position, item in front.list_mappings("allow"):
        rule = CHECK_RULES_BY_ID.get(item.get("rule", ""))
        if item.get("rule") and (rule is None or not rule.excusable):
            excusable = "、".join(each.id for each in CHECK_RULES_BY_ID.values() if each.excusable)
            name = display_value(item["rule"])
            message = _EXCUSE.format(rule=name, excusable=excusable)
            yield Problem("allow-unknown", *front.locate("allow", position), message)
