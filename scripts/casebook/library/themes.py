"""Themes of items: a score that counts words anyone can look up, never a hidden model.

Each distinct word counts once: a keyword, which means the theme in any field, KEYWORD_POINTS; a
hint, which every field uses, HINT_POINTS. A subject is a hint, but a keyword in a heading that says
what is done about it (加强培训) or what it lacks (培训不足). A word in such a heading counts
HEADING_FACTOR times, in another PLAIN_FACTOR times, so that the text must say more, or NAME_FACTOR
times where the heading may be only a name. Words of the text are divided by its length in units of
SPAN_CHARACTERS, so that a long text must mention more. A theme needs a keyword and LEAST_SCORE
(LEAST_BARE_SCORE without a heading); a second theme of an item also needs SECOND_SHARE of the best.

    健全长效机制 / 出台制度。       制度机制 2 (heading) + 0.5 + 0.5
    典型意义 / 判决保护了购房人。   典型选树 at most 0.5 and no keyword: no theme

A text that tells a dispute and how a court decided it has no theme.

What a person wrote in the case file (`theme=…`) always wins; `theme=无` means none.
It reads case files, in which a person may have decided: so it belongs to the library.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from casebook.library import markup
from casebook.library.theme_words import HINT, KEYWORD, ThemeWords, index_theme_words
from casebook.model import Block, Case
from casebook.structure.roles import is_short_role_name, opens_with_action
from casebook.vocabulary import Vocabulary

KEYWORD_POINTS = 1.0
HINT_POINTS = 0.5

HEADING_FACTOR = 2.0
"""How much more a word counts in a heading that does or lacks something: what an item is about."""

PLAIN_FACTOR = 1.5
"""The same in any other heading, where it may be no more than mentioned: 企业文化能否作为依据. Of
95 items on disputes 14 got a theme with 2.0 and 5 with 1.5, of 244 others 3 lost theirs."""

NAME_FACTOR = 0.5
"""The same for a heading that may be only the name of a section or of a case: 典型意义, 考核评价,
民宿合同纠纷案."""

SPAN_CHARACTERS = 200
"""Characters of text for which its words count fully."""

LEAST_SCORE = 2.0
"""Score from which an item is about a theme: a keyword in the heading, one in the text with two
hints or a hint in the heading, or two in the text. With 1.5, 20 of 498 news items on law and 10 of
3,995 paragraphs of court decisions got a theme; with 2.0, 4 and 1."""

LEAST_BARE_SCORE = 1.5
"""The same for an item without a heading, which has its text alone to say what it is about."""

SECOND_SHARE = 0.5
"""Part of the best score that a second theme needs."""

MOST_THEMES = 2
"""Themes of one item at most."""

NO_THEME = "无"
"""What a person writes in place of a theme's name where an item has none."""

_LACKS = re.compile("不(?![断同仅忘怕只是能得])|[缺弱薄欠虚空松难]|滞后|乏力")
"""What a heading says of a thing that is missing: 监督缺位."""

_CASE_NAME = re.compile(
    "(?:案|纠纷|一例|效力|确认|认定|侵权|合法性|后果|的(?:解除|撤销|返还|划分|分割)|起算)[。：]?$|[能应可]否|是否|由?谁[来该]?[付赔担]"
)
"""A heading that names a dispute, or the question that it put."""

_DISPUTE = re.compile(
    "本案(?!例)|原告|被告|[上申]诉人|诉称|辩称|诉请|诉至|判[令赔]|生效判决|提起(?:民事|行政)?诉讼"
    "|请求不能?成立|不予支持|[一二再]审(?:法院)?[认判改维驳]|受案范围|有期徒刑|应当认定|连带责任|违约金"
    "|(?:法院|法庭|合议庭)(?:经?审理后?|综合|据此|最终|依法|遂){0,2}"
    "(?:认为|认定(?!为)|查明|判[决处]|裁定|驳回|支持了)"
)
"""What only a text has that tells a dispute and how it was decided. It is about the law, whatever
the parties do; the work of a court (调解, 培训, 立案) has other words."""


@dataclass(frozen=True, slots=True)
class Score:
    """How far a block is about a theme, and the words found in heading and text.

    `is_specific` says whether one of them counts as a keyword.
    """

    theme: str
    value: float
    in_heading: tuple[str, ...]
    in_text: tuple[str, ...]
    is_specific: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """The heading of a block, the characters of its text, and the words of themes in both."""

    heading: str
    characters: int
    in_heading: Sequence[str]
    in_text: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A word found, and what it adds to the score of a theme."""

    theme: str
    word: str
    in_heading: bool
    points: float
    is_specific: bool


def item_themes(case: Case, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The themes (none to MOST_THEMES) of each block below the title, by the block's anchor.

    A block without an anchor has no address to be found at and is left out.
    """
    words = index_theme_words(vocabulary)
    return {
        block.anchor: _block_themes(block, vocabulary, words)
        for block in case.blocks
        if block.level > 1 and block.anchor
    }


