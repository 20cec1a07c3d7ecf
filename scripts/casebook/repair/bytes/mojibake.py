"""Chinese that was read as Western letters: take the bytes back, decode with the right encoding.

UTF-8 or GBK read as Latin-1 or CP1252 (ä½ å¥½, ÄãºÃ), also twice over. A run is accepted only
when its bytes fit and the outcome is plain, ordinary Chinese, so that no Western text is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from casebook.model import Certainty
from casebook.repair.bytes.lost_bytes import NEAR, clear_choice, ranked
from casebook.repair.bytes.settling import OPEN
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN, is_frequent, is_traditional, rarity

WESTERN = (
    "\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
"""What Latin-1 and CP1252 show for bytes from 80 on, as the inside of a character class."""

_IS_HIGH = re.compile(f"[{WESTERN}]")
_HIGH_RUN = re.compile(f"[{WESTERN}]{{4,}}")
_PASSAGE = re.compile(f"[{WESTERN}][{WESTERN}\u0020-\u007e\ufffd]*")
_LETTER = re.compile("[\u00a1-\u00ff\u0152-\u0192]")
_PAIR = "[\u00c0-\u00ff][\u00a1-\u00bf?\ufffd]{1,2}"
_REMAINS = re.compile(f"[\u00c0-\u00ff]{{4,}}|(?:{_PAIR}){{3,}}|(?<=[{HAN}])(?:{_PAIR}){{2,}}")
_SEVERAL = re.compile(f"[{WESTERN}][{WESTERN}?\ufffd ][{WESTERN}?\ufffd ]?")
_PLAIN = re.compile(
    f"[{HAN}，。、；：？！“”‘’（）《》〈〉「」『』【】［］—…·．～％＋－０-９Ａ-Ｚａ-ｚ○×\u3000]"
)
_ASCII = re.compile("[\u0020-\u007e]")
_WESTERN_TEXT = re.compile(f"[{WESTERN}\u0020-\u007e]+")

ORDINARY = -9.5
"""Mean rough log frequency that characters of a re-read run must reach: level 1 of GB 2312."""

LEAST_MISREAD = 6
"""Western letters in a row that are told to be Chinese by themselves."""

BY_CHANCE = 3
"""How many times more letters must be Chinese in GBK than in UTF-8, which some are by chance."""

UTF8_TRAILS = range(0x80, 0xC0)
"""Bytes of a character of UTF-8 after its first one."""

_WIDE = re.compile("[０-９]")
_STOPS = (*"，。；：、！？”）", "")

CHINESE_SIGNS = "×÷·°±§¥“”‘’—–…•‰©® "
"""Western signs that stand in Chinese text: by themselves they are no damage (×× for a name)."""

_UTF8 = re.compile(b"[\xe2-\xe9\xef][\x80-\xbf]{2}")
PASSAGE_STEPS = 8
"""Effort of reading a letter of a passage, in steps of the search."""

_LOST = "?\ufffd"
"""What other programs show for such a byte."""

_HIGH_BYTES = bytes(range(0x80, 0x100))
_BYTES = {
    ord(character): byte
    for byte in range(0x80, 0xA0)
    if (character := bytes((byte,)).decode("cp1252", "ignore"))
}
"""The bytes of letters that only CP1252 has."""

_VANISHED = (0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xAD)
"""Bytes that programs drop: those without a character in CP1252, and the soft hyphen."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A character read again from [start, end) of a passage; '' where bytes leave no one choice."""

    start: int
    end: int
    character: str
    inferred: bool = False


_Around = tuple[str, str]
"""What stands before and behind a passage."""

_Reader = Callable[[str, int], _Read | None]
"""Reads the character that begins at a place of a passage."""


def is_chinese(text: str) -> bool:
    """Whether every character is Chinese and the whole is ordinary, not a chance decoding."""
    if not all(map(_PLAIN.match, text)):
        return False
    told = [character for character in text if not "０" <= character <= "ｚ"]
    return bool(told) and sum(map(rarity, told)) / len(told) >= ORDINARY


