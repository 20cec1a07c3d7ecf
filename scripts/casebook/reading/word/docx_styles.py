"""What the styles of a Word file say: level, size, bold, hidden, list; along `basedOn`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from casebook.reading.word.docx_names import RUN_FORM, VAL, W, is_on, number, value
from casebook.reading.word.safe_xml import Element
from casebook.text.numerals import read_numeral

BODY_LEVEL = 9
"""The outline level of Word that means none; 0 is the highest."""

MOST_BASES = 30
"""Styles that are based on each other; Word has eleven at most."""

DEFAULT_SIZE = 10.0
"""Points of a text for which a file names no size."""

TITLE_STYLES = frozenset(
    (
        *("title", "标题", "题目", "大标题", "主标题"),
        *("文章标题", "文档标题", "公文标题", "文件标题"),
    )
)
SIGNATURE_STYLE, SOURCE_STYLE = "Casebook Signature", "Casebook Source"
"""The styles that our exports give to who wrote a text and when, and to where it comes from."""

CONTENTS_STYLE = re.compile(
    r"toc ?(?:\d|heading|标题)|目录 ?\d?|contents ?(?:\d|heading)?|table of figures|图表目录"
    f"|{SIGNATURE_STYLE}|{SOURCE_STYLE}",
    re.I,
)
_HEADING = re.compile(r"(?:heading|标题|h)(?: |_20_)?([1-9])", re.I)
_NUMBERED_LEVEL = re.compile("([一二三四五六])级标题|标题([一二三四五六])$")


class RunStyle(NamedTuple):
    """How letters look; None where a style does not say it."""

    size: float | None = None
    bold: bool | None = None
    hidden: bool | None = None


class ParagraphStyle(NamedTuple):
    """What a paragraph has from its style.

    `chain` are the ids from the style to its base, `level` counts from 1 (0 for none), `num_id`
    and `list_level` name its list, '' and -1 where the style has none, `lister` the ids up to the
    style that names the list.
    """

    chain: tuple[str, ...]
    level: int
    is_title: bool
    is_contents: bool
    centered: bool
    look: RunStyle
    num_id: str
    list_level: int
    listers: tuple[str, ...]


class StyleSheet:
    """The styles of a document; `root` is the part with them, or None."""

    def __init__(self, root: Element | None) -> None:
        """Index the styles by id."""
        styles = [] if root is None else root.findall(f"{W}style")
        self._styles = {each.get(f"{W}styleId", ""): each for each in styles}
        self._default = next((name for name, each in self._styles.items() if _is_default(each)), "")
        path = f"{W}docDefaults/{W}rPrDefault/{RUN_FORM}"
        self.base = read_look(None if root is None else root.find(path))
        self.paragraph = cache(self._read_paragraph)
        self.character = cache(self._read_character)

    def _chain(self, style_id: str) -> Iterator[tuple[str, Element]]:
        """A style and those that it is based on; a loop ends where it closes."""
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen and len(seen) < MOST_BASES:
            seen.add(style_id)
            yield style_id, self._styles[style_id]
            style_id = value(self._styles[style_id], "basedOn")

    def has_title(self, body: Element) -> bool:
        """Whether a paragraph of the body has the style of titles."""
        used = {each.get(VAL, "") for each in body.iter(f"{W}pStyle")}
        return any(self.paragraph(each).is_title for each in used)

    def numbering_of(self, style_id: str) -> str:
        """The list that a list style names, '' for none."""
        return value(self._styles.get(style_id), f"pPr/{W}numPr/{W}numId")

    def _read_character(self, style_id: str) -> RunStyle:
        return _merge_looks([read_look(each.find(RUN_FORM)) for _, each in self._chain(style_id)])

    def _read_paragraph(self, style_id: str) -> ParagraphStyle:
        """The style of that id, or the document's default one."""
        links = list(self._chain(style_id if style_id in self._styles else self._default))
        names = [value(each, "name") or key for key, each in links] or [style_id]
        forms = [each.find(f"{W}pPr") for _, each in links]
        chain = tuple(key for key, _ in links)
        lists = [value(form, f"numPr/{W}numId") for form in forms]
        lister = next((place for place, num_id in enumerate(lists) if num_id), -1)
        return ParagraphStyle(
            chain,
            _level(names, forms),
            names[0].lower() in TITLE_STYLES,
            CONTENTS_STYLE.fullmatch(names[0]) is not None,
            _first(forms, "jc") == "center",
            _merge_looks([read_look(each.find(RUN_FORM)) for _, each in links]),
            lists[lister] if lister >= 0 else "",
            number(_first(forms, f"numPr/{W}ilvl"), -1),
            chain[: lister + 1],
        )


def _is_default(style: Element) -> bool:
    is_paragraph = style.get(f"{W}type") == "paragraph"
    return is_paragraph and style.get(f"{W}default", "0").lower() in ("1", "true", "on")


def _first(forms: list[Element | None], name: str) -> str:
    """The nearest style's value of a property."""
    return next((found for form in forms if (found := value(form, name))), "")


def _level(names: list[str], forms: list[Element | None]) -> int:
    """The heading level by the nearest style that has one, by outline or by name."""
    for name, form in zip(names, [*forms, *[None] * (len(names) - len(forms))], strict=False):
        outline = outline_level(form)
        if outline is not None:
            return outline
        if found := _HEADING.fullmatch(name):
            return int(found[1])
        if found := _NUMBERED_LEVEL.search(name):
            return read_numeral(found[1] or found[2])
    return 0


def outline_level(form: Element | None) -> int | None:
    """The heading level in paragraph properties: from 1, 0 for body text, None for nothing."""
    outline = value(form, "outlineLvl")
    if not outline:
        return None
    level = number(outline, BODY_LEVEL)
    return level + 1 if 0 <= level < BODY_LEVEL else 0


def read_look(form: Element | None) -> RunStyle:
    """What run properties say themselves."""
    if form is None:
        return RunStyle()
    found = {child.tag: child for child in form}
    size = found.get(f"{W}sz")
    half_points = 0 if size is None else number(size.get(VAL), 0)
    return RunStyle(
        half_points / 2 or None, is_on(found.get(f"{W}b")), is_on(found.get(f"{W}vanish"))
    )


def _merge_looks(looks: list[RunStyle]) -> RunStyle:
    """The nearest style wins."""
    return RunStyle(
        next((each.size for each in looks if each.size is not None), None),
        next((each.bold for each in looks if each.bold is not None), None),
        next((each.hidden for each in looks if each.hidden is not None), None),
    )


def shown_look(
    direct: RunStyle, character: RunStyle, paragraph: RunStyle, base: RunStyle
) -> RunStyle:
    """How a run looks in the end.

    Its own properties win; bold and hidden of its two styles cancel out, as Word has it.
    """
    bold = bool(character.bold) != bool(paragraph.bold if paragraph.bold is not None else base.bold)
    hidden = bool(character.hidden) != bool(
        paragraph.hidden if paragraph.hidden is not None else base.hidden
    )
    return RunStyle(
        direct.size or character.size or paragraph.size or base.size or DEFAULT_SIZE,
        bold if direct.bold is None else direct.bold,
        hidden if direct.hidden is None else direct.hidden,
    )
