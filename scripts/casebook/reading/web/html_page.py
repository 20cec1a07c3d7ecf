"""The reader of web pages: the article of a page, and around it what is no text of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from lxml import etree

from casebook.model import Line, LineFacts, Origin, UserError
from casebook.reading.encoding import Decoded
from casebook.reading.forms import ReadForm, Remark, table_lines
from casebook.reading.web.html_encoding import decode_html
from casebook.reading.web.html_head import (
    clean_title,
    find_headline,
    lines_of_end,
    lines_of_head,
    read_titles,
)
from casebook.reading.web.html_lines import PageText, read_page_text
from casebook.reading.web.html_main import find_article, paragraphs_around
from casebook.reading.web.html_tree import TOO_LARGE, body_of, hidden_names, parse_page, why_empty
from casebook.reading.web.html_view import PageView, is_prose
from casebook.reading.web.page_parts import page_parts

MOST_LINES = 20_000
"""Lines of a page; a compilation of a hundred write-ups has some 5,000."""


def read_html(data: bytes) -> ReadForm:
    """The lines of a page, those around its article with origin `outside`.

    Raises UserError when the page is no text, has frames only, or is too large or too deep.
    """
    return read_page(decode_html(data))


def read_page(decoded: Decoded) -> ReadForm:
    """The lines of a page that has been decoded. Raises UserError as `read_html` does."""
    root, page = _parse(decoded)
    view, headline, inside = _find_inside(root, page)
    lines = list(_lines(view, headline, inside))
    return ReadForm(tuple(lines), decoded.encoding, decoded.replaced, _remarks(view, inside))


def read_fragment(decoded: Decoded) -> ReadForm:
    """All lines of a page that is the part of a document, so that nothing is around its text.

    Raises UserError as `read_html` does.
    """
    _, page = _parse(decoded)
    view = find_article(page)
    inside = set(range(len(view.lines)))
    lines = tuple(_lines(view, None, inside))
    return ReadForm(lines, decoded.encoding, decoded.replaced, _remarks(view, inside))


def _parse(decoded: Decoded) -> tuple[etree._Element, PageText]:
    """The tree of a page with its lines. Raises UserError for none, and for too many."""
    root = parse_page(decoded.text)
    page = read_page_text(body_of(root), hidden_names(root))
    if not page.lines:
        raise UserError(why_empty(root))
    if len(page.lines) > MOST_LINES:
        raise UserError(TOO_LARGE)
    return root, page


def _find_inside(
    root: etree._Element, page: PageText
) -> tuple[PageView, str | int | None, set[int]]:
    """The article: the view of the page, the headline as a line or a text, and its lines."""
    titles = read_titles(root)
    view = find_article(page)
    inside = {place for place in view.core if not view.outside[place]}
    inside.update(paragraphs_around(view))
    inside.update(lines_of_end(view))
    inside = inside or set(range(len(view.lines)))
    headline = find_headline(view, titles)
    if headline is None:
        cleaned = [title for title in map(clean_title, titles) if title]
        return view, cleaned[0] if cleaned else None, inside
    inside -= {place for place in range(headline) if not is_prose(view.lines[place])}
    inside.add(headline)
    inside.update(lines_of_head(view, headline))
    _count_once(view, headline, inside)
    return view, headline, inside


def _count_once(view: PageView, headline: int, inside: set[int]) -> None:
    """Leave out a headline that stands above the article and again at its beginning."""
    text = view.lines[headline].text
    for place in range(headline + 1, min(view.core.start + 5, view.core.stop)):
        if view.lines[place].text == text:
            inside.discard(place)


def _lines(view: PageView, headline: str | int | None, inside: Collection[int]) -> Iterator[Line]:
    first = min(inside, default=0)
    paragraph = table = 0
    for place, line in enumerate(view.lines):
        if place == first and isinstance(headline, str):
            paragraph += 1
            yield Line(headline, True, LineFacts(paragraph=paragraph, level=1))
        origin: Origin = line.style.origin if place in inside else "outside"
        paragraph += place in inside
        facts = replace(line.facts(origin), paragraph=paragraph if place in inside else 0)
        if line.rows is not None:
            table += 1
            yield from table_lines(line.rows, table, facts)
        else:
            level = 1 if place == headline else facts.level
            yield Line(line.text, not line.loose, replace(facts, level=level))


def _remarks(view: PageView, inside: Collection[int]) -> tuple[Remark, ...]:
    remarks = []
    if images := _count_images(view, inside):
        remarks.append(Remark("images-left-out", f"网页正文里的 {images} 张图片没有导入。"))
    if _has_more(view):
        remarks.append(
            Remark(
                "more-pages", "这篇文章分成几页，本文件只有其中一页：请把其他页也保存下来一起导入。"
            )
        )
    return tuple(remarks)


def _count_images(view: PageView, inside: Collection[int]) -> int:
    """The images in the blocks of the article."""
    core = view.core
    return sum(
        region.images
        for region in view.page.regions
        if region.first >= core.start
        and region.end <= core.stop
        and not (region.first < region.end and all(view.outside[region.first : region.end]))
    )


def _has_more(view: PageView) -> bool:
    """Whether links near the end of the article lead to its other pages."""
    more = page_parts().more
    for line in view.lines[view.core.start : view.core.stop + 8]:
        words = line.text.replace("[", " ").replace("]", " ").replace("|", " ").split()
        if line.links and words and len(line.text) < 120:
            pages = [word for word in words if more.fullmatch(word)]
            if len(pages) == len(words) and (len(pages) > 1 or not pages[0].isdigit()):
                return True
    return False
