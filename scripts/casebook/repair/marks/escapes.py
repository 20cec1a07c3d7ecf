"""Characters written as codes: HTML's entities, and escapes of JSON, addresses, mail, Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from casebook.repair.bytes.mojibake import is_misread
from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit
from casebook.repair.marks import CHINESE, IS_CHINESE
from casebook.text.characters import HAN, HAN_PATTERN, is_frequent
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import Span

_TYPED = "nbsp|e[mn]sp|thinsp|[lr][ds]quo|[mn]dash|hellip|middot|bull"
_SIGNS = "amp|lt|gt|quot|copy|reg|deg|plusmn|times|divide|permil|[lr]aquo|[lrud]arr|[lg]e|ne|yen"
_NUMBER = r"#\d{2,7}|#[xX][0-9a-fA-F]{2,6}"
_ENTITY = re.compile(
    rf"&(?:amp;)*(?P<whole>{_NUMBER}|[A-Za-z][A-Za-z0-9]{{1,31}});"
    rf"|&(?:amp;)*(?P<open>{_NUMBER}|(?:{_TYPED})(?![a-z=;_])|(?:{_SIGNS})(?![\w=;]))(?:(?<=sp)；)?",
    re.A,
)
"""An entity, also without its `;`."""

_BARE = re.compile(rf"(?<![\w&])(?P<bare>#\d{{4,5}}|#[xX][0-9a-fA-F]{{4}}|{_TYPED});", re.A)
_ENDS_BARE = re.compile(";(?<=[0-9a-fA-Fspoehlt];)")
"""An entity without its `&`, which is looked for from its end."""

_EVERYWHERE = re.compile(rf"#.*|{_TYPED}|lt|gt|quot|apos|[lr]aquo|times|zwnj|deg|permil|copy|yen")
"""What pages leave in any text. Other names (&eacute;) may be meant where no Chinese is."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_AFTER_MARK = re.compile(r"[，；、](?:&[\w;#]{2,8}|\s)*\Z", re.A)
_ABOUT_CODES = lazy_pattern(
    r"HTML|html|JSON|LaTeX|Unicode|实体(?:名|字符|编码)|字符(?:实体|引用)|转义|源代?码|正则|反斜杠|码点|编码为"
    r"|写[成作为]\s?[“\"「'‘]?[&\\%#]|(?:&#?\w+;|\\\w+)[”\"」’']?\s?(?:表示|代表|换行|是(?:一个)?(?:换|空格|引号|转))",
    re.A,
)
"""Words of a line that speaks of codes and shows them on purpose."""

_HEX = "[0-9a-fA-F]{2}"
_CODED = re.compile(
    rf"[\\%=](?:(?<=[\\%])(?:(?<=\\)\\)?[uU]{_HEX}{_HEX}(?:(?:\\{{1,2}}|%)[uU]{_HEX}{_HEX})*"
    rf"|(?:(?<=%)|(?<=\\)x){_HEX}(?:(?:%|\\x){_HEX})+|(?<==)[0-9A-F]{{2}}(?:=\n)?(?:=[0-9A-F]{{2}}(?:=\n)?)+)"
)
_MANY_CODES = re.compile(r"[\\%=][uUx]?(?:[0-9a-fA-F]{2}){1,2}\n?[\\%=]")
FEWEST_CODES = 4
"""Codes in a row that a text must have somewhere: a single one may be spoken of."""

MOST_FREQUENT = 0.8
"""Least share of frequent characters and marks in what codes say; other encodings have fewer."""

_BREAK = lazy_pattern(
    rf"\\(?:(?<=[{CHINESE}]\\)(?<![“‘「『]\\)\\?[rn](?:\\{{1,2}}[rn])*+(?![a-z”’」』])"
    r"|\\?[rn](?:\\{1,2}[rn])*+$)",
    re.M,
)
_ESCAPED = re.compile(
    r"\\(?<!\\\\)(?:\\{0,2}([\"'])|([]\[.+\-_*#!>~|/=&%()，。；：、“”](?:\\[*_~])*))"
)
_CODE_LINE = lazy_pattern(
    rf"[A-Za-z]:\\|\\\\[\w.-]{{2,30}}\\|\\[A-Za-z]|\$|\\\((?![^()\\\n]{{0,40}}[{HAN}])", re.A
)
"""A path, a pattern or a formula, in which a backslash has its own meaning."""

_NEAR = 200
"""Characters before and after a code that show whether its line speaks of codes."""


def decode_html_entities(document: DraftText) -> Iterable[Edit]:
    """Character references (`&ldquo;`, `&#20013;`), as the characters that they name."""
    found = {edit.start: edit for edit in _entities(document.text)}
    found |= {edit.start: edit for edit in _western(document)}
    return found.values()


_NAMED = re.compile(r"&(?:[A-Za-z]{2,6}|frac(?:12|14|34)|sup[123]|#1[2-9]\d|#2\d\d);")
_NAMED_LETTERS = re.compile(rf"(?:{_NAMED.pattern}|[!-%'-~\u0080-\u00ff]){{4,2000}}")
"""Letters from 80 on by their names in HTML, in a row, others between them."""


def _western(document: DraftText) -> Iterator[Edit]:
    """Names of Western letters (&Oacute;) that together are Chinese bytes, for the next pass."""
    text, lines = document.text, document.lines_of(_NAMED)
    for passage in (place for line in lines for place in _NAMED_LETTERS.finditer(text, *line)):
        if is_misread(unescape(passage[0])):
            for found in _NAMED.finditer(text, *passage.span()):
                yield Edit(*found.span(), unescape(found[0]))


def _entities(text: str) -> Iterator[Edit]:
    named = [*_ENTITY.finditer(text)]
    ends = {found.end() for found in named}
    bare = (_BARE.search(text, max(0, f.start() - 7), f.end()) for f in _ENDS_BARE.finditer(text))
    for found in (*named, *(found for found in bare if found and found.end() not in ends)):
        name = found[found.lastgroup or 0]
        character = _INVISIBLE.sub("", unescape(f"&{name};"))
        line = _line_around(text, *found.span())
        meant = _ABOUT_CODES.search(line)
        shown = character.isspace() or (character.isprintable() and character != f"&{name};")
        usual = found.lastgroup != "bare" or character.isspace() or IS_CHINESE.match(character)
        everywhere = found.lastgroup == "whole" and _EVERYWHERE.fullmatch(name)
        listed = line.strip() == found[0] and not character.isspace()
        if shown and usual and not (meant or listed) and (everywhere or HAN_PATTERN.search(line)):
            if character.isspace():
                before = text[max(0, found.start() - _NEAR) : found.start()]
                wide = "\u3000" if character in "\u2003\u3000" else " "
                character = "" if _AFTER_MARK.search(before) else wide
            yield Edit(*found.span(), character)


def _line_around(text: str, start: int, end: int) -> str:
    """The line of a place, as far as _NEAR characters on both sides."""
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    return before + text[start:end] + text[end : end + _NEAR].partition("\n")[0]


def decode_escapes(document: DraftText) -> Iterator[Edit]:
    """Chinese written in codes (`\\u515a`, %E5%85%9A, =E5=85=9A), and escapes of programs."""
    text = document.text
    found = [*_coded(text)] if _MANY_CODES.search(text) else []
    if "\\" in text:
        found += [*_breaks(document), *document.search_lines(_escaped)]
    return (e for e in found if not _ABOUT_CODES.search(_line_around(text, e.start, e.end)))


def _coded(text: str) -> Iterator[Edit]:
    runs = [(found, _read_codes(found[0])) for found in _CODED.finditer(text)]
    if not any(len(read) >= FEWEST_CODES for _, read in runs):
        return
    for found, read in runs:
        path = found[0][0] == "%" and text[found.start() - 1 : found.start()] in tuple("/?&=")
        if read and not path:
            yield Edit(*found.span(), read)


def _read_codes(run: str) -> str:
    """What codes say, if it is ordinary Chinese to the last byte, or ''."""
    units = re.findall("[uU]([0-9a-fA-F]{4})", run)
    data = bytes.fromhex("".join(units) or re.sub(r"\\x|[%=\n]", "", run))
    for encoding in ("utf-16-be",) if units else ("utf-8", "gbk"):
        try:
            read = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        frequent = sum(is_frequent(c) or not HAN_PATTERN.match(c) for c in read)
        ordinary = all(map(IS_CHINESE.match, read)) and frequent >= MOST_FREQUENT * len(read)
        return read if ordinary else ""
    return ""


def _breaks(document: DraftText) -> Iterator[Edit]:
    """`\\n` of a program, at several places or after a sentence."""
    found = document.search_lines(_breaks_in_prose)
    for place in found:
        if len(found) > 1 or document.text[place.start - 1] in "。！？；：":
            yield place


def _breaks_in_prose(text: str, lines: Span) -> Iterator[Edit]:
    for found in _BREAK.finditer(text, *lines):
        if not _is_code(_line_around(text, *found.span())):
            yield Edit(*found.span(), "\n", "likely")


def _escaped(text: str, lines: Span) -> Iterator[Edit]:
    """Marks with a backslash before them, next to Chinese or figures, or at an item's start."""
    for found in _ESCAPED.finditer(text, *lines):
        line = _line_around(text, *found.span())
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        near = any(c.isdigit() or IS_CHINESE.match(c) for c in (before, after))
        near |= before in "\n" and after == " "
        code = _is_code(line) or (found[1] and re.search(r'(?<!\\)"', line))
        if near and not code and HAN_PATTERN.search(line):
            yield Edit(*found.span(), (found[1] or found[2]).replace("\\", ""), "likely")


def _is_code(line: str) -> bool:
    return _CODE_LINE.search(_BREAK.sub("", line)) is not None