def block_themes(block: Block, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The themes a person named, by their present names; else those with the best scores."""
    return _block_themes(block, vocabulary, index_theme_words(vocabulary))


def _block_themes(block: Block, vocabulary: Vocabulary, words: ThemeWords) -> tuple[str, ...]:
    if block.themes:
        named = (vocabulary.theme_name(theme) for theme in block.themes)
        return tuple(dict.fromkeys(filter(None, named)))[:MOST_THEMES]
    found = _find_words(block, words)
    possible = words.list_possible(found.in_heading, found.in_text)
    if possible and _DISPUTE.search(block.text):
        return ()
    scores = _score(found, vocabulary, words, possible) if possible else []
    enough = LEAST_SCORE if block.heading else LEAST_BARE_SCORE
    scores = [s for s in scores if s.is_specific and s.value >= enough][:MOST_THEMES]
    least = SECOND_SHARE * scores[0].value if scores else 0.0
    return tuple(score.theme for score in scores if score.value >= least)


def theme_scores(block: Block, vocabulary: Vocabulary) -> list[Score]:
    """All themes that a block has a word of, the best first; of equal ones that in the heading."""
    words = index_theme_words(vocabulary)
    return _score(_find_words(block, words), vocabulary, words, vocabulary.themes)


def _find_words(block: Block, words: ThemeWords) -> _Found:
    heading, text = block.heading or "", markup.to_plain(block.text)
    return _Found(heading, len(text), words.find(heading), words.find(text))


def _score(
    found: _Found, vocabulary: Vocabulary, words: ThemeWords, themes: Container[str]
) -> list[Score]:
    """The scores of some themes."""
    in_heading, in_text = found.in_heading, found.in_text
    is_topic, factor = _read_heading(found.heading, vocabulary) if in_heading else (False, 0.0)
    if factor < 1.0:  # what both have counts where it counts most
        in_heading = [word for word in in_heading if not any(each in word for each in in_text)]
    in_text = [word for word in in_text if not any(word in each for each in in_heading)]
    span = max(1.0, found.characters / SPAN_CHARACTERS)
    evidence = (
        *_weigh(in_heading, words, factor, is_topic, in_heading=True),
        *_weigh(in_text, words, 1.0 / span, is_topic=False, in_heading=False),
    )
    scores = _add_up([each for each in evidence if each.theme in themes])
    return sorted(scores, key=lambda s: (-s.value, not s.in_heading, words.order[s.theme]))


def _read_heading(heading: str, vocabulary: Vocabulary) -> tuple[bool, float]:
    """Whether a heading does something about a subject or lacks it; the factor of its words."""
    if opens_with_action(heading) or _LACKS.search(heading):
        return True, HEADING_FACTOR
    is_name = _CASE_NAME.search(heading) or is_short_role_name(heading, vocabulary.roles)
    return False, NAME_FACTOR if is_name else PLAIN_FACTOR


def _weigh(
    found: Sequence[str], words: ThemeWords, weight: float, is_topic: bool, in_heading: bool
) -> Iterator[_Evidence]:
    for word in found:
        for theme, kind in words.owners[word]:
            is_specific = kind == KEYWORD or (kind != HINT and is_topic)
            points = weight * (KEYWORD_POINTS if is_specific else HINT_POINTS)
            yield _Evidence(theme, word, in_heading, points, is_specific)


def _add_up(evidence: Sequence[_Evidence]) -> Iterator[Score]:
    by_theme: dict[str, list[_Evidence]] = {}
    for each in evidence:
        by_theme.setdefault(each.theme, []).append(each)
    for theme, found in by_theme.items():
        yield Score(
            theme,
            sum(each.points for each in found),
            tuple(each.word for each in found if each.in_heading),
            tuple(each.word for each in found if not each.in_heading),
            any(each.is_specific for each in found),
        )


def explain_themes(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    """For people, a line for each block below the title: its themes and the scores that decided.

    The words counted are named, those of the heading first.
    """
    for block in case.blocks:
        if block.level > 1:
            heading = block.heading or markup.to_plain(block.text)[:20]
            themes = "、".join(block_themes(block, vocabulary)) or NO_THEME
            yield f"{'  ' * (block.level - 2)}#{block.anchor} {heading}：{themes}"
            yield from (f"{'  ' * block.level}{line}" for line in _grounds(block, vocabulary))


def _grounds(block: Block, vocabulary: Vocabulary) -> Iterator[str]:
    if block.themes:
        yield f"案例文件里写明 theme={','.join(block.themes)}，不再计分"
        return
    if _DISPUTE.search(block.text):
        yield "讲的是一起纠纷和它的裁判，不归主题"
    scores = theme_scores(block, vocabulary)
    for score in [score for score in scores if score.is_specific] or scores:
        parts = (("标题", score.in_heading), ("正文", score.in_text))
        words = "；".join(f"{name}有“{'”“'.join(found)}”" for name, found in parts if found)
        lacking = "" if score.is_specific else "（只有平常的词，不算）"
        yield f"{score.theme} {score.value:.2f}{lacking}：{words}"
