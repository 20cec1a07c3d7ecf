"""The form of a text in which two texts are compared: what a reader would call the same is equal.

Width, script (traditional or simplified), case, punctuation, white space and the shape of a
placeholder (X, ×, 某, ○, *) do not count; numbers do, with their decimal points. Every character
is looked up in one table, so that folding is linear and hardly dearer than copying; the table
learns a block of characters when one first comes, so that a fresh process is ready at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

PLACEHOLDER = "x"
"""What a run of placeholder characters folds to, so that XX市, ×市 and 某市 are equal."""

_PLACEHOLDERS = "xX×╳✕✖○◯〇*某"  # 〇 too: texts write ○ for it, and the other way round
_HAN = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480))
_SIZE = 0x33480  # beyond are tags, variation selectors and private use: all dropped
_BLOCK = 512  # code points that are learned together, a millisecond
_TOGETHER = 512  # texts folded in one pass
_SURROGATES = range(0xD800, 0xE000)
_DROP, _UNKNOWN, _EXPAND = 0, 0xFFFFFFFE, 0xFFFFFFFF
_X, _LINE, _POINT, _ZERO, _NINE = (ord(character) for character in PLACEHOLDER + "\n.09")

Codes = npt.NDArray[np.uint32]


def fold_for_comparison(text: str) -> str:
    """The comparable form; empty where the text has no letter, digit or placeholder."""
    codes = _looked_up(text)
    return _decode(codes[_kept(codes, lines=False)])


def fold_each(texts: Sequence[str]) -> Iterator[str]:
    """Each text folded, many in one pass: for short texts several times as fast."""
    for start in range(0, len(texts), _TOGETHER):
        lines = (text.replace("\n", " ") for text in texts[start : start + _TOGETHER])
        yield from fold_lines("\n".join(lines))


def fold_lines(text: str) -> list[str]:
    """The comparable form of each line of `text`; as many as `text.split("\\n")` has."""
    codes = _looked_up(text)
    return _decode(codes[_kept(codes, lines=True)]).split("\n")


def fold_placed(text: str) -> tuple[str, list[int]]:
    """The folded text, and the position in `text` (code points) of each of its characters."""
    _folded(text)  # learns all its characters at once
    expanded = [_expanded(character) for character in text]
    origin = np.repeat(np.arange(len(text)), [len(part) for part in expanded])
    codes = _looked_up("".join(expanded))
    kept = _kept(codes, lines=False)
    return _decode(codes[kept]), origin[kept].tolist()


def sketch_codes(folded: str) -> Codes:
    """Code points of a folded text with every number as one 0, for finding candidates.

    Two texts of one template then share their shingles whatever figures they hold.
    """
    codes = _encode(folded)
    codes = np.where(_is_digit(codes), np.uint32(_ZERO), codes)
    codes = codes[codes != _POINT]
    merged: Codes = codes[_not_repeated(codes, _ZERO)]
    return merged


def _looked_up(text: str) -> Codes:
    codes = _folded(text)
    if (codes == _EXPAND).any():
        codes = _folded("".join(map(_expanded, text)))
    return codes


def _folded(text: str) -> Codes:
    """What each code point folds to, by the table."""
    known = np.minimum(_encode(text), _SIZE - 1)
    codes = _table()[known]
    unknown = codes == _UNKNOWN
    if unknown.any():
        _learn(np.unique(known[unknown] // _BLOCK).tolist())
        codes = _table()[known]
    return codes


def _expanded(character: str) -> str:
    """A character that stands for several (⑩, ㎡, ㈠) as these; any other unchanged."""
    code = min(ord(character), _SIZE - 1)
    if _table()[code] == _UNKNOWN:
        _learn([code // _BLOCK])
    if _table()[code] == _EXPAND:
        return unicodedata.normalize("NFKC", character)
    return character


def _kept(codes: Codes, lines: bool) -> npt.NDArray[np.intp]:
    """Positions that stay: decimal points only between digits, of a placeholder's run the first."""
    between = np.zeros(len(codes), dtype=np.bool_)
    digits = _is_digit(codes)
    between[1:-1] = digits[:-2] & digits[2:]
    stays = (codes != _DROP) & ((codes != _POINT) | between)
    kept = np.flatnonzero(stays if lines else stays & (codes != _LINE))
    return kept[_not_repeated(codes[kept], _X)]


def _is_digit(codes: Codes) -> npt.NDArray[np.bool_]:
    return (codes >= _ZERO) & (codes <= _NINE)


def _not_repeated(codes: Codes, code: int) -> npt.NDArray[np.bool_]:
    """Where a character is not `code` following `code`."""
    kept = np.ones(len(codes), dtype=np.bool_)
    kept[1:] = (codes[1:] != code) | (codes[:-1] != code)
    return kept


def _encode(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)


def _decode(codes: Codes) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le")


@cache
def _table() -> Codes:
    """What each code point folds to, once known; _DROP for nothing, _EXPAND for several."""
    table = np.full(_SIZE, _UNKNOWN, dtype=np.uint32)
    table[[0, _SIZE - 1]] = _DROP
    table[_SURROGATES.start : _SURROGATES.stop] = _DROP
    table[_LINE] = _LINE
    return table


def _learn(blocks: Sequence[int]) -> None:
    """Fill in what the code points of these blocks fold to."""
    codes = np.concatenate([np.arange(_BLOCK) + block * _BLOCK for block in blocks])
    codes = codes[codes < _SIZE]
    codes = codes[_table()[codes] == _UNKNOWN]
    forms = (unicodedata.normalize("NFKC", chr(code)) for code in codes.tolist())
    targets = np.array([_target(form) for form in forms], dtype=np.uint32)
    _table()[codes] = _simplified(targets)


def _target(forms: str) -> int:
    """The code point for the compatibility form of one character."""
    if forms == ".":
        return _POINT
    if forms in tuple(_PLACEHOLDERS):
        return _X
    kept = [form for form in forms if form.isalnum()]
    if len(kept) > 1:
        return _EXPAND
    return ord(kept[0].lower()[0]) if kept else _DROP


def _simplified(codes: Codes) -> Codes:
    """Traditional characters as what each becomes on its own, whatever word it stands in."""
    han = np.flatnonzero([any(code in block for block in _HAN) for code in codes.tolist()])
    characters = "\n".join(map(chr, codes[han].tolist()))
    converted = str(_converter().convert(characters)).replace("\n", "")
    result = codes.copy()
    result[han] = _encode(converted)
    return result


@cache
def _converter() -> Any:
    """One for all texts: it takes milliseconds to make."""
    from opencc import OpenCC

    return OpenCC("t2s")
