"""Characters of a page to lines: runs along a baseline, and the rows that they make."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from casebook.reading.pdf.pdf_drawings import Rule
from casebook.reading.pdf.pdf_glyphs import NARROW_GAP, Piece, Style
from casebook.text.characters import HAN
from casebook.text.radicals import unify_radicals

RAISED, LOWERED = "\ufdd0", "\ufdd1"
"""Noncharacters around a small raised text in a line, which may be the mark of a note."""

TABLE = "\ufdd2"
"""A noncharacter that stands for a table among the runs of its page."""

WIDE_GAP = 1.4
"""Sizes of a gap that divides two runs; a word of two characters is set apart by one or less."""

_LATIN_GAP, _LABEL_GAP, _SPACE_GAP = NARROW_GAP, 0.2, 0.6
"""Sizes of a gap that is a space: between Latin letters, after 1. or a), and between any.

Typesetters leave a quarter between Chinese and Latin letters, which is none.
"""

_LABEL_ENDS = ".)"

FEWEST_SPACED = 4
"""Characters of a run that may be letter-spaced."""

_SAME_PLACE = 0.3
"""Sizes within which a character printed twice makes it bold."""

_LAST_SEEN = 6
"""Earlier places of a character that are compared with a new one."""

_LATIN = re.compile("[A-Za-z0-9À-ɏ,.;:!?%)(-]")
_SPACED = re.compile(f"(?<=([{HAN}]))[ \u3000]+(?=([{HAN}]))")
_AFTER_MARK = re.compile(
    "(?<=[，。、；：！？（《“”》）])[ \u00a0]+|[ \u00a0]+(?=[，。、；：！？）》”])"
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\xa0": " ", "\xad": "-"}
)


def middle_of(values: Iterable[float]) -> float:
    """The median, the higher of two; the module `statistics` takes longer to load than to read."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def usual_of(pairs: Iterable[tuple[float, int]]) -> float:
    """The value whose counts sum to most, the first of several; 0 for none."""
    found: Counter[float] = Counter()
    for value, count in pairs:
        found[value] += count
    return max(found, key=found.__getitem__, default=0.0)


class Run(NamedTuple):
    """Characters on one baseline, in points; size and `weight` are those of most of them.

    `confidence` is how sure a recognizer is of them, from 0 (none was at work) to 1. They stand
    side by side; once runs have been set into lines, one is the whole printed line.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    weight: int
    hidden: bool = False
    confidence: float = 0.0


TextLine = Run
"""A printed line, whose columns and cells have been joined."""


def is_stand_in(run: Run) -> bool:
    """Whether a run stands for a table."""
    return run.text.startswith(TABLE)


def join_runs(pieces: Iterable[Piece], rules: Sequence[Rule]) -> Iterator[Run]:
    """The runs of a page. A standing rule between two characters divides them: cells are full."""
    standing = [rule for rule in rules if not rule.is_level]
    pending: list[Piece] = []
    for piece in _printed_once(pieces):
        if pending and not _continues(pending[-1], piece, standing):
            yield from _run(pending)
            pending = []
        pending.append(piece)
    yield from _run(pending)


def _printed_once(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The characters without those printed again in the same place.

    A sign wider than its size is several characters: ——— has three in one place.
    """
    seen: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        width = piece.right - piece.left
        near = min(_SAME_PLACE * piece.style.size, 0.5 * width)
        known = seen[piece.text]
        if width > 1.2 * piece.style.size or not _is_near(piece, known[-_LAST_SEEN:], near):
            known.append(piece)
            yield piece


def _is_near(piece: Piece, others: Sequence[Piece], near: float) -> bool:
    for other in others:
        if -near < other.left - piece.left < near and -near < other.base - piece.base < near:
            return True
    return False


def _continues(last: Piece, piece: Piece, standing: Sequence[Rule]) -> bool:
    size = max(last.style.size, piece.style.size)
    if abs(last.base - piece.base) > 0.15 * size or last.style.size * 1.3 < piece.style.size:
        return False
    gap = piece.left - last.right
    if not -0.7 * size <= gap <= WIDE_GAP * size or last.style.size > 1.3 * piece.style.size:
        return False
    if not standing:
        return True
    middle = piece.base + 0.4 * size
    return not any(
        last.left < rule.left < piece.right
        and rule.bottom < middle < rule.top
        and rule.left >= last.right - 0.3 * size
        for rule in standing
    )


