"""The role that a heading names by its head word, and inherited roles in a case file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from casebook.model import Block
from casebook.structure.markers import SHI_FAMILY, Marker, read_marker
from casebook.vocabulary import Role, Vocabulary

LABEL_CHARACTERS = 12
"""Characters up to which a heading that ends with a head word is only the name of a part."""

_ACTIONS = (
    "破解|解决|提升|提高|强化|加强|推动|推进|聚焦|抓|创新(?!点|之|亮|做|举|特|成)|健全|完善|优化|落实|坚持|深化|打造|构建|建立|"
    "紧盯|盯[紧准住]|靶向|高位推动|精准施策|多措并举|综合施策|找准|统筹|明确|增强|夯实|凝聚|激发|畅通|拓宽|搭建|补齐|化解|攻克|消除|突破|直面|正视|着力|改进|发挥|"
    "重构|推行|压缩|缩短|简化|规范(?!性)|拓展|丰富|前移|下沉|延伸|整合|引入|开展(?!情况)|组织(?!架构|实施|保障)|实施(?!路径|过程|步骤|情况|效果|成效|方案|背景|计划)|制定|出台|成立|选派|"
    "让|把|用|以(?!案)|做[好优强实细]|建[强好]|织[密牢]|筑牢|扛牢|压实|注重|突出|紧扣|厚植|培育|扩大|释放|共享|谱写|开创|巩固|促进|"
    "关注|围绕|切实|积极|"
    "走[进向近出入]|倾听|聆听|讲[述好活]|唱响|擦亮|点亮|架起|打[通破响]|守[住护好]|抢占|深耕|练好|用[好活]|管[好住]|"
    "办好|种下|留住|放下|换上|跑出|闯出|走好|端牢|拧紧|稳住|扛起|树起|立起|撑起|担起|叫响"
)
_STARTS_WITH_ACTION = re.compile(f"(?:{_ACTIONS})")
_SAYS_WHEN = re.compile("才[能会有]|就[能会]")
_SAYS_WHAT_TO_DO = re.compile("必须|要(?!点|素|因)|应(?!用|急|对)|务必|需要|只有|不能")
_DESCRIBES = re.compile(
    "推进|提升|优化|改进|完善|创新|实施|出台|推广|提高|深化|加强|强化|破解|解决|应对"
)
_YIELDS = re.compile("改进|推行|推进|优化|整合|重构|创新|落实|开展|压缩|规范|化解")
"""Actions before the word for what came of them: 改进效果 (but 提升效果 is what to do)."""

_LABEL_BEFORE_HEAD = re.compile(
    r"(?:^|的|主要|工作|具体|存在|取得|经验|几点|基本|特色|初步|突出|现实|深层次?|内在|有关|相关|背后|意见和|对策和|及|(?<!参)与|和)$"
)
_AROUND = re.compile(
    r"^[【\[〔［\s“—－◆■●★▲○◇□▪◎-]+|[（(][^（）()]*[）)]$|[。．.：:！!？?】\]〕］\s”—]+$"
)
_JOINS = tuple("与和及")
_FIGHTS = re.compile("[破解克攻治补除疏通防找缩纾化消止避]$")
_TRANSLATED = re.compile("(?<=[\u4e00-\u9fff])[ ]?[A-Za-z]{3,}$")
_ALSO_VERBS = frozenset(
    re.findall(
        "..",
        "推进实施评估应对保障探索实践创新总结回顾改进设计应用运营运作制作投入推广定位规划变化部署分析突破"
        "影响评价任务行动提升制约",
    )
)
"""Head words that are also verbs and may end a sentence: 改革开放纵深推进."""

SURE_NAME_CHARACTERS = 6
"""Characters up to which a heading that ends with such a word is a name: 组织实施."""

_GENERAL_WORD = re.compile(
    "^(?:案例|项目|作品|活动|栏目|工作|主要|基本|具体|实际|取得|初步|现实|社会)"
)
_AND = re.compile("[及与和暨、/／]|以及")


def strip_heading(heading: str) -> str:
    """A heading without its marker, brackets around it and its closing mark."""
    return _strip_around(heading, read_marker(heading))


def _strip_around(heading: str, marker: Marker | None) -> str:
    return _AROUND.sub("", heading[marker.length :] if marker else heading)


def opens_with_action(heading: str) -> bool:
    """Whether a heading opens with an action, done or proposed: 强化组织领导."""
    return bool(_STARTS_WITH_ACTION.match(strip_heading(heading)))


def find_named_roles(heading: str, roles: Mapping[str, Role]) -> dict[str, int]:
    """The roles whose head words end a heading or one of its 和/及 parts, with the word's length.

    The head of a Chinese noun phrase comes last. A heading that is a verb with its object
    (破解融资难题) names an action, not a role, unless the head word is plainly a label
    (破解难题的主要做法).
    """
    marker = read_marker(heading)
    if marker and marker.family == SHI_FAMILY:
        return {}  # what follows 一是 is a predicate, not a name
    text = _take_named_part(_strip_around(heading, marker), roles)
    found = _find_endings(text, roles)
    if not found:
        return {}
    whole = max(length for length, _ in found)
    before = text[:-whole]
    is_verb = len(text) > SURE_NAME_CHARACTERS and text[-whole:] in _ALSO_VERBS
    opens = _STARTS_WITH_ACTION.match(text) or _SAYS_WHAT_TO_DO.match(text)
    clause = "，" in text and len(text) > LABEL_CHARACTERS  # 一边炒茶，一边回答各种问题
    clause = clause or bool(_SAYS_WHEN.search(before))  # 管得细才能见实效
    acts_on = before and (is_verb or opens or clause or _is_fought(before, found[0][1]))
    if acts_on and not _is_label(before, found[0][1]):
        return {}
    if found[0][1] == "practice" and _joins_other(before, roles):
        return {}
    named = {role: length for length, role in found if length == whole}
    if len(text) <= LABEL_CHARACTERS and whole < len(text):
        for part in _AND.split(text)[:-1]:
            named.update(
                {
                    role: length
                    for length, role in _find_endings(part, roles)[:1]
                    if role not in named
                }
            )
    return named


def _joins_other(before: str, roles: Mapping[str, Role]) -> bool:
    """Whether a head word is joined to a word that is no name of a role: 坚守与创新."""
    return before[-1:] in _JOINS and not _find_endings(before[:-1], roles)


def _is_fought(before: str, role: str) -> bool:
    """Whether a problem is the object of a verb: 三方会商破难题."""
    return role in ("problem", "cause") and bool(_FIGHTS.search(before))


def _take_named_part(text: str, roles: Mapping[str, Role]) -> str:
    """The naming part of a heading: 案例启示 of 案例启示：本土与世界, 优势 of 优势Strengths."""
    before, colon, _ = text.partition("：")
    if colon and len(before) <= LABEL_CHARACTERS and _find_endings(before, roles):
        return before
    return _TRANSLATED.sub("", text)


def _is_label(before: str, role: str) -> bool:
    """Whether the words before a head word describe it: so in 推进举措, not in 破解难题."""
    known = _YIELDS if role == "outcome" else _DESCRIBES
    describes = role != "problem" and known.fullmatch(before)
    return bool(describes or _LABEL_BEFORE_HEAD.search(before))


def _find_endings(text: str, roles: Mapping[str, Role]) -> list[tuple[int, str]]:
    """The head words that end a text, as length and role, the longest first."""
    words, longest = _index_head_words(tuple((role.id, role.headings) for role in roles.values()))
    lengths = range(min(len(text), longest), 0, -1)
    return [(length, role) for length in lengths for role in words.get(text[-length:], ())]


@lru_cache(maxsize=16)
def _index_head_words(
    roles: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[dict[str, list[str]], int]:
    """The roles of each head word, in the order of roles, and the length of the longest word."""
    words: dict[str, list[str]] = {}
    for role, headings in roles:
        for word in headings:
            words.setdefault(word, []).append(role)
    return words, max(map(len, words), default=0)


def is_section_name(line: str, roles: Mapping[str, Role]) -> bool:
    """Whether a line is only the name of a section: 主要做法, 案例概述. It is no title then."""
    name = strip_heading(line)
    bare = _GENERAL_WORD.sub("", name)
    return bool({len(name), len(bare)} & set(find_named_roles(line, roles).values()))


def is_short_role_name(heading: str, roles: Mapping[str, Role]) -> bool:
    """Whether a heading of a few characters is the name of a role: 典型意义, 效果评估."""
    name = strip_heading(heading)
    return len(name) <= SURE_NAME_CHARACTERS and bool(find_named_roles(heading, roles))


def find_heading_role(heading: str, roles: Mapping[str, Role]) -> str:
    """The only role that a heading names by its head word, or '' (情况 names several)."""
    named = find_named_roles(heading, roles)
    longest = [role for role, length in named.items() if length == max(named.values())]
    return longest[0] if len(longest) == 1 else ""


def resolve_roles(blocks: Sequence[Block], kind: str, vocabulary: Vocabulary) -> list[str]:
    """The role of each block of a case file, in which people may leave out the marks of roles.

    The first of these that is given decides: the mark of the block, its heading, the role of the
    block above it, the usual role for the kind; otherwise ''. The first block is the lead, from
    which no role is inherited.
    """
    known = vocabulary.kinds.get(kind)
    default = known.default_role if known else ""
    result: list[str] = []
    above = [default] * (max((block.level for block in blocks), default=1) + 2)
    for block in blocks:
        named = find_heading_role(block.heading or "", vocabulary.roles) if block.level > 1 else ""
        inherited = above[block.level] if block.level > 1 else ""
        role = block.role or named or inherited
        result.append(role)
        if block.level > 1:
            above[block.level + 1 :] = [role] * len(above[block.level + 1 :])
    return result
