"""Texts that are no experience materials: notices, regulations, speeches, letters, tenders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casebook.text.numerals import ONE_TO_TEN

OTHER_GENRE_POINTS = 4
"""Points from which a text has another genre, and so is no case."""

_EXPERIENCE_TITLE = re.compile(
    r"经验|案例|做法|调研|调查|总结|汇报|纪实|探索|实践|体会|事迹|发言|交流|工作报告|述职|启示|案$|研究|思考"
)
_TITLE_TAIL = r"(?:[（(].*[）)])?$"
_TITLE_WORDS = (
    ("通知", r"(?:通知|公告|通告|公示|公示名单|批复|命令)", r"(?:复函|函|决定|意见|通报)"),
    (
        "法规",
        r"(?:条例|实施细则|章程|管理办法|暂行办法|实施办法|暂行规定|若干规定)",
        r"(?:规定|细则|办法|规则|准则|规程|守则|制度|公约|(?<![做工办方打心用手想说立执])法)",
    ),
    ("讲话", r"(?:讲话|讲话稿|致辞|致词|贺词|献词|主持词)", r"(?:演讲|演讲稿|寄语)"),
    ("信函", r"(?:贺信|慰问信|感谢信|公开信|倡议书|邀请函|决心书|检讨书)", r"(?:承诺书|申请书)"),
    (
        "招标和合同",
        r"(?:招标公告|中标公告|采购公告|成交公告|招聘公告|合同书)",
        r"(?:合同|协议书|启事)",
    ),
)
_BODY_SIGNS = (
    (
        "通知",
        r"现(?:印发|转发|下发)给你们|请(?:认真)?(?:遵照|贯彻)执行|特此(?:通知|公告|通告|公示|通报)|各.{2,40}：$",
    ),
    (
        "法规",
        rf"^第[{ONE_TO_TEN}百\d]+条[ 　].*$|"
        r"本(?:条例|办法|规定|细则|法|章程)(?:自|由).{2,30}(?:施行|负责解释)",
    ),
    (
        "讲话",
        r"^(?:同志们|各位来宾|女士们|朋友们|尊敬的.{2,30})[！，：,:!]|预祝.{2,20}圆满成功|现在.{0,6}宣布.{0,20}(?:开幕|闭幕)",
    ),
    (
        "信函",
        r"^此致$|^敬礼[！!]?$|致以(?:诚挚|崇高|亲切)的(?:问候|慰问|敬意)|(?:我们|特此)(?:倡议|向.{2,12}发出倡议)",
    ),
    ("招标和合同", r"投标人|中标人|采购预算|甲方|乙方"),
)
_EXPERIENCE = re.compile(
    r"(?:主要)?做法|成效|经验启示|取得.{0,8}(?:成效|成果)|(?:近年来|今年以来)[，,]|典型意义|基本案情|同比(?:增长|下降)|体会"
)
_TITLE_PATTERNS = tuple(
    (kind, re.compile(sure + _TITLE_TAIL), re.compile(likely + _TITLE_TAIL))
    for kind, sure, likely in _TITLE_WORDS
)
_BODY_PATTERNS = tuple((kind, re.compile(pattern, re.M)) for kind, pattern in _BODY_SIGNS)

SURE_TITLE_POINTS, LIKELY_TITLE_POINTS, BODY_POINTS, MOST_BODY_POINTS = 4, 2, 1, 4
"""Points for the last word of the title, for each sign in the text, and most points for signs."""

EXPERIENCE_POINTS, MOST_EXPERIENCE_POINTS, EXPERIENCE_TITLE_POINTS = 1, 3, 4
"""Points against another genre: for each phrase, most points for phrases, for the title."""

TITLE_END_CHARACTERS = 6
"""Characters at the end of a title that name the genre of the text."""

READ_CHARACTERS = 6000
"""Characters of a text in which signs are searched."""


def find_other_genre(title: str, paragraphs: Sequence[str], kind: str = "") -> str:
    """The genre of a text that is no experience material (通知, 法规, 讲话, 信函 …), or ''.

    `kind` is the kind of experience material that its title names. It counts against other genres,
    but not if the title is sure: 表彰优秀案例的通知 is a notice.
    """
    text = "\n".join(paragraphs)[:READ_CHARACTERS]
    against = EXPERIENCE_POINTS * min(MOST_EXPERIENCE_POINTS, len(set(_EXPERIENCE.findall(text))))
    sounds_like_one = kind or _EXPERIENCE_TITLE.search(title[-TITLE_END_CHARACTERS:])
    if sounds_like_one and not any(sure.search(title) for _, sure, _ in _TITLE_PATTERNS):
        against += EXPERIENCE_TITLE_POINTS
    scores = {
        name: _score_title(sure, likely, title) + _score_body(bodied, text)
        for (name, sure, likely), (_, bodied) in zip(_TITLE_PATTERNS, _BODY_PATTERNS, strict=True)
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] - against >= OTHER_GENRE_POINTS else ""


def _score_title(sure: re.Pattern[str], likely: re.Pattern[str], title: str) -> int:
    return (
        SURE_TITLE_POINTS
        if sure.search(title)
        else LIKELY_TITLE_POINTS
        if likely.search(title)
        else 0
    )


def _score_body(pattern: re.Pattern[str], text: str) -> int:
    found = 0
    for _ in pattern.finditer(text):
        found += BODY_POINTS
        if found == MOST_BODY_POINTS:
            break
    return found
