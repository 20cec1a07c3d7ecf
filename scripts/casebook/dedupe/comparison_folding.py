"""Folding for comparison: texts that a reader would call the same become equal.

Ignored are width, script (traditional or simplified), case, punctuation, white space and the shape
of a placeholder (X, ×, 某, ○, *). Numbers stay, with their decimal points:

    （一）２０２３年，ＸＸ市增长１５．４％。    becomes    一2023年x市增长15.4

Each character is looked up in one table, so that folding is linear. The table is filled with the
characters of each text that are new, so that a process can start at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from casebook.text.script_conversion import load_converter

PLACEHOLDER = "x"
"""What a run of placeholder characters becomes, so that XX市, ×市 and 某市 are equal."""

_PLACEHOLDERS = "xX×╳✕✖○◯〇*某"  # 〇 too: texts write ○ for it, and the other way round
_HAN = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480))
_TABLE_SIZE = 0x33480  # above are tags, variation selectors and private use: all dropped
_TEXTS_AT_ONCE = 512  # texts folded in one pass
_SURROGATES = range(0xD800, 0xE000)
_DROP, _UNKNOWN, _EXPAND = 0, 0xFFFFFFFE, 0xFFFFFFFF
_PLACEHOLDER_CODE, _LINE, _POINT, _ZERO, _NINE = (
    ord(character) for character in PLACEHOLDER + "\n.09"
)

Codes = npt.NDArray[np.uint32]


def fold_for_comparison(text: str) -> str:
    """The folded text; empty if the text has no letter, digit or placeholder."""
    codes = _look_up(text)
    return _decode(codes[_select_positions(codes, lines=False)])


def fold_each(texts: Sequence[str]) -> Iterator[str]:
    """Fold each text, many in one pass, which is several times as fast for short texts."""
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        lines = (text.replace("\n", " ") for text in texts[start : start + _TEXTS_AT_ONCE])
        yield from fold_lines("\n".join(lines))


def fold_lines(text: str) -> list[str]:
    """Fold each line of `text`; the result has as many items as `text.split("\\n")`."""
    codes = _look_up(text)
    return _decode(codes[_select_positions(codes, lines=True)]).split("\n")


def fold_with_positions(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters its position in `text` (code points)."""
    _look_up_codes(text)  # fills the table for all characters at once
    expanded = [_expand(character) for character in text]
    origin = np.repeat(np.arange(len(text)), [len(part) for part in expanded])
    codes = _look_up("".join(expanded))
    positions = _select_positions(codes, lines=False)
    return _decode(codes[positions]), origin[positions].tolist()


def sketch_codes(folded: str) -> Codes:
    """Code points of a folded text with every number replaced by one 0, to find candidates.

    So texts of one template share their shingles, whatever their figures.
    """
    codes = _encode(folded)
    codes = np.where(_mask_digits(codes), np.uint32(_ZERO), codes)
    codes = codes[codes != _POINT]
    merged: Codes = codes[_mask_repeats(codes, _ZERO)]
    return merged


def _look_up(text: str) -> Codes:
    codes = _look_up_codes(text)
    if (codes == _EXPAND).any():
        codes = _look_up_codes("".join(map(_expand, text)))
    return codes


def _look_up_codes(text: str) -> Codes:
    """The entry of the table for each code point of a text."""
    known = np.minimum(_encode(text), _TABLE_SIZE - 1)
    codes = _folding_table()[known]
    unknown = codes == _UNKNOWN
    if unknown.any():
        _learn(np.unique(known[unknown]))
        codes = _folding_table()[known]
    return codes


def _expand(character: str) -> str:
    """The characters that ⑩, ㎡ or ㈠ stands for; any other character unchanged."""
    code = min(ord(character), _TABLE_SIZE - 1)
    if _folding_table()[code] == _UNKNOWN:
        _learn(np.array([code], dtype=np.uint32))
    if _folding_table()[code] == _EXPAND:
        return unicodedata.normalize("NFKC", character)
    return character


def _select_positions(codes: Codes, lines: bool) -> npt.NDArray[np.intp]:
    """Positions that stay: of points those between digits, of a run of placeholders the first."""
    between = np.zeros(len(codes), dtype=np.bool_)
    digits = _mask_digits(codes)
    between[1:-1] = digits[:-2] & digits[2:]
    stays = (codes != _DROP) & ((codes != _POINT) | between)
    positions = np.flatnonzero(stays if lines else stays & (codes != _LINE))
    return positions[_mask_repeats(codes[positions], _PLACEHOLDER_CODE)]


def _mask_digits(codes: Codes) -> npt.NDArray[np.bool_]:
    return (codes >= _ZERO) & (codes <= _NINE)


def _mask_repeats(codes: Codes, code: int) -> npt.NDArray[np.bool_]:
    """True for each code that is not `code` after `code`."""
    mask = np.ones(len(codes), dtype=np.bool_)
    mask[1:] = (codes[1:] != code) | (codes[:-1] != code)
    return mask


def _encode(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)


def _decode(codes: Codes) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le")


@cache
def _folding_table() -> Codes:
    """For each code point what it becomes, or _DROP, _EXPAND (several characters) or _UNKNOWN."""
    table = np.full(_TABLE_SIZE, _UNKNOWN, dtype=np.uint32)
    table[[0, _TABLE_SIZE - 1]] = _DROP
    table[_SURROGATES.start : _SURROGATES.stop] = _DROP
    table[_LINE] = _LINE
    return table


def _learn(codes: Codes) -> None:
    """Fill the table for these code points."""
    forms = (unicodedata.normalize("NFKC", chr(code)) for code in codes.tolist())
    targets = np.array([_fold_form(form) for form in forms], dtype=np.uint32)
    _folding_table()[codes] = _simplify(targets)


def _fold_form(forms: str) -> int:
    """The table entry for the compatibility form of one character."""
    if forms == ".":
        return _POINT
    if forms in tuple(_PLACEHOLDERS):
        return _PLACEHOLDER_CODE
    significant = [form for form in forms if form.isalnum()]
    if len(significant) > 1:
        return _EXPAND
    return ord(significant[0].lower()[0]) if significant else _DROP


def _simplify(codes: Codes) -> Codes:
    """Traditional characters made simplified, one by one, whatever the word around them."""
    han = np.flatnonzero([any(code in block for block in _HAN) for code in codes.tolist()])
    characters = "\n".join(map(chr, codes[han].tolist()))
    converted = str(load_converter("t2s").convert(characters)).replace("\n", "")
    result = codes.copy()
    result[han] = _encode(converted)
    return result
