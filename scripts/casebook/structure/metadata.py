"""What a write-up says about itself: kind, organ, region, date. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from casebook.vocabulary import Kind, Region

_PLACEHOLDER = r"(?:[xX×]{1,4}|某{1,2}|[A-Z])"
_PLACE_WORD = "省|自治区|市|自治州|州|盟|地区|县|自治县|旗|区|新区|镇|乡|街道|村|社区"
_PLACEHOLDER_REGION = re.compile(rf"(?<![A-Za-z])(?:{_PLACEHOLDER}(?:{_PLACE_WORD}))+")
_ORGAN_WORD = (
    "工委|党工委|党委|党组|党总支|党支部|区委|市委|县委|省委|镇委|乡委|纪委|监委|人大常委会|政协|"
    "委员会|人民政府|政府|组织部|宣传部|统战部|政法委|办公厅|办公室|局|厅|法院|检察院|公安局|"
    "总工会|团委|妇联|学院|大学|中学|小学|医院|集团|公司|中心|街道办事处|管委会|研究院|银行|报社"
)
_ORGAN_START = rf"(?:{_PLACEHOLDER}|[\u4e00-\u9fff])"
_ORGAN = re.compile(
    rf"(?:^|(?<=[，。；：\n]))(?P<organ>{_ORGAN_START}[\u4e00-\u9fffxX×]{{0,14}}?(?:{_ORGAN_WORD}))"
    r"(?=破解|开展|组成|围绕|坚持|聚焦|紧扣|通过|以|把|将|积极|深入|认真|立足|创新|探索|推动|推进|着力|"
    r"突出|强化|加强|打造|建立|实施|牢固|始终|全面|充分|大力|关于|在|对|持续|高度重视|结合|针对|按照|"
    r"打破|多措|精准|扎实|严格|经验|工作|典型|调研)"
)
_NOT_A_NAME = re.compile(
    "^(?:近年来|今年|当前|各级|一些|有的|部分|个别|全市|全区|全县|全省|我们|本|该|由|经|在|对|把|将|使|让|"
    "以及|通过|加强|推动|开展|抓好|建立|基层|机关(?!事务|党)|根据|按照|为|与|和|及|同|向|被|是|要)"
)
_CITED = re.compile(r"“[^”\n]*”|《[^》\n]*》")
_DATE_LINE = re.compile(
    r"^[（(]?(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?[）)]?$", re.M
)
_TITLE_TAIL = re.compile(r"(?:[（(][^（）()]*[）)]|[\d〇一二三四五六七八九十]+[篇则]|[”》\s])+$")
OPENING = 600
"""Characters at the start of a body in which a write-up names its organ."""


def find_kind(title: str, kinds: Mapping[str, Kind]) -> str:
    """The kind whose word stands last in the title (the longest of those), or ''.

    A word of two characters (建议, 总结) also has other uses and counts only at the very end.
    """
    whole = _TITLE_TAIL.sub("", title)
    ends = [
        (whole.rfind(word) + len(word), len(word), kind.name)
        for kind in kinds.values()
        for word in (kind.name, *kind.aliases)
        if (whole.endswith(word) if len(word) <= 2 else word in whole)
    ]
    return max(ends)[2] if ends else ""


def find_organ(title: str, opening: str) -> str:
    """The organ that acts in the title, else in the opening of the text, or ''."""
    for text in (title, opening[:OPENING]):
        for found in _ORGAN.finditer(_CITED.sub(lambda cited: "“" * len(cited[0]), text)):
            organ = found["organ"]
            if not _NOT_A_NAME.match(organ):
                return _without_place(organ)
    return ""


def _without_place(organ: str) -> str:
    """The organ without a placeholder of its place, unless the placeholder is part of its name."""
    found = re.match(rf"{_PLACEHOLDER}(?=市直|省直|区直|县直)", organ)
    return organ[found.end() :] if found else organ


def find_region(title: str, text: str, regions: Sequence[Region]) -> str:
    """The placeholder region (X区), or the provincial region that the title names, or ''."""
    named = [region.name for region in regions if _names(title, (region.name, *region.aliases))]
    if named:
        return named[0]
    found = _PLACEHOLDER_REGION.search(title) or _PLACEHOLDER_REGION.search(text)
    return found[0] if found else ""


def _names(title: str, words: Iterable[str]) -> bool:
    return any(word in title for word in words)


def find_date(lines: Sequence[str]) -> str:
    """The date that stands on a line of its own (2023-05 or 2023-05-04), or ''."""
    for line in (*lines[:4], *lines[-4:]):
        if found := _DATE_LINE.match(line):
            parts = [found["year"], f"{int(found['month']):02}"]
            parts += [f"{int(found['day']):02}"] if found["day"] else []
            return "-".join(parts)
    return ""
