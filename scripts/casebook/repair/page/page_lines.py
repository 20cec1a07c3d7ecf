"""Whole lines that a web page or a printed page put around the text, removed; never prose.

The words of web pages are in `text/page_furniture.yml`. Each removal is a step that can be switched
off or undone. Notices that the text is cut off stay, and are flagged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from unicodedata import normalize

from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.repair.page.line_breaks import tears_word
from casebook.text.page_furniture import alternatives
from casebook.text.sentence_ends import HALF_WIDTH_ENDS, LINE_ENDS

_of = partial(alternatives, "repair")

_PAGE = re.compile(
    r"[-—–·•~～\s]*第?\s*\d{1,4}\s*页?[-—–·•~～\s]*"
    r"|第\s*\d{1,4}\s*页\s*[，,/／]?\s*共?\s*\d{1,4}\s*页|\d{1,4}\s*[/／]\s*\d{1,4}"
)
_BARE_NUMBER = re.compile(r"[0-9]{1,4}")
_ENDS = f"{LINE_ENDS}，、.{HALF_WIDTH_ENDS}:,"
_PAGE_DRESS = re.compile(r"[-—–·•~～页/／]")
_SITE = re.compile(
    rf"(?:【|\[)?{_of('button')}(?:】|\])?"
    rf"|{_of('label')}\s*[：:].{{0,60}}"
    rf"|{_of('place')}[^。；]{{0,60}}[>»›＞][^。；]{{0,40}}"
    rf"|(?:{_of('row')}[\s|｜·]*){{2,12}}"
    rf"|(?:(?:【|\[){_of('bracketed')}[^】\]]{{0,6}}(?:】|\])\s*){{1,8}}"
    rf"|{_of('line')}"
)
_ADDRESS = re.compile(
    r"(?:(?:更多|来源|本文|原文|转载|文章)[^，。；]{0,14}[：:]?\s*)?(?:https?://|www\.)[!-~]{4,120}"
    r"(?:\s+[^，。；\n]{2,16}(?:平台|文库|网站?|大全|下载))?",
    re.A,
)
_LEADERS = re.compile(r".{1,60}?(?:\.{4,}|…{2,}|·{4,}|(?:\. ){4,})\s*[（(]?\d{1,4}[）)]?")
_CONTENTS = re.compile(r"目\s*录|目\s*次")
_CUT_OFF = re.compile(
    r"未完待续|(?:剩余|还有|余下)[^，。\n]{0,4}\d+\s*(?:字|页|%)|(?:试读|预览)(?:已)?结束"
    r"|(?:剩余|后续|余下|全部)(?:内容|部分|正文)[^，。\n]{0,6}(?:登录|下载|购买|充值|会员)"
    r"|(?:查看|阅读|下载)(?:剩余|全文|完整|全部)[^\n]{0,10}(?:请|需)"
    r"|论文部分内容阅读|[（(]试读[)）]"
)
_FIELD_BORDER = re.compile(r"[\s|｜]{1,20}(?=[^\s：:]{2,6}\s?[：:])|[\[\]【】|｜]")
_FIELD = re.compile(rf"{_of('field', 'telling-field')}\s?[：:]|{_of('bare-field')}$")
_TELLING_FIELD = re.compile(_of("telling-field"))
"""Labels that only web pages have. The beginning of a label decides: 点击率 begins with 点击."""

_TAG = re.compile(
    r"(?:</?|(?<=[。！？…”])/(?=[a-z]+>(?!\d)))"  # a torn byte takes the bracket along
    r"(br|p|div|span|font|strong|b|em|i|u|center|section|li|ul|ol|tr|td|table|tbody|h[1-3]|a)"
    r"(?:\s[^<>\n]{0,300})?/?>",
    re.I,
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_RADICALS = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻥⻦⻨⻩⻬⻰",
        "母民西见角贝车长门青页风飞食马骨鱼鸟麦黄齐龙",
        strict=True,
    )
)
"""Simplified forms among the radicals, for which Unicode names no character."""


_JAMMED = re.compile(
    r"(?m:(?:^|(?<=[^\x00-\x7f])) *(?:[!-~]{1,2} ){4,}"
    r"(?:[!-~]{1,2}(?= *$)|[A-Za-z](?=\(|[^\x00-\x7f]|$)))"
)
_JAMMED_PAIR = re.compile(r"[^0-9\s][^A-Za-z\s]")
_JAMMED_SIGN = re.compile(r"[A-Za-z][^\w\s]")
FEWEST_SIGNS, FEWEST_PAIRS = 3, 2
"""Least kinds of signs in a run of random letters and signs, and least letters next to a sign."""

PROSE = 15
"""Least characters of a line that is a broken sentence if it has no final mark."""

HEAD_LENGTH = range(4, 41)
"""Characters of a running head."""

LONGEST_FIELDS = 200
"""Greatest length in characters of a line of fields."""

_PlacedLine = tuple[tuple[int, int], str]
"""A line's range including its line feed, and its text without spaces around."""


def page_lines(document: DraftText) -> RuleResult:
    """Remove lines that are only a page number (— 3 —, 第 2 页 共 9 页).

    A bare number must interrupt a sentence.
    """
    lines = list(_lines(document.text))
    found = []
    for index, (span, line) in enumerate(lines):
        bare = _BARE_NUMBER.fullmatch(line) is not None and _cuts_sentence(lines, index)
        if bare or _is_page_number(line):
            found.append(_removal(span))
    return RuleResult(tuple(found))


