"""Chinese that was read as Western letters: take the bytes back, decode with the right encoding.

UTF-8 or GBK read as Latin-1 or CP1252 (ä½ å¥½, ÄãºÃ), also twice over. A run is accepted only
when its bytes fit and the outcome is plain, ordinary Chinese, so that no Western text is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from casebook.repair.bytes.decoder import NEAR, decode_within
from casebook.repair.bytes.settling import OPEN, changes, settle
from casebook.repair.bytes.text_model import TextModel, model_of
from casebook.repair.bytes.utf8_channel import UTF8_FORM
from casebook.repair.bytes.western_channel import (
    WESTERN,
    Form,
    WesternUtf8,
    form_at,
    western_byte,
)
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN, rarity
from casebook.text.language import likelihood
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import around

_IS_HIGH = re.compile(f"[{WESTERN}]")
_HIGH_RUN = re.compile(f"[{WESTERN}]{{4,}}")
_PASSAGE = re.compile(f"[{WESTERN}][{WESTERN}\u0020-\u007e\ufffd]*")
_LETTER = re.compile("[\u00a1-\u00ff\u0152-\u0192]")
_SECOND = "[\u00a1-\u00bf?\ufffd]{1,2}"
_PAIR = f"[\u00c0-\u00ff]{_SECOND}"
_REMAINS = re.compile(
    f"[\u00c0-\u00ff](?:[\u00c0-\u00ff]{{3,}}|{_SECOND}(?:{_PAIR}){{2,}}|(?<=[{HAN}].){_SECOND}(?:{_PAIR})+)"
)
_SEVERAL = lazy_pattern(f"[{WESTERN}][{WESTERN}?\ufffd ][{WESTERN}?\ufffd ]?")
_PLAIN = lazy_pattern(
    f"[{HAN}，。、；：？！“”‘’（）《》〈〉「」『』【】［］—…·．～％＋－０-９Ａ-Ｚａ-ｚ○×\u3000]"
)
_ASCII = re.compile("[\u0020-\u007e]")
_WESTERN_TEXT = re.compile(f"[{WESTERN}\u0020-\u007e]+")

ORDINARY = -9.5
"""Mean rough log frequency that characters of a re-read run must reach: level 1 of GB 2312."""

LIKELY = -8.0
"""Mean log likelihood of a character after the one before that a doubtful outcome must reach."""

LEAST_MISREAD = 6
"""Western letters in a row that are known for Chinese by themselves."""

BY_CHANCE = 3
"""How many times more letters must be Chinese in GBK than in UTF-8, which some are by chance."""

CHINESE_SIGNS = "×÷·°±§¥“”‘’—–…•‰©®«» "
"""Western signs that stand in Chinese text: by themselves they are no damage (×× for a name)."""

PASSAGE_STEPS = 8
"""Effort of reading a letter of a passage, in steps of the search."""

_BYTES = {
    ord(character): byte
    for byte in range(0x80, 0xA0)
    if (character := bytes((byte,)).decode("cp1252", "ignore"))
}
"""The bytes of letters that only CP1252 has."""

_Reader = Callable[[str, int, int], Form | None]
"""Reads the form of a character that begins at a place, and ends before another one."""

_RETRIED = 40
"""Characters of a failed run from which on it is not tried again one letter later."""


def is_chinese(text: str) -> bool:
    """Whether every character is Chinese and the whole is ordinary, not a chance decoding."""
    if not all(map(_PLAIN.match, text)):
        return False
    told = [character for character in text if not "０" <= character <= "ｚ"]
    return bool(told) and sum(map(rarity, told)) / len(told) >= ORDINARY


def is_likely(text: str) -> bool:
    """Whether the characters of a text follow one another as they do in Chinese."""
    return sum(map(likelihood, " " + text, text)) >= LIKELY * len(text)


def restore_western_mojibake(document: DraftText) -> RuleResult:
    """Runs of Western letters that are Chinese in GBK or UTF-8, read again."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    model: TextModel | None = None
    for passage in _passages(document):
        start, end = passage.span()
        if not (_SEVERAL.search(passage[0]) and _LETTER.search(passage[0])):
            continue
        if document.is_protected(start):
            continue
        if not document.draft.effort.spend(PASSAGE_STEPS * len(passage[0])):
            doubts.append(TextDoubt(start, end, OPEN))
            continue
        for run in _runs(document.text, start, end):
            if all(form.text for form in run):
                edits += (Edit(form.start, form.end, form.text) for form in run)
                continue
            model = model or model_of(_known(document.text), document.draft.effort)
            _infer(run, document.text, model, edits, doubts)
    return RuleResult(tuple(edits), (*doubts, *_remains(document, edits)))


def _passages(document: DraftText) -> Iterator[re.Match[str]]:
    """Passages of Western letters in the lines that have any that is no mark of Chinese."""
    lines = document.lines_of(_LETTER)
    return (passage for line in lines for passage in _PASSAGE.finditer(document.text, *line))


def _known(text: str) -> str:
    """A text with what its whole forms say."""
    return text + text.translate(_BYTES).encode("latin-1", "ignore").decode("utf-8", "ignore")


def _infer(
    run: Sequence[Form], text: str, model: TextModel, edits: list[Edit], doubts: list[TextDoubt]
) -> None:
    """Edits and doubts for a run that has forms with lost bytes.

    Where no form is whole, all must be read, and a single one without doubt.
    """
    start, end = run[0].start, run[-1].end
    read = decode_within(WesternUtf8(text, run), text, start, end, model)
    if not read:
        doubts.append(TextDoubt(start, end, OPEN))
    settled = settle(read, model, *around(text, start, end, NEAR))
    found, unsure = changes([one for one in settled if one.character.again])
    open_places = sum(one.is_open for one in settled)
    if not any(form.text for form in run) and (open_places or len(unsure) == len(run) == 1):
        return
    edits += found
    doubts += unsure


