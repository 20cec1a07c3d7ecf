"""The numbers that a page shows before the items of its lists."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from casebook.model import BULLET
from casebook.reading.counting import format_number

_LIST_STYLE = re.compile(r"list-style(?:-type)?:([\w -]{1,60})")
_MARKED = re.compile(
    r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])(?:[、．)）]|\.(?!\d))|[①-⑳]|第.{1,3}[条章节]"
)
_BULLETS = frozenset("·•●■◆○□oØlnuvü§¨ÿ-–")
_TYPES = {
    **{"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman"},
    "I": "upper-roman",
}
_CHINESE = ("cjk-ideographic", "simp-chinese", "trad-chinese", "cjk-decimal")

_FORMS = {
    **dict.fromkeys(("lower-alpha", "lower-latin"), "lowerLetter"),
    **dict.fromkeys(("upper-alpha", "upper-latin"), "upperLetter"),
    **{"lower-roman": "lowerRoman", "upper-roman": "upperRoman"},
}
"""The formats of Word by the names that style sheets have for them."""

MOST_ITEMS = 5000
"""A number above is no item's, but an error of the page."""


class ListNumbers:
    """Follows the lists that are open, and gives each item its label once."""

    def __init__(self) -> None:
        self._lists: list[tuple[str, int]] = []
        self._label = ""

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that a list or an item of one begins."""
        if tag in ("ol", "ul", "menu", "dir"):
            kind = _kind(attributes) if tag == "ol" else "bullet"
            self._lists.append((kind, _number(attributes.get("start", ""), 1)))
        elif tag == "li" and self._lists:
            kind, number = self._lists[-1]
            number = _number(attributes.get("value", ""), number)
            self._lists[-1] = (kind, number + 1)
            self._label = _write(kind, number)
        elif tag in ("table", "h1", "h2", "h3"):
            self._label = ""

    def close(self, tag: str) -> None:
        """Note that a list ends; an item without text loses its label."""
        if tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        if tag == "li":
            self._label = ""

    def take_label(self, text: str) -> str:
        """The label of a line: that of the item that it opens, or ''."""
        label, self._label = self._label, ""
        return "" if label and _MARKED.match(text) and not text.startswith(label) else label

    def read_word_label(self, element: etree._Element, attributes: Mapping[str, str]) -> str | None:
        """The number that Word wrote before a paragraph, '' for a bullet; None: no such element."""
        if "mso-list:ignore" not in attributes.get("style", "").lower().replace(" ", ""):
            return None
        label = " ".join("".join(element.itertext()).split())
        self._label = BULLET if label in _BULLETS else label
        return "" if label in _BULLETS else label


def join_list_label(label: str, text: str) -> str:
    """An item with its label, if that is no bullet.

    `1.` has a blank before a figure, with which it would be another.
    """
    if label == BULLET:
        return text
    return f"{label}{' ' if label[-1:] == '.' and text[:1].isdecimal() else ''}{text}"


def _kind(attributes: Mapping[str, str]) -> str:
    style = _LIST_STYLE.search(attributes.get("style", "").lower())
    if style:
        return style[1].strip()
    return _TYPES.get(attributes.get("type", ""), "decimal")


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise


def _write(kind: str, number: int) -> str:
    if kind == "bullet":
        return BULLET
    if "none" in kind or "disc" in kind or "circle" in kind or "square" in kind:
        return ""
    if not 0 <= number <= MOST_ITEMS:
        return ""
    if kind.startswith(_CHINESE):
        return f"{format_number(number, 'chineseCountingThousand')}、"
    return f"{format_number(number, _FORMS.get(kind, 'decimal'))}."
