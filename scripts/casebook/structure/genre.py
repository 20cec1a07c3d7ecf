"""Texts that are no experiences: notices, regulations, speeches, letters. Told by several signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casebook.text.numerals import ONE_TO_TEN

ENOUGH = 4
"""Points from which a text is no case."""

_EXPERIENCE_TITLE = re.compile(
    r"经验|案例|做法|调研|调查|总结|汇报|纪实|探索|实践|体会|事迹|发言|交流|工作报告|述职|启示|案$|研究|思考"
)
_TAIL = r"(?:[（(].*[）)])?$"
_TITLES = (
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
_BODIES = (
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
_TITLED = tuple(
    (kind, re.compile(sure + _TAIL), re.compile(likely + _TAIL)) for kind, sure, likely in _TITLES
)
_BODIED = tuple((kind, re.compile(pattern, re.M)) for kind, pattern in _BODIES)

TITLE_SURE, TITLE_LIKELY, BODY, BODY_MOST = 4, 2, 1, 4
"""Points of the title's last word, of each sign in the text and of these at most."""

EXPERIENCE, EXPERIENCE_MOST, EXPERIENCE_TITLE = 1, 3, 4
"""Points that speak for an experience: each phrase, these at most, the end of the title."""

TITLE_END = 6
"""Characters at the end of a title in which it says what the text is."""

READ = 6000
"""Characters of a text that are read."""


def not_a_case(title: str, paragraphs: Sequence[str], kind: str = "") -> str:
    """What a text is instead of an experience (通知, 法规, 讲话, 信函 …), or ''.

    `kind` is the kind of experience that its title names; 表彰优秀案例的通知 is a notice still.
    """
    text = "\n".join(paragraphs)[:READ]
    against = EXPERIENCE * min(EXPERIENCE_MOST, len(set(_EXPERIENCE.findall(text))))
    sounds_like_one = kind or _EXPERIENCE_TITLE.search(title[-TITLE_END:])
    if sounds_like_one and not any(sure.search(title) for _, sure, _ in _TITLED):
        against += EXPERIENCE_TITLE
    scores = {
        name: _in_title(sure, likely, title) + _in_body(bodied, text)
        for (name, sure, likely), (_, bodied) in zip(_TITLED, _BODIED, strict=True)
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] - against >= ENOUGH else ""


def _in_title(sure: re.Pattern[str], likely: re.Pattern[str], title: str) -> int:
    return TITLE_SURE if sure.search(title) else TITLE_LIKELY if likely.search(title) else 0


def _in_body(pattern: re.Pattern[str], text: str) -> int:
    found = 0
    for _ in pattern.finditer(text):
        found += BODY
        if found == BODY_MOST:
            break
    return found
