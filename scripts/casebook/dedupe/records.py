"""Records: the rows and cells of tables and lists, which a form fills again each time.

The scores of two weeks have the same prose and the same classes; what the text is about are the
figures. A reader compares such lists by place, so each record counts with the one before it:

    高一（1）班        高一（1）班
    95                96              replaced
    高一（2）班        高一（2）班
    96                95              replaced, though both texts have both figures
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from casebook.dedupe.alignment import Passage
from casebook.dedupe.facts import Fact, find_numeric_facts, make_plain
from casebook.dedupe.pieces import Piece
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS

_RECORD_CHARACTERS = 40
"""Characters up to which a line is a row or a cell."""

_COUNTING_CHARACTERS = 20
"""Characters up to which a sentence with a figure and no label is a cell: 窗台未擦，扣1分。"""

_FEWEST_RECORDS = 3
"""Records in a row that make a list. A heading and its subheading are two short lines, too."""

_SLIP_RATIO = 75.0
"""Ratio of two records with the same figures from which only a typing error parts them."""

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def is_record(piece: Piece) -> bool:
    """Whether a paragraph may be a row or a cell: short, and no sentence unless it counts.

    高一（2）班：窗台未擦，扣1分。 is one; 资金保障：设立专项资金。 is none.
    """
    text = piece.text
    if len(text) > _RECORD_CHARACTERS:
        return False
    counts = (piece.label or len(text) <= _COUNTING_CHARACTERS) and _FIGURE.search(text)
    return text[-1] not in ANY_SENTENCE_ENDS or bool(counts)


def count_replaced_records(
    a: Sequence[Piece], b: Sequence[Piece], passages: Iterable[Passage]
) -> float:
    """How many records of lists each of two texts has where the other has something else."""
    slips = dict(_find_slips(passages))
    steps_a, steps_b = Counter(_list_steps(a, slips)), Counter(_list_steps(b, {}))
    # A record takes part in two steps: one to it and one from it.
    return min((steps_a - steps_b).total(), (steps_b - steps_a).total()) / 2


def list_record_facts(pieces: Sequence[Piece]) -> Counter[Fact]:
    """The dates and figures in the records of a text: 126.8万 and 1268000 are the same."""
    text = "\n".join(piece.text for piece in pieces if is_record(piece))
    return Counter(find_numeric_facts(make_plain(text)))


def _find_slips(passages: Iterable[Passage]) -> Iterator[tuple[str, str]]:
    for passage in passages:
        if passage.kind == "changed" and passage.a and passage.b and passage.score >= _SLIP_RATIO:
            a, b = passage.a.folded, passage.b.folded
            if _FIGURE.findall(a) == _FIGURE.findall(b):
                yield a, b


def _list_steps(pieces: Sequence[Piece], slips: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each record of a list with the next one; the list begins and ends with ''."""
    for held, run in groupby(pieces, key=is_record):
        records = [slips.get(piece.folded, piece.folded) for piece in run] if held else []
        if len(records) >= _FEWEST_RECORDS:
            yield from pairwise(("", *records, ""))
