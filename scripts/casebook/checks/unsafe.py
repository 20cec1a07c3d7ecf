"""Markup that a case must not contain: HTML, encoded characters, odd links, images.

The site removes such things once more when it renders; here a person learns about them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from casebook.checks.case_source import CaseSource
from casebook.checks.rules import Problem, shown

SCHEMES = ("http:", "https:", "mailto:")
"""The only schemes a link may have."""

TARGET_LIMIT = 2000
"""Characters of a link's target that are looked at; what is longer is refused."""

SCHEME_WITHIN = 200
"""Characters of a target within which its scheme must end; more is not decoded."""

_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]{1,2000}>)(?!mailto:[^\s<>]{1,2000}>)")
_ENTITY = re.compile(r"&#[0-9A-Za-z]{1,8};?")
_IMAGE = re.compile(r"(?<!\\)(?:\\\\)*!\[")
_TARGET = re.compile(r"(?<!\\)(?:\\\\)*\]\(|^ {0,3}\[[^\[\]\n]{1,200}\]:", re.M)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\\\<]")


def check(document: CaseSource) -> Iterator[Problem]:
    """Every piece of refused markup in the body."""
    text, start = document.text, document.body_start()
    for found in _TAG.finditer(text, start):
        place = document.place(found.start())
        tag = shown(text[found.start() : found.start() + 20].partition(">")[0] + ">")
        message = f"不能写 HTML（这里是 {tag}），请改用 Markdown；若是正文里的尖括号，请写 &lt;。"
        yield Problem("raw-html", *place, message)
    for found in _ENTITY.finditer(text, start):
        message = f"{shown(found[0])} 是字符编码，请直接写它代表的字。"
        yield Problem("html-entity", *document.place(found.start()), message)
    for found in _IMAGE.finditer(text, start):
        message = "暂不支持图片，请删掉，或用文字说明；若是正文里的“![”，请写成 \\!\\[。"
        yield Problem("image", *document.place(found.start()), message)
    yield from _links(document)


def _links(document: CaseSource) -> Iterator[Problem]:
    for found in _TARGET.finditer(document.text, document.body_start()):
        target = _target(document.text, found.end())
        if not allowed(target):
            message = (
                f"链接“{shown(target)}”应以 http://、https:// 或 mailto: 开头；"
                "若是正文里的括号，请写成 \\] 或改用全角括号。"
            )
            yield Problem("link-scheme", *document.place(found.start()), message)


def _target(text: str, start: int) -> str:
    """What follows `](` or `]:` up to the closing parenthesis or the next blank line."""
    limit = start + TARGET_LIMIT + 1
    if text[start - 1] == "(":
        end = text.find(")", start, limit)
        return _BLANK_LINE.split(text[start : end if end >= 0 else limit], maxsplit=1)[0]
    return text[start:limit].lstrip(" \t\n").partition("\n")[0]


def allowed(target: str) -> bool:
    """Whether a link target is http, https or mailto once a browser has decoded it.

    Browsers drop tabs, line feeds and control characters from an address and decode entities.
    """
    if len(target) > TARGET_LIMIT:
        return False
    plain = _IGNORED.sub("", html.unescape(html.unescape(target[:SCHEME_WITHIN])))
    scheme = _SCHEME.match(plain)
    return scheme is not None and scheme[0].lower() in SCHEMES
