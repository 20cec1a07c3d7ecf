"""The organ of a write-up: in its title, on a label, a byline or a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebook.structure.lines import (
    FACT_LINES,
    SIDE_LINE_CHARACTERS,
    is_dated,
    read_label,
    read_value,
)
from casebook.structure.organ_words import OF_ITS_OWN, ORGAN_WORDS
from casebook.structure.places import starts_with_place
from casebook.text.patterns import lazy_pattern

PLACEHOLDER = r"(?:[xX×]{1,4}|某{1,2}|[A-Z])"
"""What stands for a name that is not given: xx市, 某局, A县."""

BYLINES, SIGNATURES = 3, 3
"""Lines under the title, and at the end, that may name the organ."""

FIRST_SENTENCE_CHARACTERS = 100
"""Characters at the start of a body in which an organ that acts is searched."""

_HAN = "[\u4e00-\u9fff]"
_HOUSE = re.compile(OF_ITS_OWN)
_PLACE_WORD = "省|自治区|市|州|盟|县|区|旗|镇|乡|街道|村"
_OWNER = (
    rf"(?:{PLACEHOLDER}|{_HAN}{{2,8}}?)(?:{_PLACE_WORD})|[省市县区州镇乡]直|[省市县区州镇乡村](?!级)|"
    "中共|共青团|国家|中国|国网|最高人民"
)
_OWNED = lazy_pattern(_OWNER)
"""A name in the text is an organ only with its place: 结局 in 视频结局 has none."""

_PLAINLY_OWNED = re.compile(
    rf"{PLACEHOLDER}+(?:{_PLACE_WORD})|[省市县区州镇乡]直|{_HAN}{{2}}[省市县区州镇乡]"
)
"""A name with its place in running text, where what precedes the place may be no name: 到莱西市."""

_NAME = rf"(?:{PLACEHOLDER}|{_HAN})[\u4e00-\u9fffA-Za-z0-9×（）()+·]{{1,28}}?(?:{ORGAN_WORDS})"
_BEFORE_COLON = re.compile(rf"(?P<organ>[\u4e00-\u9fffA-Za-z0-9×+·]{{2,30}}?(?:{ORGAN_WORDS}))：")
_ACTS = (
    "破解|开展|组成|围绕|坚持|聚焦|紧扣|通过|以|把|将|积极|深入|认真|立足|创新|探索|推动|推进|推行|着力|突出|强化|加强|"
    "打造|建立|建设|构建|实施|实行|牢固|始终|全面|充分|大力|关于|在|对|持续|高度|结合|针对|按照|打破|多措|精准|扎实|严格|"
    "经验|工作(?!组|室|站)|典型|调研|抓|用|做|办|让|为|数字|服务(?!站|中心|大厅|队)|助力|赋能|依托|发挥|优化|深化|完善|"
    "践行|落实|靠|借|从|的(?:实践|做法|探索|经验|案例|调查|启示)|[“《—\\s]"
)
_ACTING = re.compile(
    rf"(?:^|(?<=[，。；：\n]))(?P<organ>(?:{PLACEHOLDER}|{_HAN})"
    rf"[\u4e00-\u9fffxX×]{{0,20}}?(?:{ORGAN_WORDS}))(?={_ACTS})"
)
_NOT_BEFORE_COLON = re.compile(
    r"(?:关于|从|围绕|打造|建设|建好|办好|做强|走进|走出|来自|破解|聚焦|创新|探索|推进|构建|发挥|服务|依托|"
    r"立足|助力|当好|守护|[一二三四五六七八九十两\d]+[个家所])"
)
"""Openings of phrases that only end like the name of an organ: 打造融媒体中心, 一个中心."""

_NOT_A_NAME = lazy_pattern(
    "近年来|今年|当前|各|一些|有的|部分|个别|全[市区县省国]|我们|我[市区县省]|本|该|由|经(?!济|开)|在(?!线)|对|把|将|使|让|"
    "以|通过|加强|推动|推进|推行|开展|抓好|建立|建好|基层|机关(?!事务|党)|根据|按照|为|与|和(?!平|田|县|林|政|顺|龙|静|硕|布)|"
    "及|同(?!济|仁|心|德|江)|向(?!阳)|被|是|要|做好|打造|创新|探索"
)
_INSIDE_NO_NAME = lazy_pattern(
    "这个|那个|的|了|我们|他们|、|如何|怎样|不|把|让|使|与|及|有关|依法|要求|接到"
)
_CITED = re.compile(r"“[^”\n]*”|《[^》\n]*》")
_LABEL = re.compile(
    "(?:作者|申报|报送|完成|供稿|撰稿|选送|实施|案例|编报|牵头)?单位|单位名称|供稿|撰稿|发文机关"
)
_WHOLE_NAME = re.compile(
    rf"(?P<organ>{_NAME})(?:课题组|调研组)?(?:发布|供稿|报送)?"
    rf"(?:[ 　]+{_HAN}[ 　]?{_HAN}{{1,2}}|[ 　]+{_HAN}{{2}}(?:[·]{_HAN}+)?)?$"
)
_OPEN_END = re.compile("[。！？；：，]$")
_BEFORE_OWN_ORGAN = re.compile(rf"^{PLACEHOLDER}(?=市直|省直|区直|县直)")
"""The placeholder before 市直, 省直 …; elsewhere it is part of the name."""


def find_organ(title: str, subtitle: str, lines: Sequence[str], opening: str) -> str:
    """The organ of a write-up, or ''. The surest place that names one decides.

    In this order: before the colon of the title, acting in the title or subtitle, on a label
    (申报单位：…), on a byline, in the signature, acting in the first sentence of `opening`.
    """
    if found := _BEFORE_COLON.match(title):
        organ = found["organ"]
        return "" if _NOT_A_NAME.match(organ) or _NOT_BEFORE_COLON.match(organ) else organ
    acting = _find_acting(title, owned=False) or _find_acting(subtitle.lstrip("—- "), owned=True)
    stated = acting or _find_labelled(lines) or _find_on_own_line(lines)
    return stated or _find_in_first_sentence(opening)


def _find_acting(text: str, *, owned: bool) -> str:
    """The first organ that acts in a text; with `owned` only one that is named with its place."""
    for found in _ACTING.finditer(_CITED.sub(lambda cited: "“" * len(cited[0]), text)):
        organ = found["organ"]
        if _is_name(organ) and (is_owned(organ) or not (owned or found.start())):
            return _strip_place(organ)
    return ""


def _find_in_first_sentence(opening: str) -> str:
    """The organ that acts in the first sentence of the text, or ''."""
    first = opening[:FIRST_SENTENCE_CHARACTERS].partition("。")[0]
    organ = _find_acting(first, owned=True)
    return organ if _PLAINLY_OWNED.match(organ) or starts_with_place(organ) else ""


def _find_labelled(lines: Sequence[str]) -> str:
    """The one organ that labels at the start or the end name, or ''."""
    named = {
        name
        for line in (*lines[:FACT_LINES], *lines[-FACT_LINES:])
        if len(line) <= SIDE_LINE_CHARACTERS and _LABEL.fullmatch(read_label(line))
        for name in _read_name(read_value(line))
    }
    return named.pop() if len(named) == 1 else ""


def _find_on_own_line(lines: Sequence[str]) -> str:
    """The organ on a byline under the title, or in the signature at the end, or ''."""
    for line in (*lines[:BYLINES], *_read_signature(lines)):
        for name in _read_name(line.strip("（）() 　")):
            if is_owned(name) or _HOUSE.search(name):
                return name
    return ""


def _read_signature(lines: Sequence[str]) -> Iterator[str]:
    """The last line that is no date."""
    for line in reversed(lines[BYLINES:][-SIGNATURES:]):
        if not is_dated(line):
            yield line
            return


def _read_name(line: str) -> Iterator[str]:
    """The name of an organ that a line consists of, without what follows it (发布, a person)."""
    found = None if _OPEN_END.search(line) else _WHOLE_NAME.match(line)
    if found and _is_name(found["organ"]):
        yield found["organ"]


def _is_name(organ: str) -> bool:
    return not (
        _NOT_A_NAME.match(organ) or _NOT_BEFORE_COLON.match(organ) or _INSIDE_NO_NAME.search(organ)
    )


def is_organ_name(text: str) -> bool:
    """Whether a text is the name of an organ and nothing else."""
    return re.fullmatch(_NAME, text) is not None and _is_name(text)


def is_owned(organ: str) -> bool:
    """Whether the name of an organ opens with a place, or with what stands for one."""
    return bool(_OWNED.match(organ)) or starts_with_place(organ)


def _strip_place(organ: str) -> str:
    return _BEFORE_OWN_ORGAN.sub("", organ)