def restore_western_mojibake(document: DraftText) -> RuleResult:
    """Runs of Western letters that are Chinese in GBK or UTF-8, read again."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    for passage in _PASSAGE.finditer(document.text):
        start, end = passage.span()
        if not (_SEVERAL.search(passage[0]) and _LETTER.search(passage[0])):
            continue
        if document.is_protected(start):
            continue
        if not document.draft.effort.spend(PASSAGE_STEPS * len(passage[0])):
            doubts.append(TextDoubt(start, end, OPEN))
            continue
        around = document.text[max(0, start - NEAR) : start], document.text[end : end + NEAR]
        for run in _runs(passage[0], around):
            _settle(run, start, document.text, edits, doubts)
    return RuleResult(tuple(edits), (*doubts, *_remains(document.text, edits)))


def _remains(text: str, edits: Sequence[Edit]) -> Iterator[TextDoubt]:
    """Letters that no Western word has side by side, and that say nothing."""
    read = {place for edit in edits for place in range(edit.start, edit.end)}
    for left in _REMAINS.finditer(text):
        known = not read.isdisjoint(range(left.start(), left.end()))
        if not known and not _is_alphabet(left[0]) and left[0].strip(CHINESE_SIGNS):
            yield TextDoubt(left.start(), left.end(), OPEN)


def _settle(
    run: Sequence[_Read], offset: int, text: str, edits: list[Edit], doubts: list[TextDoubt]
) -> None:
    """An edit for each stretch of a run that could be read, a doubt for what could not."""
    for read in run:
        start, end = offset + read.start, offset + read.end
        if not read.character:
            doubts.append(TextDoubt(start, end, OPEN))
            continue
        certainty: Certainty = "likely" if read.inferred else "certain"
        ends = read.inferred and read.character == "、" and text[end : end + 1] in ("", "\n")
        edits.append(Edit(start, end, "。" if ends else read.character, certainty))


def is_utf8(passage: str) -> bool:
    """Whether most Western letters of a passage are bytes of Chinese in UTF-8, some lost."""
    data = passage.translate(_BYTES).encode("latin-1", "replace")
    return 6 * len(_UTF8.findall(data)) >= len(_IS_HIGH.findall(passage))


def reread_whole(passage: str, depth: int = 2) -> str:
    """A passage of Western letters read again as a whole, or '' where its bytes do not fit.

    This is tried first, because it costs next to nothing.
    """
    letters = len(_IS_HIGH.findall(passage))
    if any(map(_is_alphabet, _HIGH_RUN.findall(passage))) or not passage.strip(CHINESE_SIGNS):
        return ""
    try:
        data = passage.translate(_BYTES).encode("latin-1")
    except UnicodeEncodeError:
        return ""
    for encoding, least in (("utf-8", 3), ("gb18030", LEAST_MISREAD)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        said = _ASCII.sub("", text)
        if letters >= least and 2 * len(said) <= letters + 1 and is_chinese(said):
            return text
        if encoding == "utf-8" and depth > 1 and _WESTERN_TEXT.fullmatch(text):
            return reread_whole(text, depth - 1)
    return ""


def _runs(passage: str, around: _Around = ("", "")) -> Iterator[list[_Read]]:
    """Runs of a passage that are Chinese in UTF-8, or where few or none are, in GBK."""
    first = _IS_HIGH.search(passage)
    if first and (whole := reread_whole(passage[first.start() :])):
        yield [_Read(first.start(), len(passage), whole)]
        return
    found = list(_accepted(passage, _utf8_character, least=1, around=around))
    if len(passage) > BY_CHANCE * _covered(found) and not _is_western_utf8(passage):
        others = list(_accepted(passage, _gbk_character, least=2))
        found = others if _covered(others) > BY_CHANCE * _covered(found) else found
    yield from found


def _covered(runs: Iterable[Sequence[_Read]]) -> int:
    """How many letters runs are read from."""
    return sum(run[-1].end - run[0].start for run in runs)


def is_misread(text: str) -> bool:
    """Whether a text of Western letters is Chinese for the most part."""
    letters = _IS_HIGH.findall(text)
    return len(letters) >= LEAST_MISREAD and 2 * _covered(_runs(text)) > len(text)


def _is_western_utf8(passage: str) -> bool:
    """Whether a passage is UTF-8 of a Western language, which is not for this tool to mend."""
    try:
        bytes(map(_high_byte_or_ascii, passage)).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _high_byte_or_ascii(character: str) -> int:
    return ord(character) if character.isascii() else western_byte(character)


def _accepted(
    passage: str, read: _Reader, least: int, around: _Around = ("", "")
) -> Iterator[list[_Read]]:
    """Stretches of a passage in which every character can be read, and is plain Chinese."""
    position = 0
    while found := _IS_HIGH.search(passage, position):
        run = _run(passage, found.start(), read, around)
        if chinese := _as_chinese(passage, run, least):
            yield chinese
            position = run[-1].end
        else:
            position = max(found.end(), (run[-1].end if len(run) > _RETRIED else 0))


_RETRIED = 40
"""Characters of a failed run from which on it is not tried again one letter later."""


def _run(passage: str, start: int, read: _Reader, around: _Around) -> list[_Read]:
    run: list[_Read] = []
    position = start
    while position < len(passage):
        if _ASCII.match(passage, position):
            position += 1
            continue
        character = read(passage, position)
        if character is None:
            break
        run.append(character)
        position = character.end
    before, after = around[0] * (start == 0), around[1] * (position == len(passage))
    return _with_inferred(passage, run, (before, after))


def _as_chinese(passage: str, run: list[_Read], least: int) -> list[_Read]:
    """The run when it is Chinese, if need be read once more as a whole; [] when it is not."""
    text = "".join(read.character for read in run if not read.inferred)
    shown = passage[run[0].start : run[-1].end] if run else ""
    if _is_alphabet(shown) or not shown.strip(CHINESE_SIGNS):
        return []
    if 2 * sum(_ASCII.match(passage, read.end - 1) is not None for read in run) > len(run):
        return []  # letters with accents between plain ones are of some Western language
    if len(text) >= least and is_chinese(text):
        return run
    if run and not text and all(read.character == "”" for read in run):
        return run
    if len(run) > 1 and not text and is_chinese("".join(read.character or "?" for read in run)):
        return run
    if len(text) > 1 and _WESTERN_TEXT.fullmatch(text):
        again = reread_western(_joined(passage, run))
        if again:
            return [_Read(run[0].start, run[-1].end, again)]
    return []


def _is_alphabet(letters: str) -> bool:
    """Whether letters stand in the order of their codes, as a list of them does (ÀÁÂÃ)."""
    return all(ord(following) == ord(one) + 1 for one, following in pairwise(letters))


def _joined(passage: str, run: Sequence[_Read]) -> str:
    """What a run says, with the plain letters and digits between its characters."""
    pieces, position = list[str](), run[0].start
    for read in run:
        pieces += (passage[position : read.start], read.character)
        position = read.end
    return "".join(pieces)


def reread_western(text: str) -> str:
    """The Chinese behind a text of Western letters that is nothing else, or ''."""
    runs = list(_runs(text))
    if len(runs) != 1 or not all(read.character for read in runs[0]):
        return ""
    run = runs[0]
    rest = text[: run[0].start] + _joined(text, run) + text[run[-1].end :]
    return "" if _IS_HIGH.sub("", rest) != rest and _LETTER.search(rest) else rest


def _utf8_character(passage: str, position: int) -> _Read | None:
    """The character whose UTF-8 form begins here; '' when bytes of it vanished."""
    lead = western_byte(passage[position])
    length = 2 if 0xC2 <= lead <= 0xDF else 3 if 0xE0 <= lead <= 0xEF else 0
    if not length:
        return None
    data = bytearray([lead])
    for shown in passage[position + 1 : position + length]:
        byte = 0xA0 if shown == " " else western_byte(shown)  # a no-break space turned plain
        if not (0x80 <= byte <= 0xBF or (shown in _LOST and length == 3)):
            break
        data.append(byte)
    end = position + len(data)
    if len(data) == length and not data.strip(_HIGH_BYTES):
        character = data.decode("utf-8", "ignore")
        if passage[end - 1] != " " or is_frequent(character):
            return _Read(position, end, character)
        data, end = data[:-1], end - 1  # the space is one, and another byte vanished
    return _Read(position, end, "", inferred=True) if length == 3 else None


def _gbk_character(passage: str, position: int) -> _Read | None:
    """The character of the two GBK bytes here; the second may be an ASCII letter."""
    if position + 1 == len(passage):
        return None
    trail = passage[position + 1]
    low = ord(trail) if "@" <= trail <= "~" else western_byte(trail)
    data = bytes((western_byte(passage[position]), low))
    character = data.decode("gb18030", "ignore")
    return _Read(position, position + 2, character) if len(character) == 1 else None


def _with_inferred(passage: str, run: list[_Read], around: _Around) -> list[_Read]:
    """The run with vanished bytes filled in where the neighbors leave one choice."""
    result: list[_Read] = []
    for known, group in groupby(enumerate(run), key=lambda one: bool(one[1].character)):
        places = list(group)
        if known:
            result.extend(read for _, read in places)
            continue
        before = around[0] + "".join(read.character for read in result)
        end = places[-1][0] + 1
        after = "".join(read.character for read in run[end : end + NEAR])
        after += around[1] if end + NEAR > len(run) else ""
        lost = bytes(byte for byte in _VANISHED if chr(byte) not in passage)
        shown = [passage[read.start : read.end] for _, read in places]
        said = _inferred(shown, before, after, lost)
        for (_, read), character in zip(places, said, strict=True):
            result.append(_Read(read.start, read.end, character, True))
    return result


def _inferred(shown: Sequence[str], before: str, after: str, lost: bytes) -> Sequence[str]:
    """The one likely reading of characters of which a byte each vanished, or '' for each."""
    known = [bytes(map(western_byte, letters.replace("\ufffd", "?"))) for letters in shown]
    if all(form == b"\xe2\x80" for form in known):
        return "”" * len(shown)  # 9D is the only one of the vanished bytes that makes a mark
    if mark := _mark(known, before, after):
        return mark
    said = _clear(before[-NEAR:], [_choices(form, lost) for form in known], after)
    if not said and any(b"?" in form for form in known):  # which may have been any byte
        trails = bytes(UTF8_TRAILS)
        said = _clear(before[-NEAR:], [_choices(form, lost, trails) for form in known], after)
    return said or [""] * len(shown)


def _clear(before: str, possible: Sequence[Sequence[str]], after: str) -> str:
    best = ranked(before, possible, after) if all(possible) else []
    return clear_choice(best, before, after, possible)


def _mark(known: Sequence[bytes], before: str, after: str) -> str:
    """A zero beside full-width digits, a closing mark for the one that is open; '' for others."""
    if {form.rstrip(b"?") for form in known} == {b"\xef\xbc"}:
        beside = _WIDE.match(before[-1:]) or _WIDE.match(after)
        return "０" * len(known) if beside else ""
    if [form.rstrip(b"?") for form in known] != [b"\xe3\x80"] or after[:1] not in _STOPS:
        return ""
    open_mark = max("「『", key=before.rfind)
    closing = {"「": "」", "『": "』"}[open_mark]
    return closing if before.rfind(open_mark) > before.rfind(closing) else ""


@cache
def _choices(known: bytes, lost: bytes, shown: bytes = b"") -> tuple[str, ...]:
    """The characters of which bytes vanished, or became `?` (`shown`): one, or both behind the
    first."""
    gone = [bytes((byte,)) for byte in lost]
    marked = [bytes((byte,)) for byte in shown or lost]
    forms = {known}
    while any(b"?" in form for form in forms):
        forms = {form.replace(b"?", byte, 1) for form in forms for byte in marked}
    while forms and len(next(iter(forms))) < 3:
        forms = {form[:at] + byte + form[at:] for form in forms for byte in gone for at in (1, 2)}
    found = (form.decode("utf-8", "ignore") for form in forms)
    return tuple(sorted(c for c in found if is_chinese(c) and not is_traditional(c)))


@cache
def western_byte(character: str) -> int:
    """The byte that CP1252 or Latin-1 shows as this character; 0 when there is none."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return character.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
    return 0