def _run(pieces: Sequence[Piece]) -> Iterator[Run]:
    """One run of these pieces without spaces at its ends; none of spaces alone."""
    shown = [place for place, piece in enumerate(pieces) if not piece.text.isspace()]
    if not shown:
        return
    kept = pieces[shown[0] : shown[-1] + 1]
    texts = [kept[0].text]
    spacing = _letter_spacing(kept)
    for last, piece in pairwise(kept):
        gap = (piece.left - last.right) / piece.style.size - spacing
        texts += [" ", piece.text] if _is_apart(last.text[-1], piece.text[0], gap) else [piece.text]
    lengths: Counter[Style] = Counter()
    for piece in kept:
        lengths[piece.style] += len(piece.text)
    yield Run(
        unify_radicals("".join(texts).translate(_LIGATURES)),
        kept[0].left,
        max(piece.right for piece in kept),
        kept[0].base,
        usual_of((style.size, count) for style, count in lengths.items()),
        int(usual_of((style.weight, count) for style, count in lengths.items())),
        bool(usual_of((style.hidden, count) for style, count in lengths.items())),
    )


def _letter_spacing(pieces: Sequence[Piece]) -> float:
    """Sizes by which all characters of a run stand apart, as in titles; each is a piece then."""
    if len(pieces) < FEWEST_SPACED or sum(len(piece.text) for piece in pieces) > len(pieces) + 1:
        return 0.0
    gaps = [(one.left - last.right) / one.style.size for last, one in pairwise(pieces)]
    return max(0.0, middle_of(gaps))


def _is_apart(before: str, after: str, gap: float) -> bool:
    """Whether a gap, in sizes, is a space that the file does not write."""
    if before.isspace() or after.isspace():
        return False
    if _LATIN.match(before) and _LATIN.match(after):
        return gap > _LATIN_GAP
    if before in _LABEL_ENDS:
        return gap > _LABEL_GAP
    return gap > _SPACE_GAP


def set_lines(runs: Iterable[Run]) -> list[TextLine]:
    """The lines that runs make, from top to bottom."""
    return [_line(row) for row in group_rows(runs)]


def group_rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs by row, from top to bottom, each row from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.base, run.left)):
        if rows and _overlaps(max(rows[-1], key=lambda other: other.size), run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _overlaps(row: Run, run: Run) -> bool:
    """Whether at least half the height of the smaller one stands beside the other."""
    top = min(row.base + 0.8 * row.size, run.base + 0.8 * run.size)
    bottom = max(row.base - 0.2 * row.size, run.base - 0.2 * run.size)
    return top - bottom >= 0.5 * min(row.size, run.size)


def _line(row: Sequence[Run]) -> TextLine:
    main = max(row, key=lambda run: len(run.text) * run.size)
    pieces: list[str] = []
    for place, run in enumerate(row):
        gap = (run.left - row[place - 1].right) / main.size if place else 0.0
        if place and _is_apart(row[place - 1].text[-1], run.text[0], gap):
            pieces.append(" ")
        raised = run.size < 0.8 * main.size and run.base > main.base + 0.12 * main.size
        pieces.append(f"{RAISED}{run.text}{LOWERED}" if raised else run.text)
    weighed = sum(run.weight * len(run.text) for run in row) / sum(len(run.text) for run in row)
    return TextLine(
        clean_spaces("".join(pieces)),
        row[0].left,
        max(run.right for run in row),
        main.base,
        main.size,
        round(weighed),
        main.hidden,
        min(run.confidence for run in row),
    )


def clean_spaces(text: str) -> str:
    """A line without the spaces that only set it: beside full-width marks, and around one lone
    Chinese character (目 录). Between words (第一章 总则) one space stays."""
    text = _AFTER_MARK.sub("", text.strip())
    return _SPACED.sub(lambda place: _kept_space(text, place), text)


def _kept_space(text: str, place: re.Match[str]) -> str:
    before, after = text[: place.start()], text[place.end() :]
    both = re.search(f"[{HAN}]{{2}}$", before) and re.match(f"[{HAN}]{{2}}", after)
    return " " if both else ""


def join_texts(before: str, after: str) -> str:
    """Two lines of one paragraph: a space between Latin words, nothing elsewhere."""
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if last == "-" and before[-2:-1].isascii() and before[-2:-1].isalpha() and first.islower():
        return before[:-1] + after
    opens = first.isascii() and (first.isalnum() or first in "(\"'")
    apart = opens and last.isascii() and not last.isspace() and last not in "-(/"
    both_digits = last.isdecimal() and first.isdecimal()
    return f"{before} {after}" if apart and not both_digits else before + after