def _remains(document: DraftText, edits: Sequence[Edit]) -> Iterator[TextDoubt]:
    """Letters that no Western word has side by side, and that say nothing."""
    read = {place for edit in edits for place in range(edit.start, edit.end)}
    for left in document.search(_REMAINS):
        known = not read.isdisjoint(range(left.start(), left.end()))
        if not known and not _is_alphabet(left[0]) and left[0].strip(CHINESE_SIGNS):
            yield TextDoubt(left.start(), left.end(), OPEN)


def is_utf8(passage: str) -> bool:
    """Whether most Western letters of a passage are bytes of Chinese in UTF-8, some lost."""
    data = passage.translate(_BYTES).encode("latin-1", "replace")
    return 6 * len(UTF8_FORM.findall(data)) >= len(_IS_HIGH.findall(passage))


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


def _runs(text: str, start: int, end: int) -> Iterator[list[Form]]:
    """Runs of a passage that are Chinese in UTF-8, or where few or none are, in GBK."""
    first = _IS_HIGH.search(text, start, end)
    if first and (whole := reread_whole(text[first.start() : end])):
        yield [Form(first.start(), end, whole)]
        return
    found = list(_accepted(text, start, end, form_at, least=1))
    letters = end - start
    if letters > BY_CHANCE * _covered(found) and not _is_western_utf8(text[start:end]):
        others = list(_accepted(text, start, end, _gbk_form, least=2))
        found = others if _covered(others) > BY_CHANCE * _covered(found) else found
    yield from found


def _covered(runs: Iterable[Sequence[Form]]) -> int:
    """How many letters runs are read from."""
    return sum(run[-1].end - run[0].start for run in runs if any(form.text for form in run))


def is_misread(text: str) -> bool:
    """Whether a text of Western letters is Chinese for the most part."""
    letters = _IS_HIGH.findall(text)
    return len(letters) >= LEAST_MISREAD and 2 * _covered(_runs(text, 0, len(text))) > len(text)


def _is_western_utf8(passage: str) -> bool:
    """Whether a passage is UTF-8 of a Western language, which is not for this tool to mend."""
    try:
        bytes(map(western_byte, passage)).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _accepted(text: str, start: int, end: int, read: _Reader, least: int) -> Iterator[list[Form]]:
    """Stretches of a passage in which every character has a form, and is plain Chinese."""
    position = start
    while found := _IS_HIGH.search(text, position, end):
        run = _run(text, found.start(), end, read)
        if chinese := _as_chinese(text, run, least):
            yield chinese
            position = run[-1].end
        else:
            position = max(found.end(), (run[-1].end if len(run) > _RETRIED else 0))


def _run(text: str, start: int, end: int, read: _Reader) -> list[Form]:
    run: list[Form] = []
    position = start
    while position < end:
        if _ASCII.match(text, position):
            position += 1
            continue
        form = read(text, position, end)
        if form is None:
            break
        run.append(form)
        position = form.end
    return run


def _as_chinese(text: str, run: list[Form], least: int) -> list[Form]:
    """The run when it is Chinese, if need be read once more as a whole; [] when it is not."""
    shown = text[run[0].start : run[-1].end] if run else ""
    if _is_alphabet(shown) or not shown.strip(CHINESE_SIGNS):
        return []
    if 2 * sum(text[form.end - 1].isascii() for form in run) > len(run):
        return []  # letters with accents between plain ones are of some Western language
    said = "".join(form.text for form in run)
    if len(said) >= least and is_chinese(said) and (len(said) != least > 1 or is_likely(said)):
        return run
    if not said and all(form.end - form.start > 1 for form in run):
        return run
    if len(said) > 1 and _WESTERN_TEXT.fullmatch(said):
        again = reread_western(_joined(text, run))
        if again:
            return [Form(run[0].start, run[-1].end, again)]
    return []


def _is_alphabet(letters: str) -> bool:
    """Whether letters stand in the order of their codes, as a list of them does (ÀÁÂÃ)."""
    return all(ord(following) == ord(one) + 1 for one, following in pairwise(letters))


def _joined(text: str, run: Sequence[Form]) -> str:
    """What a run says, with the plain letters and digits between its characters."""
    pieces, position = list[str](), run[0].start
    for form in run:
        pieces += (text[position : form.start], form.text)
        position = form.end
    return "".join(pieces)


def reread_western(text: str) -> str:
    """The Chinese behind a text of Western letters that is nothing else, or ''."""
    runs = list(_runs(text, 0, len(text)))
    if len(runs) != 1 or not all(form.text for form in runs[0]):
        return ""
    run = runs[0]
    rest = text[: run[0].start] + _joined(text, run) + text[run[-1].end :]
    return "" if _IS_HIGH.sub("", rest) != rest and _LETTER.search(rest) else rest


def _gbk_form(text: str, place: int, limit: int) -> Form | None:
    """The form of the two GBK bytes here; the second may be an ASCII letter."""
    if place + 1 >= limit:
        return None
    trail = text[place + 1]
    low = ord(trail) if "@" <= trail <= "~" else western_byte(trail)
    said = bytes((western_byte(text[place]), low)).decode("gb18030", "ignore")
    return Form(place, place + 2, said) if len(said) == 1 else None
