"""Tags, comments and style sheets of pages and of Word, as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.repair.draft_text import DraftText, RuleResult
from casebook.repair.edits import Edit
from casebook.repair.page.placed_lines import Span, removal, removals

_TAG = re.compile(
    r"(?:</?|(?<=[。！？…”])/(?=[a-z]+>(?!\d)))"  # a torn byte takes the bracket along
    r"(br|p|div|span|font|strong|b|em|i|u|center|section|li|ul|ol|tr|td|table|tbody|h[1-3]|a"
    r"|[ovwm]:[a-z]{1,20}|st1:[a-z]{1,20})"
    r"(?:\s[^<>\n]{0,300})?/?>|<!(?:--)?\[(?:if[^\]\n]{0,40}|endif)\](?:--)?>",
    re.I,
)
_LINE_TAGS = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3"))
_ENCLOSED = (("<!--", "-->"), ("<xml>", "</xml>"), ("<style", "</style>"), ("<script", "</script>"))
_SPOKEN_TAG = re.compile("标签|标记|元素|代码|网页|HTML")
_SPEAKS_OF_TAGS = re.compile(
    r"(?<![\w./-])(?:HTML5?|XML|CSS|JavaScript|Markdown|GitHub|README)(?![\w=])"
)
"""A text with one of these words, outside tags, is about tags: a manual of a program."""

_DECLARATION = r"\s*[a-z-]{2,40}\s*:[^;{}]{1,200}"
_RULE = (
    r"(?:/\*[^*\n]{0,80}\*/\s*)?[.#@*A-Za-z][\w .,#:>*\\@-]{0,200}(?<!: )\s{0,3}"
    rf"\{{(?=\s*[a-z-])(?:{_DECLARATION};){{0,60}}(?:{_DECLARATION})?\s*\}}"
)
_STYLE_SHEET = re.compile(
    rf"^[ \t\u3000]*{_RULE}(?:\s*{_RULE})*[ \t]*$"
    r"|^Normal\s+0\s+(?:[\d.]{1,4} 磅\s+)?(?:\d\s+){0,2}(?:false\s+){2,3}[A-Za-z0-9 \t-]*$",
    re.M | re.A,
)
"""Rules of a style sheet as lines; and the settings of Word's own, which it copies as text."""

_SPOKEN_STYLE = re.compile("样式|代码|CSS|[：:]$")


def remove_html_tags(document: DraftText) -> RuleResult:
    """Remove tags of pages and of Word, with comments; tags that end a line become line feeds."""
    text = document.text
    if "<" not in text and "/" not in text:
        return RuleResult()
    found = list(_TAG.finditer(text))
    enclosed = sorted(span for pair in _ENCLOSED for span in _enclosed(text, *pair))
    if not found + enclosed or _SPEAKS_OF_TAGS.search(_TAG.sub("", text)):
        return RuleResult()
    if enclosed:
        apart = (span for i, span in enumerate(enclosed) if not i or span[0] >= enclosed[i - 1][1])
        return RuleResult(tuple(removals(text, apart)))
    ended = {tag[1].lower() for tag in found if tag[1] and tag[0][1:2] == "/"}
    tags = (tag for tag in found if _is_leftover(tag, ended) and not _is_spoken_of(text, tag))
    return RuleResult(
        tuple(_tag_removal(text, tag) for tag in tags if not document.is_protected(tag.start()))
    )


def _enclosed(text: str, opening: str, closing: str) -> Iterator[Span]:
    """Places from an opening to the next closing. Without a closing nothing more is searched."""
    start = text.find(opening)
    while start >= 0 and (end := text.find(closing, start)) >= 0:
        yield start, end + len(closing)
        start = text.find(opening, end)


def _is_leftover(tag: re.Match[str], ended: set[str]) -> bool:
    """Whether a tag has attributes, an end, or is one that pages leave without an end."""
    name = (tag[1] or "").lower()
    plain = tag[0].strip("</>").lower() == name and tag[0][0] == "<"
    return not plain or name in ended or name in ("", "br", "p") or ":" in name


def _is_spoken_of(text: str, tag: re.Match[str]) -> bool:
    start = max(0, tag.start() - 100)
    line = text[text.rfind("\n", start, tag.start()) + 1 or start : tag.start() + 40]
    return _SPOKEN_TAG.search(line.partition("\n")[0]) is not None


def _tag_removal(text: str, tag: re.Match[str]) -> Edit:
    name = (tag[1] or "").lower()
    inside = tag.start() > 0 and text[tag.start() - 1] != "\n"
    opens = name in _LINE_TAGS and inside and ("/" in tag[0][:2] or name == "br")
    return Edit(*tag.span(), "\n" if opens else "", "likely")


def remove_style_sheets(document: DraftText) -> RuleResult:
    """Remove lines of style sheets, unless the line before speaks of them."""
    text = document.text
    found = _STYLE_SHEET.finditer(text) if "{" in text or "Normal" in text else ()
    return RuleResult(
        tuple(
            removal((place.start(), min(place.end() + 1, len(text))))
            for place in found
            if not document.is_protected(place.start())
            and not _SPOKEN_STYLE.search(text[max(0, place.start() - 40) : place.start()].rstrip())
        )
    )
