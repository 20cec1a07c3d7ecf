"""What Word and its converters leave in a text: field codes, signs of breaks, links, pictures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from casebook.repair.draft_text import DraftText, RuleResult
from casebook.repair.edits import Edit
from casebook.repair.page.placed_lines import (
    line_around,
    own_line,
    placed_lines,
    removal,
    removals,
)
from casebook.text.characters import HAN

_MARKED_FIELD = re.compile(r"\x13([^\x13-\x15]{0,999})(?:\x14([^\x13\x15]{0,9999}))?\x15")
"""An innermost field of Word between marks: its code, and its result."""

_SWITCH = r'\\[*@#!A-Za-z]{1,2}(?:[ \t]{1,4}(?:[A-Z]{5,12}\d?|[Aa]rabic|"[^"\n]{0,99}"))?'
_FIELD_CODE = re.compile(
    r"(?<![A-Za-z])(?:HYPERLINK|PAGEREF|NOTEREF|STYLEREF|REF|SEQ|PAGE|NUMPAGES|SECTIONPAGES|TOC|DATE"
    r"|TIME|CREATEDATE|SAVEDATE|INCLUDEPICTURE|EMBED|LINK)"
    rf"(?:[ \t]{{1,4}}(?:[{HAN}A-Za-z.\d]{{1,12}}[ \t]{{1,4}})?"
    rf'(?:"[^"\n]{{0,300}}"|_(?:Toc|Ref|Hlk)\w{{1,20}}|{_SWITCH})){{1,8}}[ \t]?'
)
"""A field code as text: a name, and switches, quotations or bookmarks."""

_CIRCLED = re.compile(r"(?<![A-Za-z])(?:EQ|eq)[ \t]*\\o\s?\\ac\([○〇]\s?,\s?([1-9]|1\d|20)\)")
_OF_PAGE_NUMBERS = re.compile(rf"[^{HAN}A-Za-z]*(?:[第共页]{{1,2}}[^{HAN}A-Za-z]*){{0,4}}")
_SPOKEN_CODE = re.compile("域|代码|命令|语法|开关|查找|替换|段落标记|换行|回车|键|Enter")
"""Words around a code or a sign of which the text speaks."""

_BREAK_SIGN = re.compile(
    rf"(?:_x000[DAda]_)+\n?|(?:(?<=[{HAN}，。！？；：…”）])\^[pl](?![A-Za-z0-9])|[↵⏎])\n?"
)
_DEAD_LINK = re.compile(r"\[([^\[\]\n]{1,120})\]\(#_(?:Toc|Hlk|Ref)\w{1,24}\)")
_LINKED_PAGE = re.compile(r"[\s.…]+\d{1,4}$")
_IMAGE = re.compile(
    r"!\[(?:IMG_\d{1,4}|图片 ?\d{0,3}|[^\]\n]{1,80}\.(?:png|jpe?g|gif|bmp|[we]mf))?\]"
    r"\((?:(?:[^()\s]{0,80}/)?media/[^()\s]{1,120}|data:image/[^()\s]{1,999999})\)"
    r"(?:\{[^{}\n]{0,200}\})?"
)
"""A picture in a folder of a converter, without words or with the name of its file."""

_PLACEHOLDER = re.compile(
    r"(?:^[ \t\u3000]*|(?<=[。！？；]))"
    r"(?:(?:\[(?:图片|图像|视频|表情|动画表情|图片上传中[^\]\n]{0,9})\]|【图片】|〔图片〕)"
    r"[ \t\u3000]*)+$",
    re.M,
)


def remove_word_codes(document: DraftText) -> RuleResult:
    """Replace field codes of Word by their results, and signs of line breaks by line feeds."""
    text = document.text
    if marked := tuple(_marked_fields(text)):
        return RuleResult(marked)
    edits = [removal(mark.span()) for mark in re.finditer(r"[\x13-\x15]", text)]
    edits += _field_codes(document) if '"' in text or "\\" in text else []
    for found in _BREAK_SIGN.finditer(text):
        if not _is_spoken_of(text, found):
            edits.append(Edit(*found.span(), "\n" if found.end() < len(text) else "", "likely"))
    return RuleResult(tuple(sorted(edits)))


def _marked_fields(text: str) -> Iterator[Edit]:
    """Innermost fields between marks, as their results; the next pass takes those around them."""
    for found in _MARKED_FIELD.finditer(text) if "\x13" in text else ():
        name = (found[1].split() or [""])[0]
        line = own_line(text, *found.span())
        if name == "PAGE" and line:
            yield removal(line)
        else:
            yield Edit(*found.span(), "" if name == "TOC" else (found[2] or ""), "likely")


def _field_codes(document: DraftText) -> Iterator[Edit]:
    """Field codes as text. Lines of a table of contents or of page numbers go as a whole."""
    text = document.text
    line, whole = (0, 0), False
    for found in _FIELD_CODE.finditer(text):
        if found.start() >= line[1]:
            line = line_around(text, *found.span())
            content = text[slice(*line)]
            whole = "PAGEREF" in content or bool(
                _OF_PAGE_NUMBERS.fullmatch(_FIELD_CODE.sub("", content))
            )
            whole &= not document.is_protected(found.start()) and not _is_spoken_of(text, found)
            if whole:
                yield removal(line)
        if not (whole or document.is_protected(found.start()) or _is_spoken_of(text, found)):
            yield removal(found.span())
    for found in _CIRCLED.finditer(text):
        yield Edit(*found.span(), chr(ord("①") - 1 + int(found[1])), "likely")


def _is_spoken_of(text: str, found: re.Match[str]) -> bool:
    around = text[max(0, found.start() - 30) : found.start()] + text[found.end() : found.end() + 30]
    return _SPOKEN_CODE.search(around) is not None


def remove_dead_links(text: str) -> Iterator[Edit]:
    """Links to headings of a Word file, as their text; a contents whose headings stand goes."""
    if "](#_" not in text:
        return
    headings = sorted(line.lstrip("# ") for _, line in placed_lines(text))
    links = [(found, own_line(text, *found.span())) for found in _DEAD_LINK.finditer(text)]
    stand = any(line and _stands(found[1], headings) for found, line in links)
    for found, line in links:
        yield removal(line) if line and stand else Edit(*found.span(), found[1], "likely")


def _stands(title: str, headings: Sequence[str]) -> bool:
    title = _LINKED_PAGE.sub("", title)
    place = bisect_left(headings, title)
    return place < len(headings) and headings[place].startswith(title)


def remove_image_placeholders(document: DraftText) -> RuleResult:
    """Remove what stands for pictures that were not copied; a picture with words stays."""
    text = document.text
    patterns = (_IMAGE, _PLACEHOLDER) if "图片" in text or "![" in text or "[" in text else ()
    places = sorted(found.span() for pattern in patterns for found in pattern.finditer(text))
    return RuleResult(tuple(removals(text, places)))
