"""Texts that are no experience materials: notices, regulations, speeches, letters, tenders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from casebook.text.numerals import ONE_TO_TEN

PLAN = "工作方案"
"""The kind that is no evidence for an experience: most plans tell none."""

OTHER_GENRE_POINTS = 4
"""Points from which a text has another genre, and so is no case."""

_EXPERIENCE_TITLE = re.compile(
    r"经验|案例|做法|调研|调查|总结|汇报|纪实|探索|实践|体会|事迹|发言|交流|工作报告|述职|启示|(?<![方预草提])案$|研究|思考"
)
_TITLE_TAIL = r"(?:[（(].*[）)])?$"
_EXPERIENCE = re.compile(
    r"(?:主要)?做法|成效|经验启示|取得.{0,8}(?:成效|成果)|(?:近年来|今年以来)[，,]|典型意义|基本案情|同比(?:增长|下降)|体会"
)
_NARRATIVE = re.compile(
    r"(?<!为)了(?!解)|曾经|过去|如今|推出|推行|(?:提高|提升|下降|上升|增长|增加|减少|缩短|升到|降到|达到)[^，。]{0,4}[\d一二三四五六七八九十百]"
)
SURE_TITLE_POINTS, LIKELY_TITLE_POINTS, BODY_POINTS, MOST_BODY_POINTS = 4, 2, 1, 4
"""Points for the last word of the title, for each sign in the text, and most points for signs."""

NO_NARRATIVE_POINTS = 2
"""Points for a likely title whose text has no sign that something was done or achieved."""

EXPERIENCE_POINTS, MOST_EXPERIENCE_POINTS, EXPERIENCE_TITLE_POINTS = 1, 3, 4
"""Points against another genre: for each phrase, most points for phrases, for the title."""

TITLE_END_CHARACTERS = 6
"""Characters at the end of a title that name the genre of the text."""

READ_CHARACTERS = 6000
"""Characters of a text in which signs are searched."""


class Genre(NamedTuple):
    """A genre by what ends its titles, surely or likely, and what its texts say."""

    name: str
    sure: re.Pattern[str]
    likely: re.Pattern[str]
    said: re.Pattern[str]


@cache
def list_genres() -> tuple[Genre, ...]:
    """The other genres, in the order of the table `genres.yml`."""
    text = Path(__file__).with_name("genres.yml").read_text(encoding="utf-8")
    rows = yaml.load(text.replace("{NUMERALS}", ONE_TO_TEN), Loader=yaml.CBaseLoader)
    return tuple(
        Genre(
            name,
            re.compile(row["sure"] + _TITLE_TAIL),
            re.compile(row["likely"] + _TITLE_TAIL),
            re.compile(row["said"], re.M),
        )
        for name, row in rows.items()
    )


def find_other_genre(title: str, paragraphs: Sequence[str], kind: str = "") -> str:
    """The genre of a text that is no experience material (通知, 法规, 讲话, 信函 …), or ''.

    `kind` is the kind of experience material that its title names. It counts against other genres,
    but not if the title is sure: 表彰优秀案例的通知 is a notice.
    """
    text = "\n".join(paragraphs)[:READ_CHARACTERS]
    against = EXPERIENCE_POINTS * min(MOST_EXPERIENCE_POINTS, len(set(_EXPERIENCE.findall(text))))
    genres = list_genres()
    sounds_like_one = (kind and kind != PLAN) or _EXPERIENCE_TITLE.search(
        title[-TITLE_END_CHARACTERS:]
    )
    if sounds_like_one and not any(genre.sure.search(title) for genre in genres):
        against += EXPERIENCE_TITLE_POINTS
    narrates = against or _NARRATIVE.search(text)
    likely = LIKELY_TITLE_POINTS + (0 if narrates else NO_NARRATIVE_POINTS)
    scores = {
        genre.name: _score_title(genre, title, likely) + _score_body(genre.said, text)
        for genre in genres
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] - against >= OTHER_GENRE_POINTS else ""


def _score_title(genre: Genre, title: str, likely: int) -> int:
    if genre.sure.search(title):
        return SURE_TITLE_POINTS
    return likely if genre.likely.search(title) else 0


def _score_body(pattern: re.Pattern[str], text: str) -> int:
    found = 0
    for _ in pattern.finditer(text):
        found += BODY_POINTS
        if found == MOST_BODY_POINTS:
            break
    return found
