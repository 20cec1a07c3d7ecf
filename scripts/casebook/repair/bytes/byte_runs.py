"""Where GBK text looks shifted by a byte: an anchor, pairs that make no sense, and an end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from casebook.repair.bytes.byte_pairs import GBK_LEADS, decode
from casebook.repair.bytes.text_model import line_before, open_marks
from casebook.repair.search_effort import SearchEffort
from casebook.text.characters import FULL_WIDTH_MARKS, HAN, HAN_PATTERN, is_level_one
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import Span
from casebook.text.segmentation import least_score, score, segment
from casebook.text.sentence_ends import ASKING
from casebook.text.tone_letters import PINYIN_LETTERS

ANCHOR = re.compile(
    "[?？\ufffd!！；;。](?:(?<=[?？\ufffd])(?:"
    "(?=[!！。；;?？<>]{0,2}[\u02c7-\uff5e])|(?=[!！][?？\ufffd]$)"
    f"|(?=[!！；;?？。,，<>][?？\ufffd]?[A-Za-z](?:[{HAN}）)”》]|[(（][{PINYIN_LETTERS}]+[)）])))"
    "|(?<=[!！；;?？])(?=[\u02c7-\u2fff\u3021-\uff00Ａ-Ｚ]|[?\ufffd]$)|(?<=。)(?=[\u3105-\u3129]))",
    re.M,
)
"""Where a shifted run may begin: an orphan byte, or a mark that two bytes of other characters make.
"""

RUN_LIMIT = 160
"""Characters of a run that are searched; real runs end at the next trail byte below 0x81."""

NONSENSE = -7.0
"""Mean logarithm a character, in nats, below which shown characters are no Chinese text."""

NONSENSE_ASKED = -11.0
"""The same after a question mark that ends a question."""

NONSENSE_BARE = -7.6
"""The same where no `?` is left."""

_SHORT = 3
"""Pairs behind `?!` up to which a letter glued to them is odd enough."""

_NEAR = 40
"""Characters among which the nearest ones without readings are looked for."""

_LOOKED_AT = 12
"""Characters behind an anchor by which its place is judged."""

_SHOWN = lazy_pattern(rf"[!！；;?？][\u3000-\uff60]{{{_LOOKED_AT - 1}}}")
_LETTERS = f"[{PINYIN_LETTERS}]{{1,7}}"
_READING = re.compile(f"[(（]({_LETTERS})[)）]")
_SWALLOWED = re.compile(f"[?？\ufffd]({_LETTERS})[)）]")
_FULL = {**FULL_WIDTH_MARKS, "<": "＜", ">": "＞"}
"""Marks that sites narrow, or escape (&lt;)."""

_NARROW = {code: code - 0xFEE0 for code in range(0xFF05, 0xFF5B) if chr(code).isalnum()}
_NARROW |= {ord("％"): ord("%"), ord("．"): ord("."), ord("·"): ord(".")}
ORPHANS = "?？\ufffd"
_ROWS = (
    bytes((row, t)) for row in range(0xA2, 0xAA) for t in (*range(0x40, 0x7F), *range(0x80, 0xFF))
)
_NO_WORDS = "!?;。,<>" + "".join(pair.decode("gbk", "ignore") for pair in _ROWS)
"""What a lead byte behind the last one of 。 (A1A3), 、 (A1A2) or a frequent character is shown as:
full-width forms, numbers of lists, letters of other scripts."""

_GOES_BEHIND = lazy_pattern(f"[{HAN}（），、。；：”《]")
"""What stands behind a run that is nothing but these."""

_REPEATED = re.compile("(?<=.)([!！?？。])\\1")


_NEAR_QUESTION = 12
"""Characters before a question mark among which a word of asking is looked for."""

LONG_RUN, LONG_GAIN = 8, 1.0
SHORT_RUN, SHORT_GAIN = 4, -2.0
BARE_GAIN = -1.0
"""Pairs of a run that is read a byte later before it is searched, and nats a character that it must
gain by that; of one without `?`, however short. A search of clean text takes 50 ms, and gains -3 as
a rule; of 450 real runs those of 4 and more gain 0.4 at least, those without `?` -0.1."""

FEWEST_LEVEL_ONE = 3
"""Characters after a mark that are all of level one, from which on they are no pairs by chance:
three of seven such pairs show one."""

FEWEST_BARE = 3
"""Pairs of a run of which neither the first nor the last byte shows."""

ANCHOR_STEPS = 30
"""Effort of judging a place where a run may begin, in steps of the search."""


@dataclass(frozen=True, slots=True)
class Run:
    """A place [start, end) that looks shifted; its wrong pairs are [first, final).

    `trail` is the ASCII byte that put the decoder back in step; None where the last trail byte is
    lost: swallowed with a parenthesis, or at the end of the line. `reading` is the pinyin that was
    injected behind the last character, and belongs to the run. `ascii`
    is what the last wrong pair swallowed behind a whole character: `盵` for `”[`.
    """

    start: int
    first: int
    final: int
    end: int
    trail: int | None
    reading: str = ""
    ascii: str = ""


@cache
def encode(character: str) -> tuple[int, int] | None:
    """The two bytes of GBK behind a shown character, half-width marks as full; None for others."""
    try:
        code = (_FULL.get(character) or character).encode("gbk")
    except UnicodeEncodeError:
        return None
    return (code[0], code[1]) if len(code) == 2 else None


def find_runs(text: str, lines: Span, effort: SearchEffort) -> Iterator[list[Run]]:
    """Places in some lines that look shifted: an anchor, pairs that make no sense, and an end.

    A `?` may be an orphan byte or a pair of its own: then a place has two runs.

    A run ends at a trail byte below 0x81 glued to the pairs (ASCII, or € for 0x80); at a pair that
    swallowed ASCII as its second byte; where pinyin was injected behind the last character, at
    `?reading)`: the opening parenthesis was swallowed; or at ASCII that no trail byte can be, with
    or without the `?` of the byte left over.
    """
    position, limit = lines
    while (found := ANCHOR.search(text, position, limit)) and effort.spend(ANCHOR_STEPS):
        position = found.end()
        orphan = text[found.start()] in ORPHANS
        torn = text[found.end() : found.end() + 1] in tuple("!！；;，,<>")  # then `?` is no pair
        firsts = (found.end(), found.start()) if orphan and not torn else (found.start(),)
        firsts = (found.end(),) if orphan and torn else firsts
        if _is_asked(text, found.start(), torn) if orphan else _is_followed(text, found.start()):
            continue
        runs = [run for first in firsts if (run := run_at(text, found.start(), first))]
        if runs := [run for run in runs if is_nonsense(text, run) and _may_be_shifted(text, run)]:
            yield runs
            position = runs[0].end


def reading_behind(text: str, place: int) -> str:
    """The pinyin in parentheses at a place, or ''."""
    found = _READING.match(text, place)
    return found[1] if found else ""


def around(text: str, run: Run) -> tuple[str, str]:
    """The characters before and behind a run, without readings that were injected there."""
    before = _READING.sub("", text[max(0, run.start - _NEAR) : run.start])[-3:]
    return before, _READING.sub("", text[run.end : run.end + _NEAR])[:3]


def without_readings(text: str) -> str:
    """A text without what looks like injected pinyin."""
    return _READING.sub("", text)


def _is_asked(text: str, place: int, torn: bool) -> bool:
    """Whether a `?` ends a question: no mark follows that never does, and no plain nonsense."""
    asked = not torn and ASKING.search(text[max(0, place - _NEAR_QUESTION) : place])
    return bool(asked) and makes_sense(text[place + 1 : place + 1 + _LOOKED_AT], NONSENSE_ASKED)


def _is_followed(text: str, place: int) -> bool:
    """Whether ordinary Chinese follows a mark, so that nothing more need be asked."""
    shown = _SHOWN.match(text, place)
    return shown is not None and makes_sense(shown[0], NONSENSE_BARE)


def run_at(text: str, start: int, first: int) -> Run | None:
    """The run of pairs from `first` on; None where it has no end, or is no run."""
    limit = min(len(text), start + RUN_LIMIT)
    end = first
    while (end := _skip_pairs(text, end, limit)) < limit and encode(text[end]):
        swallowed = _SWALLOWED.match(text, end)
        if swallowed or (text[end] in ORPHANS and end > first and not _goes_on(text, end)):
            break
        end += 1
        if letter := _swallowed(text[end - 1]):
            return Run(start, first, end, end, None, ascii=letter)
    if end == limit < len(text) or _REPEATED.search(text, first, end):
        return None
    if swallowed := _SWALLOWED.match(text, end):
        return Run(start, first, end, swallowed.end(), None, swallowed[1])
    if trail := _lone_trail(text[end : end + 1]):
        reading = reading_behind(text, end + 1)
        over = end + 1 + (len(reading) + 2 if reading else 0)
        return Run(start, first, end, over, trail, reading)
    return Run(start, first, end, end + (text[end : end + 1] in tuple(ORPHANS)), None)


@cache
def _whole_pairs() -> re.Pattern[str]:
    """Shown characters that are certainly pairs, and swallowed no ASCII."""
    pairs = (bytes((lead, trail)) for lead in GBK_LEADS for trail in range(0x80, 0xFF))
    shown = "".join(pair.decode("gbk", "ignore") for pair in pairs)
    return re.compile(f"[{re.sub(f'[{ORPHANS}]', '', shown)}]*")


def _skip_pairs(text: str, start: int, limit: int) -> int:
    """Where such pairs from `start` on end."""
    found = _whole_pairs().match(text, start, limit)
    return found.end() if found else start


def _swallowed(character: str) -> str:
    """The ASCII character that a wrong pair has for its second byte, if it has one."""
    pair = encode(character)
    return chr(pair[1]) if pair and pair[1] < 0x7F else ""


def _goes_on(text: str, position: int) -> bool:
    """Whether a `?` within a run is a pair of it: more pairs follow, or the last trail byte."""
    following = text[position + 1 : position + 2]
    return HAN_PATTERN.match(following) is not None or (following.isalpha() and following.isascii())


def _lone_trail(character: str) -> int:
    """The trail byte that a character shows when it ends a run: ASCII, or € for 0x80; else 0."""
    if character == "€":
        return 0x80
    return ord(character) if character and 0x40 <= ord(character) <= 0x7E else 0


def is_nonsense(text: str, run: Run) -> bool:
    """Whether the shown characters of a run make no sense as they stand.

    Marks alone do not, where they end a line in which a quotation is still open.
    """
    shown = text[run.first : run.final]
    if not shown:
        return False
    if not HAN_PATTERN.search(shown):
        ends = text[run.end : run.end + 1] in ("", "\n") and run.trail is None
        marks = not shown.strip(_NO_WORDS)
        if marks and run.trail and run.first > run.start:  # one pair, a lost one, a letter
            return _GOES_BEHIND.match(text, run.end) is not None or bool(run.reading)
        torn = run.end > run.final and shown[:1] not in tuple(ORPHANS)
        return marks and torn and (run.first > run.start or (ends and _is_quoted(text, run.start)))
    han = HAN_PATTERN.findall(shown)
    bare = run.first == run.start
    if bare and len(han) >= FEWEST_LEVEL_ONE and all(map(is_level_one, han)):
        return False
    if bare and len(shown) < FEWEST_BARE and not (run.trail or run.reading or run.ascii):
        return False
    short = run.trail and shown[0] in "!！;；" and len(shown) <= _SHORT
    if run.first > run.start and short and (HAN_PATTERN.match(text, run.end) or run.reading):
        return True
    return not makes_sense(shown, NONSENSE_BARE if bare else NONSENSE)


def _may_be_shifted(text: str, run: Run) -> bool:
    """Whether a run makes enough sense a byte later, without regard to what vanished."""
    shown = text[run.first : run.final]
    least = LONG_GAIN if len(shown) >= LONG_RUN else SHORT_GAIN
    if run.first == run.start:
        least = max(least, BARE_GAIN)
    elif len(shown) < SHORT_RUN:
        return True
    pairs = [pair for character in shown if (pair := encode(character))]
    later = "".join(decode(one[1], after[0]) for one, after in pairwise(pairs))
    return not later or mean_weight(later) >= mean_weight(shown) + least


@lru_cache(maxsize=1 << 14)
def mean_weight(text: str) -> float:
    """Mean logarithm a character, in nats, of a text as a row of words."""
    return score(segment(text)) / max(1, len(text))


def makes_sense(shown: str, least: float) -> bool:
    """Whether the mean logarithm a character, in nats, of what is shown first reaches `least`.

    Marks at its ends do not count.
    """
    first = shown.strip("!！?？；;。")[:_LOOKED_AT].translate(_NARROW)
    return least_score(first) >= least * max(1, len(first)) or mean_weight(first) >= least


def _is_quoted(text: str, place: int) -> bool:
    """Whether a quotation is open at a place of its line."""
    return "“" in open_marks(line_before(text, place))
