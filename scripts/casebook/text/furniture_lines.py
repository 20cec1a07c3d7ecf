"""What kind of page furniture a line is, by the forms that the table names for repair."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from casebook.text.characters import HAN
from casebook.text.page_furniture import alternatives
from casebook.text.patterns import lazy_pattern

_of = partial(alternatives, "repair")

_DRESS = r"[↑↓▲▼△▽☝👆👇👉👈⬆⬇➤►▶◀◄★☆·•\s（）()“”。！!~～…—]{0,8}"
_SITE = re.compile(
    rf"[【\[]?{_of('button')}[】\]]?"
    rf"|{_of('label')}\s*[：:].{{0,60}}"
    rf"|{_of('place')}[^。；]{{0,60}}[>»›＞][^。；]{{0,40}}"
    rf"|(?:[【\[]{_of('bracketed')}[^】\]]{{0,6}}[】\]]\s*){{1,8}}"
    rf"|{_DRESS}{_of('line')}{_DRESS}"
)
_SIGNED = lazy_pattern(rf"{_DRESS}{_of('signed-line')}{_DRESS}")
SIGNS = re.compile(
    r"正文|ICP|公网安备|标识码|著作权|版权|群\s{0,3}[：:]|号\s{0,3}[：:]|阅读器|朋友圈|更多人|在看|三连|楼主|只看该"
    "|倒序|发表于|_第"
)
"""What lines have that would else be searched from every character on."""

_BESIDE = re.compile(rf"{_DRESS}{_of('beside')}{_DRESS}|[【】\[\]（）()|｜×：:]{{1,4}}")
_CREDIT = re.compile(_of("credit"))
_FACT = re.compile(_of("fact"))
_TOOL = re.compile(_of("tool"))
_TOOL_OR_SIZE = re.compile(_of("tool", "size"))
_TOOL_BORDER = re.compile(r"[\s|｜·/【】\[\]（）():：×]+")
_OPENS = re.compile(rf"{_TOOL_BORDER.pattern[:-1]}*{_of('tool', 'size')}")
_FIELD_BORDER = re.compile(r"[\s|｜]{1,20}(?=[^\s：:\d]{2,6}\s?[：:])|[\[\]【】|｜]")
_FIELD = lazy_pattern(rf"{_of('field', 'telling-field')}\s?[：:]|{_of('bare-field')}$")
_TELLING_FIELD = re.compile(_of("telling-field"))
"""Labels that only web pages have. The beginning of a label decides: 点击率 begins with 点击."""

_SPREAD_LABEL = lazy_pattern(
    rf"(?<![{HAN}])([{HAN}])[ 　]+([{HAN}])(?:[ 　]+([{HAN}]))?(?=[ 　]?[：:])"
)
_SENTENCE = re.compile("转载|侵权|版权|著作权|关注|本文|声明|网络|在看|下载|二维码")
"""What sentences of page furniture have; other sentences are not looked at further."""

LONGEST_LINE = 160
"""Greatest length in characters of a line of a page; a paragraph is mostly longer."""

LONGEST_FIELDS = 200
"""Greatest length in characters of a line of fields."""


@lru_cache(maxsize=4096)  # several passes, and lines that many texts have
def kind_of_line(line: str) -> str:
    """What a line is: "site"; "tool", "beside", "credit" (only beside others); "fact"; or ''."""
    if not line or len(line) > LONGEST_LINE:
        return ""
    if line[-1] in "。；，" and not _SENTENCE.search(line):
        return ""
    if _SITE.fullmatch(line) or (SIGNS.search(line) and _SIGNED.fullmatch(line)):
        return "site"
    words = [word for word in _TOOL_BORDER.split(line) if word] if _OPENS.match(line) else []
    are_tools = bool(words) and all(map(_TOOL_OR_SIZE.fullmatch, words))
    if are_tools and (any(map(_TOOL.fullmatch, words)) or (line[0] in "字文" and len(words) > 2)):
        return "site" if len(words) > 1 else "tool"
    if are_tools or _BESIDE.fullmatch(line):
        return "beside"
    if _CREDIT.fullmatch(line):
        return "credit"
    return "fact" if _FACT.fullmatch(line) else ""


def is_field_line(line: str) -> bool:
    """Whether a line has nothing but fields, and one that only web pages have (点击数：…)."""
    if len(line) > LONGEST_FIELDS or ("：" not in line and ":" not in line):
        return False
    joined = _SPREAD_LABEL.sub(lambda label: "".join(filter(None, label.groups())), line)
    fields = [field.strip() for field in _FIELD_BORDER.split(joined) if field.strip()]
    return (
        len(fields) > 1
        and all(map(_FIELD.match, fields))
        and any(map(_TELLING_FIELD.match, fields))
    )
