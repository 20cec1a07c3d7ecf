"""The rule that restores byte-shifted runs: where to look, which model, what only to flag."""

from __future__ import annotations

from itertools import pairwise

from casebook.model import Certainty
from casebook.repair.byte_shift import MOST_LIKELY_DAMAGE, Run, Shift, find_runs, solve
from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit
from casebook.repair.language import Bigrams


def shifted_runs(document: Document) -> Result:
    """Runs of GBK text that lost one byte, restored; those without a plain solution flagged."""
    runs = list(find_runs(document.text))
    if not runs:
        return Result()
    model = _model(document.text, runs)
    edits: list[Edit] = []
    doubts: list[Doubt] = []
    for run in runs:
        start, end = run.start, run.end
        reading = document.removed_before(end).strip("()（）")
        shift = solve(document.text, run, model, document.script, reading)
        if shift:
            edits.extend(_edits(shift))
        elif model.mean(document.text[max(0, start - 1) : end + 2]) <= MOST_LIKELY_DAMAGE:
            message = "这里像是丢了字节的乱码，无法确定原文，请对照来源核对。"
            doubts.append(Doubt(start, end, message))
    return Result(tuple(edits), tuple(doubts))


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
