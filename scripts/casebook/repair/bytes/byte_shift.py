"""GBK text that lost one byte, read again: the best reading of a run, when it is plain enough.

The channel (`shift_channel`) says what the bytes allow and the decoder which reading is likeliest.
A run has an end only because bytes happen to be in step again, so what is read must make far
better sense than what is shown (`shift_guards`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import itemgetter

from casebook.repair.bytes.byte_pairs import GBK_LEADS
from casebook.repair.bytes.byte_runs import Run, around
from casebook.repair.bytes.decoder import decode
from casebook.repair.bytes.shift_channel import ShiftedGbk
from casebook.repair.bytes.shift_guards import READING_GAIN, Shift, guarded, is_told
from casebook.repair.bytes.text_model import TextModel, line_before, open_marks

TORN_MARKS, TORN_BONUS = "！；？。，!;?,", 0.7
"""What two bytes of other characters were taken for where a byte was torn off, and what it adds to
a reading that explains it, in nats a character."""


def solve(
    text: str,
    runs: Sequence[Run],
    model: TextModel,
    reading: str = "",
    leads: Collection[int] = GBK_LEADS,
) -> Shift | None:
    """The best reading of a place, or None when none is plainly better than the damage.

    `reading` is the pinyin that was injected after the last character, if any; `leads` are the
    bytes that may have been lost before the first pair.
    """
    solved = ((run, _solved(text, run, model, reading, leads)) for run in runs)
    found = [
        (shift.likely + TORN_BONUS * _explains_tearing(text, run, shift), shift)
        for run, shift in solved
        if shift
    ]
    return max(found, key=itemgetter(0))[1] if found else None


def _explains_tearing(text: str, run: Run, shift: Shift) -> bool:
    """Whether a reading has the two bytes side by side that were taken for a mark."""
    return text[run.first] in TORN_MARKS and all(one.whole for one in shift.characters[1:2])


def _solved(
    text: str, run: Run, model: TextModel, reading: str, leads: Collection[int]
) -> Shift | None:
    """The best reading of a run when it is clearly better than the damage."""
    before, _ = around(text, run)
    channel = ShiftedGbk(text, run, leads, reading, model.script == "simplified")
    state = model.start(before, open_marks(line_before(text, run.start)))
    read = decode(channel, run.first, channel.end, model, state, following(text, run))
    if not read or not is_told(run, read, model.script != "traditional"):
        return None
    return guarded(text, run, read, READING_GAIN if reading or run.reading else 0.0)


def following(text: str, run: Run) -> str:
    """What follows a run, without readings that were injected there, and its line."""
    after = around(text, run)[1]
    end = text.find("\n", run.end)
    return after + text[run.end : end if end >= 0 else None][len(after) :]
