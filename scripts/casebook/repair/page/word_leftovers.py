"""What Word, converters and pages leave within a text: codes, tags, pictures, bullets.

The patterns of what is simply removed are in `text/page_furniture.yml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit, removal
from casebook.text.characters import HAN
from casebook.text.page_furniture import alternatives
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import Span, around, own_line

_SPOKEN_OF = re.compile(
    "代码|命令|语法|标签|网页|样式|HTML|CSS|查找|替换|段落标记|换行符|回车|Enter|输入|(?:按|[：:]\n)$|^键"
)
"""Words next to a leftover of which the text speaks."""

_MARKED_FIELD = re.compile(r"\x13([^\x13-\x15]{0,999})(?:\x14([^\x13\x15]{0,9999}))?\x15")
"""An innermost field of Word between marks: its code, and its result."""

_BREAK_SIGN = lazy_pattern(
    r"[_^↵⏎](?:(?<=_)x000[DAda]_(?:_x000[DAda]_)*"
    rf"|(?<=[{HAN}，。！？；：…”）]\^)[pl](?![A-Za-z0-9])|(?<=[↵⏎]))\n?"
)
_DEAD_LINK = re.compile(r"\[([^\[\]\n]{1,120}?)(?:[\s.…]+\d{1,4})?\]\(#_(?:Toc|Hlk|Ref)\w{1,24}\)")
_TAG = lazy_pattern(
    r"[</](?i:(?:(?<=<)/?|(?<=[。！？…”]/)(?=[a-z]+>(?!\d)))"  # a torn byte takes the bracket along
    r"(br|p|div|span|font|strong|b|em|i|u|center|section|li|ul|ol|tr|td|table|tbody|h[1-3]|a"
    r"|[ovwm]:[a-z]{1,20}|st1:[a-z]{1,20})"
    r"(?:\s+(?:[A-Za-z:-]+\s*=|nowrap)[^<>\n]{0,300})?\s*/?>"
    r"|(?<=<)!(?:--)?\[(?:if[^\]\n]{0,40}|endif)\](?:--)?>)"
)
_ISLAND = re.compile(
    r"<!--(?:[^<]|<(?!!--)){0,9999}?-->|<(xml|style|script)\b[^<>]{0,200}>(?:[^<]|<(?!\1)){0,9999}?</\1>"
)
_LINE_TAGS = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3"))
_ON_TAGS = re.compile(r"(?<![\w./-])(?:HTML5?|XML|CSS|JavaScript|Markdown|GitHub|README)(?![\w=])")
"""A text with one of these words, outside tags, is about tags: a manual of a program."""

_LETTER_BULLET = re.compile(
    rf"^[ \t\u3000]*([Øü§Ÿ]|[lnuvqwo](?=[ \t\u3000]))([ \t\u3000]{{0,12}})"
    rf"(?=[“《（{HAN}]|(?<=  )\d|(?<=[\t\u3000])\d)",
    re.M,
)
"""What Wingdings shows as an arrow, a tick, a dot or a square is a letter in other fonts."""

_OWN_LETTERS = "Øü§Ÿ"
"""Letters with which no Chinese line begins; formulas explain the others, once each."""

_PICTOGRAPH = re.compile(
    rf"^[ \t\u3000]*{alternatives('repair', 'bullet')}(?=[“《（【{HAN}\d][^\n]{{5}})", re.M
)
_TELLING = re.compile("[❌✖❎⭕❓☑☀☁🌧🌤]|[🟢🟡🟠🔵][^\n]*[🔴🟢🟡🟠🔵]|🔴[^\n]*[🟢🟡🟠🔵]")
"""Pictographs that say something in front of an item: done or not, the weather, a level."""

_SIGNS = {
    "code-line": ("PAGEREF", r"PAGE \\", r"PAGES \\", r"\]\(#_Toc", r"TOC \\"),
    "code": (r"\\", "HYPERLINK", "错误", "Error!", "EMBED ", "MACROBUTTON", "\x13", "\x14", "\x15"),
    "style": (
        r"\{\s{0,9}[a-z-]{2,40}\s?:",
        "Normal",
        "document.write",
        "cnzz_",
        "@import",
        "_hmt",
        "_bd_share",
    ),
    "picture": (r"[\[［【〔]",),
    "note": (r"www\.", "http", "文库", "范文", "大全", "料网", "文网", "网页链接", "全文", "视频"),
    "notice": (
        *("未完待续", "试读", "预览", "论文部分", "剩余", "还剩", "还有", "余下", "后续", "全部"),
        *("查看", "阅读", "下载"),
    ),
}
"""Only lines with one of them are searched for the patterns of a form: most lines are clean."""

FEWEST_BULLETS, FEWEST_OF_A_LETTER = 2, 3
"""Lines that such signs, and that the same small letter, open at least if they are bullets."""


def remove_leftovers(document: DraftText, form: str) -> Iterator[Edit]:
    """Remove the places of a form of the table, unless the text speaks of them."""
    for found in places_of(document, form):
        start, end = found.span()
        protected = form != "picture" and document.is_protected(start)
        if not protected and not _is_spoken_of(document.text, start, end):
            yield _removal_of_place(document.text, (start, end))


def places_of(document: DraftText, form: str) -> Iterator[re.Match[str]]:
    """The places of a form of the table."""
    pattern, text = _pattern(form), document.text
    if form in ("code-line", "style"):  # of several lines
        spans = [(0, len(text))] if _signs(form).search(text) else []
    else:
        spans = [(start, end + 1) for start, end in document.lines_of(_signs(form))]
    return (place for span in spans for place in pattern.finditer(text, *span))


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(alternatives("repair", form), re.M)


@cache
def _signs(form: str) -> re.Pattern[str]:
    return re.compile("|".join(_SIGNS[form]))


def _removal_of_place(text: str, place: Span) -> Edit:
    """The edit that removes a place, with its line if nothing else is in it."""
    return removal(own_line(text, *place) or place)


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    before, after = around(text, start, end, 40)
    return bool(_SPOKEN_OF.search(before) or _SPOKEN_OF.search(after.partition("\n")[0][:30]))


def remove_word_codes(document: DraftText) -> Iterator[Edit]:
    """Replace field codes of Word by their results, and signs of line breaks by line feeds."""
    text = document.text
    if first := tuple(_marked_fields(text)) or tuple(remove_leftovers(document, "code-line")):
        yield from first
        return
    yield from remove_leftovers(document, "code")
    signs = any(sign in text for sign in ("_x000", "^", "↵", "⏎"))
    for found in _BREAK_SIGN.finditer(text) if signs else ():
        if not _is_spoken_of(text, *found.span()):
            yield Edit(*found.span(), "\n" if found.end() < len(text) else "", "likely")


def _marked_fields(text: str) -> Iterator[Edit]:
    """Innermost fields between marks, as their results; the next pass takes those around them."""
    for found in _MARKED_FIELD.finditer(text) if "\x13" in text else ():
        name = found[1].strip().partition(" ")[0]
        line = own_line(text, *found.span()) if name == "PAGE" else None
        result = "" if name == "TOC" else (found[2] or "")
        yield removal(line) if line else Edit(*found.span(), result, "likely")


def remove_dead_links(text: str) -> Iterator[Edit]:
    """Links to headings of a Word file, as their text; a contents whose headings stand goes."""
    links = list(_DEAD_LINK.finditer(text)) if "](#_" in text else []
    stand = any(f"\n{link[1]}" in text for link in links[:1])
    for link in links:
        line = own_line(text, *link.span()) if stand else None
        yield removal(line) if line else Edit(*link.span(), link[1], "likely")


def remove_html_tags(document: DraftText) -> Iterable[Edit]:
    """Remove tags of pages and of Word, with comments; tags that end a line become line feeds."""
    text = document.text
    tags = list(_TAG.finditer(text)) if ">" in text else []
    islands = list(_ISLAND.finditer(text)) if tags or "<!--" in text or "</" in text else []
    islands = [island for island in islands if not document.is_protected(island.start())]
    if not (tags or islands) or _ON_TAGS.search(_TAG.sub("", _ISLAND.sub("", text))):
        return ()
    if islands:
        return (_removal_of_place(text, island.span()) for island in islands)
    ended = {tag[1].lower() for tag in tags if tag[1] and tag[0][1] == "/"} | {"br", "p"}
    return (_tag_removal(text, tag) for tag in tags if _is_leftover(document, tag, ended))


def _is_leftover(document: DraftText, tag: re.Match[str], ended: set[str]) -> bool:
    """Whether a tag is not spoken of, and has attributes or an end, or needs none."""
    name = (tag[1] or ":").lower()
    plain = f"<{name}>" == tag[0].lower()
    if document.is_protected(tag.start()) or _is_spoken_of(document.text, *tag.span()):
        return False
    return not plain or name in ended or ":" in name


def _tag_removal(text: str, tag: re.Match[str]) -> Edit:
    name = (tag[1] or "").lower()
    inside = tag.start() > 0 and text[tag.start() - 1] != "\n"
    opens = name in _LINE_TAGS and inside and ("/" in tag[0][:2] or name == "br")
    between_cells = text.startswith(("<td", "<TD"), tag.end()) and name == "td"
    return Edit(*tag.span(), "\n" if opens else " " if between_cells else "", "likely")


def remove_symbol_bullets(document: DraftText) -> Iterator[Edit]:
    """Remove letters and pictographs in front of several lines; a pictograph that tells stays."""
    bullets = list(_PICTOGRAPH.finditer(document.text))
    signs = "".join(found[0] for found in bullets)
    if len(bullets) < FEWEST_BULLETS or _TELLING.search(signs):
        bullets = []
    letters = list(_LETTER_BULLET.finditer(document.text))
    counts = Counter(found[1] for found in letters)
    own = sum(counts[letter] for letter in _OWN_LETTERS)
    for found in letters:
        wide = len(found[2]) > 1 or found[2] in ("\t", "\u3000")
        least = FEWEST_BULLETS if wide or found[1] in _OWN_LETTERS else FEWEST_OF_A_LETTER
        if max(counts[found[1]], own if wide or found[1] in _OWN_LETTERS else 0) >= least:
            bullets.append(found)
    return (removal(found.span()) for found in bullets)
