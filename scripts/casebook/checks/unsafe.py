"""Markup that a case must not contain: HTML, encoded characters, odd links, images.

The site sanitizes again when it renders; this check is what informs the author.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from casebook.checks.case_source import CaseSource
from casebook.checks.rules import Problem, display_value
from casebook.library.case_targets import guess_case_file, read_case_target
from casebook.library.markup import MOST_SIGNS, find_excess_sign
from casebook.runtime.file_names import is_plain_file

LINK_SCHEMES = ("http:", "https:", "mailto:")
"""The only schemes a link may have."""

LONGEST_TARGET_CHARACTERS = 2000
"""Characters of a link target; a longer one is refused unread."""

LONGEST_SCHEME_CHARACTERS = 200
"""Characters of a target within which its scheme must end; more is not decoded."""

LONGEST_DEFINITION_CHARACTERS = 210
"""Characters of `[name]:` with what may precede it in its line, rounded up."""

_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]{1,2000}>)(?!mailto:[^\s<>]{1,2000}>)")
_ENTITY = re.compile(r"&#[0-9A-Za-z]{1,8};?")
_IMAGE = re.compile(r"(?<!\\)(?:\\\\)*!\[")
_TARGET_OPENING = re.compile(r"\](?:\(|:)")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]\n]{1,200}\]:")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_IGNORED_BY_BROWSERS = re.compile(
    "[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\\\<]"
)

_HTML = "不能写 HTML（这里是 {tag}），请改用 Markdown；若是正文里的尖括号，请写 &lt;。"
_CODED = "{entity} 是字符编码，请直接写它代表的字。"
_PICTURE = "暂不支持图片，请删掉，或用文字说明；若是正文里的“![”，请写成 \\!\\[。"
_TOO_MUCH = (
    "正文里的 Markdown 记号（反斜杠、反引号、表格的竖线等）超过 {most} 个，"
    "请拆成几个案例，或删去大表格。"
)
_LINK = (
    "链接“{target}”应以 http://、https:// 或 mailto: 开头；"
    "若是正文里的括号，请写成 \\] 或改用全角括号。"
)
"""What findings say."""


def check_markup(document: CaseSource) -> Iterator[Problem]:
    """A problem for each piece of refused markup in the body."""
    text, start = document.text, document.find_body_start()
    for found in _TAG.finditer(text, start):
        place = document.locate(found.start())
        tag = display_value(text[found.start() : found.start() + 20].partition(">")[0] + ">")
        yield Problem("raw-html", *place, _HTML.format(tag=tag))
    for found in _ENTITY.finditer(text, start):
        message = _CODED.format(entity=display_value(found[0]))
        yield Problem("html-entity", *document.locate(found.start()), message)
    for found in _IMAGE.finditer(text, start) if "![" in text else ():
        yield Problem("image", *document.locate(found.start()), _PICTURE)
    if (excess := find_excess_sign(text[start:])) is not None:
        message = _TOO_MUCH.format(most=MOST_SIGNS)
        yield Problem("too-much-markup", *document.locate(start + excess), message)
    yield from _check_links(document)


def find_link_targets(document: CaseSource) -> Iterator[tuple[int, bool, str]]:
    """Each link target in the body: the place of its opening, if it is inline, the target."""
    text, body_start = document.text, document.find_body_start()
    for found in _TARGET_OPENING.finditer(text, body_start):
        inline = found[0] == "]("
        start = _find_inline(text, found.start()) if inline else _find_definition(text, found.end())
        if start >= body_start:
            yield start, inline, _extract_target(text, found.end())


def _find_inline(text: str, bracket: int) -> int:
    """Where the opening of an inline target begins, with its backslashes; -1 if it is escaped."""
    start = bracket
    while text[start - 1 : start] == "\\":
        start -= 1
    return -1 if (bracket - start) % 2 else start


def _find_definition(text: str, end: int) -> int:
    """The start of the line whose first characters, up to `end`, define a link; -1 if none."""
    start = text.rfind("\n", max(0, end - LONGEST_DEFINITION_CHARACTERS), end) + 1
    found = _DEFINITION.match(text, start)
    return start if found and found.end() == end else -1


def _check_links(document: CaseSource) -> Iterator[Problem]:
    for start, inline, target in find_link_targets(document):
        is_case = inline and read_case_target(target)
        if not is_case and not is_allowed_target(target):
            message = _LINK.format(target=display_value(target))
            named = guess_case_file(target)
            if named and is_plain_file(document.folder / named):
                message = f"链接本库的案例请写 [文字]({named})，不要写路径和网页的地址。"
            yield Problem("link-scheme", *document.locate(start), message)


def _extract_target(text: str, start: int) -> str:
    """What follows `](` or `]:` up to the closing parenthesis or the next blank line."""
    limit = start + LONGEST_TARGET_CHARACTERS + 1
    if text[start - 1] == "(":
        end = text.find(")", start, limit)
        return _BLANK_LINE.split(text[start : end if end >= 0 else limit], maxsplit=1)[0]
    return text[start:limit].lstrip(" \t\n").partition("\n")[0]


def is_allowed_target(target: str) -> bool:
    """Whether a link target is http, https or mailto once a browser has decoded it.

    Browsers drop tabs, line feeds and control characters from an address and decode entities.
    """
    if len(target) > LONGEST_TARGET_CHARACTERS:
        return False
    plain = _IGNORED_BY_BROWSERS.sub(
        "", html.unescape(html.unescape(target[:LONGEST_SCHEME_CHARACTERS]))
    )
    scheme = _SCHEME.match(plain)
    return scheme is not None and scheme[0].lower() in LINK_SCHEMES