def _cuts_sentence(lines: Sequence[_PlacedLine], index: int) -> bool:
    """Whether the line before ends within a word that the line after continues."""
    if not 0 < index < len(lines) - 1:
        return False
    before, after = lines[index - 1][1], lines[index + 1][1]
    return len(before) >= PROSE and tears_word(before, after)


def running_heads(document: DraftText) -> RuleResult:
    """Remove lines that are repeated next to page numbers, except the first of them."""
    lines = list(_lines(document.text))
    counts = Counter(line for _, line in lines)
    seen: set[str] = set()
    found = []
    for index, (span, line) in enumerate(lines):
        if line in seen and _is_at_border(lines, index):
            found.append(_removal(span))
        if counts[line] > 1 and len(line) in HEAD_LENGTH and line[-1] not in _ENDS:
            seen.add(line)
    return RuleResult(tuple(found))


def _is_at_border(lines: Sequence[_PlacedLine], index: int) -> bool:
    """Whether a page number is directly before or after a line."""
    neighbors = [lines[i][1] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return any(map(_is_page_number, neighbors))


def _is_page_number(line: str) -> bool:
    return _PAGE.fullmatch(line) is not None and _PAGE_DRESS.search(line) is not None


def source_fields(document: DraftText) -> RuleResult:
    """Remove lines of fields that only web pages have (作者：… 点击数：…).

    One of them must be a telling one, such as a counter: 作者：… 来源：… are facts to keep.
    """
    lines = _lines(document.text)
    return RuleResult(tuple(_removal(span) for span, line in lines if _is_field_line(line)))


def _is_field_line(line: str) -> bool:
    if len(line) > LONGEST_FIELDS:
        return False
    fields = [field for field in _FIELD_BORDER.split(line) if field]
    return (
        len(fields) > 1
        and all(map(_FIELD.match, fields))
        and any(map(_TELLING_FIELD.match, fields))
    )


def html_tags(document: DraftText) -> RuleResult:
    """Remove tags of paragraphs and fonts; tags that end a line become line feeds."""
    edits = []
    for found in _TAG.finditer(document.text):
        if document.is_protected(found.start()) or _speaks_of_tags(document.text, found.start()):
            continue
        breaks = found[1].lower() in ("br", "p", "div", "li", "tr", "h1", "h2", "h3")
        inside = found.start() > 0 and document.text[found.start() - 1] != "\n"
        opens = breaks and inside and ("/" in found[0][:2] or found[1].lower() == "br")
        edits.append(Edit(*found.span(), "\n" if opens else "", "likely"))
    return RuleResult(tuple(edits))


def _speaks_of_tags(text: str, position: int) -> bool:
    start = max(0, position - 100)
    line = text[text.rfind("\n", start, position) + 1 or start : position + 40]
    return re.search("标签|代码|网页|HTML", line) is not None


def site_lines(document: DraftText) -> RuleResult:
    """Remove lines of page furniture, and addresses of web pages."""
    edits = []
    previous = ""
    for span, line in _lines(document.text):
        named = previous.endswith(("：", ":"))  # then the address is part of the text
        if _SITE.fullmatch(line) or (_ADDRESS.fullmatch(line) and not named):
            edits.append(_removal(span))
        previous = line
    return RuleResult(tuple(edits))


def jamming_text(document: DraftText) -> RuleResult:
    """Remove random letters and signs that a forum hides between lines against copying."""
    places = (found.span() for found in _JAMMED.finditer(document.text) if _is_jammed(found[0]))
    return RuleResult(tuple(Edit(start, end, "", "likely") for start, end in places))


def _is_jammed(text: str) -> bool:
    """Whether most tokens are a letter with a sign or digit, and there are signs of many kinds."""
    tokens = text.split()
    pairs = sum(_JAMMED_PAIR.fullmatch(token) is not None for token in tokens)
    glued = sum(_JAMMED_SIGN.fullmatch(token) is not None for token in tokens)
    signs = {c for c in text if not c.isalnum() and not c.isspace()}
    return 2 * pairs >= len(tokens) and glued >= FEWEST_PAIRS and len(signs) >= FEWEST_SIGNS


def contents_lines(document: DraftText) -> RuleResult:
    """Remove a table of contents with dot leaders, and its heading directly above."""
    edits: list[Edit] = []
    heading: tuple[int, int] | None = None
    for span, line in _lines(document.text):
        if _LEADERS.fullmatch(line):
            edits += [_removal(heading)] if heading else []
            edits.append(_removal(span))
            heading = None
        else:
            heading = span if _CONTENTS.fullmatch(line) else None
    return RuleResult(tuple(edits))


def cut_off_notices(document: DraftText) -> RuleResult:
    """Flag notices that the text goes on elsewhere: the rest is missing."""
    message = "这里注明后面还有内容，文章可能不完整，请补全或核对。"
    found = _CUT_OFF.finditer(document.text)
    return RuleResult(
        doubts=tuple(TextDoubt(place.start(), place.end(), message) for place in found)
    )


def compatibility_characters(document: DraftText) -> RuleResult:
    """Replace radicals and compatibility forms, which PDF files have, by the characters."""
    found = _COMPATIBLE.finditer(document.text)
    edits = (
        Edit(place.start(), place.end(), _RADICALS.get(place[0], normalize("NFKC", place[0])))
        for place in found
    )
    return RuleResult(tuple(edits))


def _lines(text: str) -> Iterator[_PlacedLine]:
    """Every line that is not blank, with its range including the line feed, and stripped."""
    for line in re.finditer(r"[^\n]+\n?", text):
        if stripped := line[0].strip():
            yield line.span(), stripped


def _removal(span: tuple[int, int]) -> Edit:
    return Edit(*span, "", "likely")
