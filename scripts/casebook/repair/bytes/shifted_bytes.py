"""The rule that restores byte-shifted runs: where to look, what the document adds, what to flag."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from casebook.repair.bytes.byte_runs import Run, around, find_runs, makes_sense, without_readings
from casebook.repair.bytes.byte_shift import solve
from casebook.repair.bytes.settling import Settled, settle
from casebook.repair.bytes.shift_guards import Shift
from casebook.repair.bytes.text_model import TextModel, clean_parts, model_of
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN, HAN_PATTERN, fold_text
from casebook.text.patterns import lazy_pattern
from casebook.text.sentence_ends import ASKING
from casebook.text.tone_letters import PINYIN_LETTERS

PLAIN_DAMAGE, PLAIN_DAMAGE_BARE = -8.5, -9.5
"""Mean logarithm a character, in nats, below which a run is flagged, with `?` and without."""

_YEAR = lazy_pattern("[?？\ufffd]([09])[0-9]{2}(?=年|[-—–./][0-9])")

MOST_UNSOLVED, UNSOLVED_SHARE = 24, 2
"""Runs without a solution, and more for each with one, from which on a document is damaged in some
other way: no more are searched, which would take hours."""

UNSOLVED = "这里像是丢了字节的乱码，无法确定原文，请对照来源核对。"
_CLAUSE = 20
"""Characters before a question mark in which a question would show."""

_AROUND = 20
"""Characters around a run that nothing was made of, by which it is known when it comes again."""

MOST_OPEN = 0.25
"""Share of characters that may stay open in a run that is read."""

_ODD_SIGN = re.compile("[üα-ωΑ-Ωа-яА-Я\u2460-\u249b\u2500-\u2573\u3041-\u30f6\u3105-\u3129]")
"""Signs of GBK that no sentence has next to a lost byte."""

_REMAINS = re.compile(
    f"[?？\ufffd](?<=[{HAN}].)(?:[!！][?？\ufffd]$|[!！；;]{_ODD_SIGN.pattern}"
    f"|[?？\ufffd][{PINYIN_LETTERS}]{{1,7}}[)）](?=[{HAN}]))",
    re.M,
)
"""What no sentence has: `?!?` at the end of a line (。” that lost a byte), a mark of a question
before an odd sign, or before a reading that has lost its opening parenthesis."""

FEWEST_FLAGGED = 4
"""Chinese characters of a run that is flagged when it has no plain solution."""


def restore_shifted_runs(document: DraftText) -> RuleResult:
    """Runs of GBK text that lost one byte, restored; those without a plain solution flagged."""
    effort, lines = document.draft.effort, document.unsearched(find_runs)
    places = [runs for span in lines for runs in find_runs(document.text, span, effort)]
    document.remember(find_runs, [runs[0].start for runs in places])
    edits: list[Edit] = []
    doubts: list[TextDoubt] = []
    unread = list[tuple[str, str]]()
    for runs, shift, settled in _read_all(document, places, unread):
        if shift:
            read, unsure = _changes(shift, settled)
            edits += read
            doubts += unsure
            if digit := lost_digit(document.text, shift.end):
                edits[-1] = edits[-1]._replace(after=edits[-1].after + digit)
            else:
                doubts += lost_digits(document.text, shift.end)
        elif _is_plain_damage(document.text, runs[0]):
            doubts.append(TextDoubt(runs[0].start, runs[0].end, UNSOLVED))
    if not edits:  # what was read may tell more of the rest
        document.draft.unread.update(unread)
    doubts += _remains(document, {doubt.start for doubt in doubts} | {e.start for e in edits})
    return RuleResult(tuple(edits), tuple(doubts))


def _read_all(
    document: DraftText, places: Sequence[Sequence[Run]], unread: list[tuple[str, str]]
) -> Iterator[tuple[Sequence[Run], Shift | None, Sequence[Settled]]]:
    """Each place with its solution, if there is one; `unread` gets those that have none."""
    text, model = document.text, None
    solved = 0
    for runs in places:
        run = runs[0]
        reading = document.removed_before(run.end).strip("()（）")
        known = text[max(0, run.start - _AROUND) : run.end + _AROUND], reading
        hopeless = len(unread) >= MOST_UNSOLVED + UNSOLVED_SHARE * solved
        if not hopeless and known not in document.draft.unread:
            model = model or model_around(document, [runs[0] for runs in places])
            if shift := solve(text, runs, model, reading):
                settled = settle(shift.characters, model, *around(text, run))
                if sum(one.is_open for one in settled) <= MOST_OPEN * len(settled):
                    solved += 1
                    yield runs, shift, settled
                    continue
        unread.append(known)
        yield runs, None, ()


def _remains(document: DraftText, known: Collection[int]) -> Iterator[TextDoubt]:
    """What is left of shifted runs where nobody asks."""
    text = document.text
    for found in document.search(_REMAINS):
        asked = ASKING.search(fold_text(text[max(0, found.start() - _CLAUSE) : found.start()]))
        if not asked and found.start() not in known:
            yield TextDoubt(*found.span(), UNSOLVED)


def lost_digit(text: str, end: int) -> str:
    """The digit that the last `?` of a run must have swallowed: the first one of a year, or ''."""
    found = _YEAR.match(text, max(0, end - 1))
    return {"0": "2", "9": "1"}[found[1]] if found else ""


def lost_digits(text: str, end: int) -> list[TextDoubt]:
    """A doubt where the last `?` of a run may have swallowed the first digit of a number."""
    if not re.match("[?？\ufffd][0-9.%]", text[end - 1 : end + 1]):
        return []
    return [TextDoubt(end, end + 1, "这个数前面可能丢了一位数字，请对照来源核对。")]


def _is_plain_damage(text: str, run: Run) -> bool:
    """Whether a run that was not solved is still too odd to be what somebody wrote."""
    shown = text[run.first : run.final]
    orphan = run.first > run.start
    ends = run.trail is not None or run.end > run.final
    fewest = FEWEST_FLAGGED // 4 if orphan and ends else FEWEST_FLAGGED
    enough = len(HAN_PATTERN.findall(shown)) + 2 * len(_ODD_SIGN.findall(shown)) >= fewest
    return enough and not makes_sense(shown, PLAIN_DAMAGE if orphan else PLAIN_DAMAGE_BARE)


def model_around(document: DraftText, runs: Sequence[Run]) -> TextModel:
    """The model of a document, by what stands around its runs."""
    spans = [(run.start, run.end) for run in runs]
    parts = (document.text[start:end] for start, end in clean_parts(document.text, spans))
    return model_of("\n".join(map(without_readings, parts)), document.draft.effort)


def _changes(shift: Shift, settled: Sequence[Settled]) -> tuple[list[Edit], list[TextDoubt]]:
    """One edit for each stretch without a doubt, or with one; a doubt for what could be another.

    No edit is certain: where a run ends is known only from what is read.
    """
    edits, doubts = list[Edit](), list[TextDoubt]()
    pairs = zip(shift.places, settled, strict=True)
    for doubtful, stretch in groupby(pairs, key=lambda pair: bool(pair[1].doubt)):
        read = list(stretch)
        said = "".join(one.text for _, one in read)
        edits.append(Edit(read[0][0][0], read[-1][0][1], said, "likely"))
        if doubtful:
            doubts += (TextDoubt(*place, one.doubt) for place, one in read)
    return edits, doubts
