"""The rule that restores byte-shifted runs: where to look, which model, what only to flag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from casebook.model import Certainty
from casebook.repair.byte_shift import ANCHOR, Run, Shift, find_runs, solve
from casebook.repair.characters import HAN
from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit
from casebook.repair.language import Bigrams

NONSENSE = -10.5
"""Mean log probability per character, in nats, at which Chinese is no sense any more."""

_SHOWN = re.compile(f"[{HAN}]{{3,40}}")
"""Characters behind an anchor by which its place is judged; fewer tell nothing."""


def shifted_runs(document: Document) -> Result:
    """Runs of GBK text that lost one byte, restored; those without a plain solution flagged."""
    runs = list(find_runs(document.text))
    model = _model(document.text, runs) if runs else Bigrams(())
    edits: list[Edit] = []
    for run in runs:
        reading = document.removed_before(run.end).strip("()（）")
        if shift := solve(document.text, run, model, document.script, reading):
            edits.extend(_edits(shift))
    solved = {edit.start for edit in edits}
    return Result(tuple(edits), tuple(_unsolved(document.text, solved)))


def _unsolved(text: str, solved: set[int]) -> Iterator[Doubt]:
    """Anchors that nothing was restored at and behind which the text makes no sense.

    Chinese at large is the judge here: the document itself holds the damage.
    """
    model = Bigrams(())
    for found in ANCHOR.finditer(text):
        shown = _SHOWN.match(text, found.end())
        if found.start() in solved or not shown:
            continue
        if model.mean(text[found.end() - 1 : shown.end()]) <= NONSENSE:
            message = "这里像是丢了字节的乱码，无法确定原文，请对照来源核对。"
            yield Doubt(found.start(), shown.end(), message)


def _model(text: str, runs: list[Run]) -> Bigrams:
    borders = [0, *(border for run in runs for border in (run.start, run.end)), len(text)]
    return Bigrams(text[start:end] for start, end in list(pairwise(borders))[::2])


def _edits(shift: Shift) -> list[Edit]:
    """One edit for each stretch of equal certainty, so that every character has its own."""
    edits: list[Edit] = []
    whole = zip(shift.places, shift.characters, shift.complete, strict=True)
    for (start, end), character, complete in whole:
        certainty: Certainty = "certain" if complete else "likely"
        if edits and edits[-1].certainty == certainty:
            last = edits.pop()
            edits.append(Edit(last.start, end, last.after + character, certainty))
        else:
            edits.append(Edit(start, end, character, certainty))
    return edits
