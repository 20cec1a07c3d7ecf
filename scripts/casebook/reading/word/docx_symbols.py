"""Signs of symbol fonts as characters: Word stores their place in the font (F0FC is ✓)."""

from __future__ import annotations

import re

PRIVATE = re.compile("[\uf020-\uf0ff]")
"""Where Word puts the signs of symbol fonts."""

UNKNOWN = "\N{GETA MARK}"
"""Stands for a sign without a counterpart here: Chinese printers' mark for a missing one."""

_WINGDINGS = {
    0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x37: "⌨", 0x3F: "✍", 0x40: "✍", 0x46: "☞",
    0x47: "☝", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□",
    0x71: "❑", 0x72: "❒", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·",
    0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xAB: "★",
    0xB2: "✧", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦",
    0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS |= {0x80 + each: chr(0x245F + each) for each in range(1, 11)} | {0x80: "⓪"}
_WINGDINGS |= {0x8B + each: chr(0x2775 + each) for each in range(1, 11)} | {0x8B: "⓿"}

_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●",
    0x98: "●", 0x99: "○", 0x9A: "○", 0xA0: "■", 0xA2: "■", 0xA3: "□", 0xAE: "◆", 0xAF: "◇",
    0xF8: "※",
}  # fmt: skip
_WINGDINGS_2 |= {0x69 + each: chr(0x245F + each) for each in range(1, 11)} | {0x69: "⓪"}
_WINGDINGS_2 |= {0x74 + each: chr(0x2775 + each) for each in range(1, 11)} | {0x74: "⓿"}

_WINGDINGS_3 = dict(zip((*range(0x21, 0x25), *range(0x70, 0x78)), "←→↑↓▲▼△▽◀▶◁▷", strict=True))
_WEBDINGS = {0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}

_GREEK = dict(
    zip(
        range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True
    )
)  # fmt: skip
_GREEK |= dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SYMBOL = _GREEK | {
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
    0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…",
    0xD6: "√", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip

_ORDINARY = {each: chr(each) for each in range(0x20, 0x7F)}
"""Letters and figures, which stand for themselves in a font that is not known."""

_FONTS: dict[str, dict[int, str]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "symbol": _ORDINARY | _SYMBOL,
    "": _SYMBOL | _ORDINARY | _WINGDINGS,
}


def symbol(font: str, code: int) -> str:
    """The character that a symbol font shows for a code.

    A code outside the private area is a character already.
    """
    if 0xF020 <= code <= 0xF0FF:
        return _FONTS.get(font.lower(), _FONTS[""]).get(code - 0xF000, UNKNOWN)
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""


def replace_symbols(text: str, font: str) -> str:
    """A text of a run in which signs of symbol fonts are characters."""
    return PRIVATE.sub(lambda found: symbol(font, ord(found[0])), text)
