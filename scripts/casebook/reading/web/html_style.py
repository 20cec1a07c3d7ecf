"""What the tags and the inline styles of a page say of its text: weight, size, place, hidden."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from casebook.model import Origin

_BOLD_TAGS = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_FONT_POINTS = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_POINTS_PER_UNIT = {"pt": 1.0, "px": 0.75}
_SIZE = re.compile(r"(?:^|;)font(?:-size)?:[^;]{0,40}?(\d{1,3}(?:\.\d{1,3})?)(pt|px)")
_WEIGHT = re.compile(r"(?:^|;)font-weight:(\w+)")
HIDES = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)"
    r"|mso-hide\s*:\s*all|font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:[;!]|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{4,}px)"
)
"""A style in lower case that shows nothing."""

_COLOR = re.compile(r"(?:^|;)color:([^;!]{1,40})")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:([^;!]{1,200})")
_WHITE = frozenset(
    ("white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "transparent")
)
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_MEDIA = re.compile(r"@media[^{]{0,300}\{(?:[^{}]{0,500}\{[^{}]{0,2000}\}){0,200}\s{0,200}\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_NAME = re.compile(r"[.#][\w-]{1,80}")

LONGEST_SHEET = 200_000
"""Characters of a style sheet that are searched for names of what is hidden."""


class TextStyle(NamedTuple):
    """How a piece of text is shown; `size` in points, 0 unknown.

    `hidden` is text that no reader sees, `white` text in the color of the paper. `filled` says
    that something behind it may have another color than the paper's.
    """

    bold: bool = False
    size: float = 0.0
    centered: bool = False
    linked: bool = False
    hidden: bool = False
    white: bool = False
    filled: bool = False
    origin: Origin = "text"


PLAIN_STYLE = TextStyle()


def derive_style(
    outer: TextStyle, tag: str, attributes: Mapping[str, str], hidden_names: Collection[str]
) -> TextStyle:
    """The style inside an element; `hidden_names` are the `.class` and `#id` that sheets hide."""
    style = outer
    if tag in _BOLD_TAGS:
        style = style._replace(bold=True)
    elif tag == "a" and attributes.get("href"):
        style = style._replace(linked=True)
    elif tag == "center":
        style = style._replace(centered=True)
    if attributes:
        style = _with_attributes(style, tag, attributes, hidden_names)
    return style


def _with_attributes(
    style: TextStyle, tag: str, attributes: Mapping[str, str], hidden_names: Collection[str]
) -> TextStyle:
    align = attributes.get("align", "").lower()
    if align:
        style = style._replace(centered=align == "center")
    if tag == "font" and attributes.get("size", "") in _FONT_POINTS:
        style = style._replace(size=_FONT_POINTS[attributes["size"]])
    if attributes.get("bgcolor", "").lower() not in _WHITE | {""} or "background" in attributes:
        style = style._replace(filled=True)
    if "hidden" in attributes or (hidden_names and _is_named(attributes, hidden_names)):
        style = style._replace(hidden=True)
    written = attributes.get("style", "")
    if tag == "font" and "color" in attributes:
        written = f"color:{attributes['color']};{written}"
    return _with_inline_style(style, written[:4000]) if written else style


def _is_named(attributes: Mapping[str, str], names: Collection[str]) -> bool:
    classes = attributes.get("class", "").split()
    return f"#{attributes.get('id')}" in names or any(f".{name}" in names for name in classes)


def _with_inline_style(style: TextStyle, written: str) -> TextStyle:
    text = re.sub(r"\s+", "", written.lower())
    if weight := _WEIGHT.search(text):
        bold = weight[1] in ("bold", "bolder") or (weight[1].isdigit() and int(weight[1]) > 500)
        style = style._replace(bold=bold)
    if size := _SIZE.search(text):
        style = style._replace(size=round(float(size[1]) * _POINTS_PER_UNIT[size[2]], 1))
    if "text-align:" in text:
        style = style._replace(centered="text-align:center" in text)
    if "mso-element:footnote-list" in text or "mso-element:endnote-list" in text:
        style = style._replace(origin="note")
    if HIDES.search(text):
        return style._replace(hidden=True)
    return _with_colors(style, text)


def _with_colors(style: TextStyle, text: str) -> TextStyle:
    color, ground = _COLOR.search(text), _BACKGROUND.search(text)
    if color and ground and color[1] == ground[1]:
        return style._replace(hidden=True)
    if ground and ground[1] not in _WHITE | {"none"}:
        style = style._replace(filled=True, white=False)
    if color:
        style = style._replace(white=color[1] in _WHITE and not style.filled)
    return style


def find_hidden_names(sheet: str) -> set[str]:
    """The classes and ids, as `.name` and `#name`, that a style sheet hides on a screen."""
    sheet = _MEDIA.sub("", _COMMENT.sub("", sheet[:LONGEST_SHEET]))
    names: set[str] = set()
    for selectors, declarations in _RULE.findall(sheet) if "{" in sheet else ():
        if HIDES.search(re.sub(r"\s+", "", declarations.lower())):
            own = (selector.strip() for selector in selectors.split(","))
            names.update(name for name in own if _NAME.fullmatch(name))
    return names
