"""Fixed terms whose characters a site masked: with pinyin, a letter or asterisks.

A mask is lifted only where what is left completes one fixed term (`terms.yml`); a lone X is a
placeholder, and what other masks hide is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

import yaml

from casebook.repair.characters.spelled_words import spelled_character
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN, HAN_PATTERN, fold_script, fold_text
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.tone_letters import PINYIN_LETTERS, PRINTED_LETTERS, strip_tones
from casebook.text.word_frequencies import frequency

_LONGEST = 9
"""Characters of the longest term: no more units on either side of a mask matter."""

_LETTERS = f"A-Z{PINYIN_LETTERS}{PRINTED_LETTERS}"
_LATIN = re.compile(rf"[{_LETTERS}]+")
_UNIT = re.compile(rf"[{_LETTERS}]+|[{HAN}]")
_LETTER = re.compile(
    rf"(?<=[{HAN}])d(?=中央)|[XxDd](?:(?<![A-Za-z0-9+].)(?=[{HAN}])|(?<=[{HAN}].)(?![A-Za-z0-9]))"
)
_TWICE = re.compile(r"管([XxD])治\1|([XxD])要管\2")
_STARS = re.compile("[*＊]{1,6}")
_MARKS_WITHIN = r"·•・*＊_^|/\\.．\-－~～ \u3000"
_SEPARATOR = re.compile(rf"[{_MARKS_WITHIN}](?=[{HAN}])")
_HEAD = re.compile(rf"(?:[{HAN}][{_MARKS_WITHIN}]?){{0,{_LONGEST}}}[{HAN}]$")
_TAIL = re.compile(rf"(?:[{_MARKS_WITHIN}]?[{HAN}]){{1,{_LONGEST}}}")
_DATE = re.compile(f"[{ONE_TO_TEN}][^{HAN}][{ONE_TO_TEN}]")
"""Numerals of a day with a mark between them (五.四)."""

_SPACING = re.compile("[·•・ \u3000]")
"""Separators that also occur between words: they are removed from longer terms only."""

_AROUND = {*"“”‘’《》·•・"}  # a title with a dot in a word (“廉·政”), a list of characters
_EMPHASIS = re.compile(r"(?<!\*)(\*{1,3})(?=[^\s*])[^*\n]*[^\s*]\1(?!\*)")
_PLACEHOLDER = re.compile("[xX×]+(?:省|市|区|县|镇|乡|街道|村|社区|局|厅|公司|同志|单位|年|月)")
_BRANCHES = ("党支部", "党总支", "党组织")
"""Terms that a placeholder makes too: X支部 is some branch where X区 is some district."""

_NAMED = "._/@-"
"""Marks after a Latin run that make it the name of a file or an address."""

_BEFORE_MEMBERS = ("名", "老", "新", "群众", "产", "全体", "干部", "、", "和", "与")
"""Words before 员 that show that 党员 is meant."""

_MARKS = "，。、；：！？“”（）《》\n"

_TAUGHT, _NEAR = re.compile("[读讀拼注註念音]"), 6
"""Characters of words shortly before pinyin that is meant as pinyin (读作, 拼音), and how near."""


@cache
def _read_terms() -> dict[str, list[str]]:
    path = Path(__file__).with_name("terms.yml")
    table: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: terms.split() for key, terms in table.items()}


@cache
def fixed_terms() -> tuple[str, ...]:
    """The fixed terms, longest first."""
    return tuple(sorted(_read_terms()["terms"], key=lambda term: (-len(term), term)))


@dataclass(frozen=True, slots=True)
class _Slot:
    """Characters [start, end) of a term, which a mask may replace."""

    term: str
    start: int
    end: int


@cache
def _spoken(term: str) -> tuple[str, ...]:
    """The toneless reading of every character of a term."""
    from pypinyin import lazy_pinyin

    return tuple(strip_tones(reading) for reading in lazy_pinyin(term))


@cache
def _by_spelling() -> dict[str, list[_Slot]]:
    """Slots by the toneless pinyin of their characters, those of the longest terms first."""
    slots: dict[str, list[_Slot]] = {}
    for term in fixed_terms():
        for start in range(len(term)):
            for end, spelling in enumerate(accumulate(_spoken(term)[start:]), start + 1):
                slots.setdefault(spelling, []).append(_Slot(term, start, end))
    return slots


def restore_spelled_characters(document: DraftText) -> RuleResult:
    """Restore characters of fixed terms from pinyin (`dang建`, `gong产dang`, `dangjian`)."""
    text, edits, doubts = document.text, list[Edit](), list[TextDoubt]()
    for run in _LATIN.finditer(text):
        if (edits and run.start() < edits[-1].end) or document.is_protected(run.start()):
            continue
        found = _spelled(text, run) or _ordinary(text, run)
        if term := _initials_of(text, run):
            doubts.append(TextDoubt(*run.span(), f"“{run[0]}”可能代替了“{term}”，请对照原文。"))
        elif len(found) == 1:
            edits += found.pop()
        elif found:
            choices = "、".join(sorted({edit.after for option in found for edit in option}))
            doubts.append(TextDoubt(*run.span(), f"“{run[0]}”可能代替了汉字：{choices}。"))
    return RuleResult(tuple(edits), tuple(doubts))


def _initials_of(text: str, run: re.Match[str]) -> str:
    """The term whose initials are a Latin run, if it makes a word with what is around it; or ''."""
    table = dict(zip(*[iter(_read_terms()["initials"])] * 2, strict=True))
    term = table.get(run[0].upper(), "")
    if not term or run[0] not in (run[0].upper(), run[0].lower()):
        return ""
    before, after = text[max(0, run.start() - 2) : run.start()], text[run.end() : run.end() + 2]
    heads = (before[start:] + term for start in range(len(before)))
    tails = (term + after[:end] for end in range(1, len(after) + 1))
    known = any(frequency(word) or word in fixed_terms() for word in (*heads, *tails))
    official = before[-1:] in _read_terms()["offices"] and after in _read_terms()["official"]
    return term if known or official else ""


def _ordinary(text: str, run: re.Match[str]) -> set[tuple[Edit, ...]]:
    """The character of a word of two that the pinyin at `run` replaces, with no space around it."""
    before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
    glued = all(not side or HAN_PATTERN.match(side) or side in _MARKS for side in (before, after))
    taught = _TAUGHT.search(text, max(0, run.start() - _NEAR), run.start())
    said = spelled_character(before, run[0], after) if glued and not taught else ""
    return {(Edit(*run.span(), said, "likely"),)} if said else set()


def _spelled(text: str, run: re.Match[str]) -> set[tuple[Edit, ...]]:
    """Edits of the pinyin at `run` and its neighbors to the longest term that they complete.

    Several where terms of the same length differ.
    """
    slots = _by_spelling().get(strip_tones(run[0].lower()))
    if not slots:
        return set()
    before = _units_before(text, run.start())
    after = _units_after(text, run.end())
    longest, found = 0, set[tuple[Edit, ...]]()
    for slot in slots:
        if len(slot.term) < longest:
            break
        edits = _completed(slot, run, before, after)
        if edits is not None:
            longest = len(slot.term)
            found.add(edits)
    return found


def _units_before(text: str, position: int) -> list[re.Match[str]]:
    """Characters and Latin runs directly before a position, nearest first."""
    units: list[re.Match[str]] = []
    for unit in reversed(list(_UNIT.finditer(text, max(0, position - 8 * _LONGEST), position))):
        if unit.end() != position or len(units) == _LONGEST:
            break
        units.append(unit)
        position = unit.start()
    return units


def _units_after(text: str, position: int) -> list[re.Match[str]]:
    """Characters and Latin runs directly after a position, nearest first."""
    units: list[re.Match[str]] = []
    while len(units) < _LONGEST and (unit := _UNIT.match(text, position)):
        units.append(unit)
        position = unit.end()
    return units


def _completed(
    slot: _Slot, run: re.Match[str], before: list[re.Match[str]], after: list[re.Match[str]]
) -> tuple[Edit, ...] | None:
    """Edits that turn the units around `run` into the term; None if they are not that term."""
    left = _aligned(slot.term[: slot.start], _spoken(slot.term)[: slot.start], before, -1)
    right = _aligned(slot.term[slot.end :], _spoken(slot.term)[slot.end :], after, 1)
    if left is None or right is None:
        return None
    shown = any(not _LATIN.match(unit[0]) for unit, _ in left + right)
    glued = any(not _LATIN.match(unit[0]) for unit in before[:1] + after[:1])
    named = run.string[run.end() : run.end() + 1] in _NAMED and run.end() < len(run.string)
    if not shown and not (glued and not named and slot.term in _read_terms()["spelled"]):
        return None
    pairs = [*left, (run, slot.term[slot.start : slot.end]), *right]
    edits = (Edit(*unit.span(), said) for unit, said in pairs if _LATIN.match(unit[0]))
    return tuple(sorted(edits, key=lambda edit: edit.start))


def _aligned(
    part: str, spoken: tuple[str, ...], units: list[re.Match[str]], step: int
) -> list[tuple[re.Match[str], str]] | None:
    """Each unit with the characters of `part` that it shows or spells; None when one differs."""
    pairs: list[tuple[re.Match[str], str]] = []
    place = 0 if step > 0 else len(part)
    for unit in units:
        if place == (len(part) if step > 0 else 0):
            break
        taken = _taken(part, spoken, place, step, unit[0])
        if not taken:
            return None
        low, high = sorted((place, place + step * taken))
        pairs.append((unit, part[low:high]))
        place += step * taken
    return pairs if place == (len(part) if step > 0 else 0) else None


def _taken(part: str, spoken: tuple[str, ...], place: int, step: int, shown: str) -> int:
    """How many characters of `part` from `place` on a unit shows or spells; 0 for none."""
    if not _LATIN.match(shown):
        return int(part[place if step > 0 else place - 1] == fold_script(shown))
    for count in range(1, len(part) + 1):
        low, high = sorted((place, place + step * count))
        if low < 0 or high > len(part):
            continue
        if "".join(spoken[low:high]) == strip_tones(shown.lower()):
            return count
    return 0


def restore_masked_characters(document: DraftText) -> RuleResult:
    """Restore 党 from a letter, and characters from asterisks, in fixed terms (X建, 中***央)."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    emphasis = {place for pair in _EMPHASIS.finditer(document.text) for place in _ends(pair)}
    letters = list(_LETTER.finditer(document.text))
    placeholders = bool(letters) and _PLACEHOLDER.search(document.text) is not None
    terms = {mask: _lettered(document.text, mask) for mask in letters}
    settled = {mask[0] for mask, term in terms.items() if term and term not in _BRANCHES}
    for mask, term in terms.items():
        known = term or (_settled(document.text, mask) if mask[0] in settled else "")
        if placeholders and (term in _BRANCHES or (known and not term)):
            doubts.append(TextDoubt(*mask.span(), f"“{mask[0]}”可能是占位，也可能代替了“党”。"))
        elif known and not document.is_protected(mask.start()):
            certain = term and mask[0] in "Xx"
            edits.append(Edit(*mask.span(), "党", "certain" if certain else "likely"))
    for mask in _STARS.finditer(document.text):
        hidden = _hidden_by_stars(document.text, mask)
        emphasized = mask.start() in emphasis and hidden != {""}
        if emphasized or document.is_protected(mask.start()):
            continue
        if len(hidden) == 1:
            said = hidden.pop()
            edits.append(Edit(*mask.span(), said, "likely" if said else "certain"))
        elif _is_between(document.text, mask):
            doubts.append(TextDoubt(*mask.span(), "星号代替了文字，看不出是什么，请对照原文补上。"))
    edits += _join_edits(document, edits)
    return RuleResult(tuple(sorted(edits, key=lambda edit: edit.start)), tuple(doubts))


def _ends(pair: re.Match[str]) -> tuple[int, int]:
    return pair.start(), pair.end() - len(pair[1])


def _is_between(text: str, mask: re.Match[str]) -> bool:
    """Whether asterisks are within a sentence, where no list or footnote has them."""
    before, after = text[mask.start() - 1 : mask.start()], text[mask.end() : mask.end() + 1]
    sides = re.fullmatch(f"[{HAN}，、：“（]", before), re.fullmatch(f"[{HAN}，、。”）]", after)
    return len(mask[0]) > 1 and all(sides)


def _lettered(text: str, mask: re.Match[str]) -> str:
    """The longest term in which the letter can be 党, or ''."""
    around = fold_text(text[max(0, mask.start() - _LONGEST) : mask.start()])
    after = fold_text(text[mask.end() : mask.end() + _LONGEST])
    if _TWICE.search(text, max(0, mask.start() - 3), mask.end() + 3):
        return "管党治党"
    fits = [
        term
        for term, head, tail in _around_letter()
        if around.endswith(head) and after.startswith(tail)
    ]
    term = max(fits, key=len, default="")
    rest = term.partition("党")[2]
    longer = frequency(after[: len(rest) + 1]) if len(after) > len(rest) else 0
    if rest and longer > frequency(after[len(rest) : len(rest) + 2]):
        return ""  # X组织者 is some organizer, X建设 a name; but X建工作 goes on with 工作
    if rest and _is_one_of_several(text, rest[0]):
        return ""  # next to A and B, X is one of several
    if term == "党员" and not around.endswith(_BEFORE_MEMBERS):
        return ""  # X员 may be somebody else's
    return term


@lru_cache(maxsize=64)
def _is_one_of_several(text: str, following: str) -> bool:
    return re.search(f"[A-CYZ]{following}", text) is not None


def _settled(text: str, mask: re.Match[str]) -> str:
    """The word that a letter that is 党 elsewhere in the text makes here, or ''."""
    after = fold_text(text[mask.end() : mask.end() + _LONGEST])
    fits = (word for word in _read_terms()["settled"] if after.startswith(word[1:]))
    return max(fits, key=len, default="")


@cache
def _around_letter() -> tuple[tuple[str, str, str], ...]:
    """Terms with their characters before and after 党."""
    return tuple((term, *term.split("党", 1)) for term in _read_terms()["lettered"])  # type: ignore[misc]


@cache
def _slots_by_neighbors() -> dict[tuple[str, str], list[_Slot]]:
    """Slots that asterisks may fill or split, by the characters directly before and after."""
    slots: dict[tuple[str, str], list[_Slot]] = {}
    for term in fixed_terms():
        for start in range(len(term)):
            for end in range(start, len(term) + 1):
                left, right = term[:start], term[end:]
                shown = len(left + right)
                enough = shown > 1 and (left and right if start == end else shown > end - start)
                if enough and (start == end or len(left) > 1 or len(right) > 2 or (left and right)):
                    key = (left[-1:], right[:1])
                    slots.setdefault(key, []).append(_Slot(term, start, end))
    return slots


def _hidden_by_stars(text: str, mask: re.Match[str]) -> set[str]:
    """What the asterisks hide in the longest term around them ('' where they only split it).

    Prefer "inserted between characters" to "written over a character".
    """
    before = fold_text(text[max(0, mask.start() - _LONGEST) : mask.start()])
    after = fold_text(text[mask.end() : mask.end() + _LONGEST])
    keys = ((before[-1:], after[:1]), ("", after[:1]), (before[-1:], ""))
    shown, hidden = 0, set[str]()
    slots = (slot for key in keys for slot in _slots_by_neighbors().get(key, ()))
    for slot in dict.fromkeys(slots):
        left, right = slot.term[: slot.start], slot.term[slot.end :]
        if slot.end - slot.start > len(mask[0]) or not before.endswith(left):
            continue
        if after.startswith(right) and len(left + right) >= shown:
            hidden = hidden if len(left + right) == shown else set()
            shown = len(left + right)
            hidden.add(slot.term[slot.start : slot.end])
    return {""} if "" in hidden else hidden


def _join_edits(document: DraftText, taken: list[Edit]) -> Iterator[Edit]:
    """Remove marks between the characters of a term (共·产·党, 党-建)."""
    text, places = document.text, {edit.start for edit in taken}
    for found in _SEPARATOR.finditer(text):
        place = found.start()
        pair = fold_text(text[max(0, place - 1) : place] + text[place + 1])
        if pair in _pairs_of_terms() and place not in places and not document.is_protected(place):
            first = max(0, place - 2 * _LONGEST)
            within = _within_term(text[first : place + 2 * _LONGEST], place - first)
            removed = {first + at for at in within} - places
            places |= removed
            yield from (Edit(at, at + 1, "", "likely") for at in removed)


@cache
def _pairs_of_terms() -> frozenset[str]:
    return frozenset(term[i : i + 2] for term in fixed_terms() for i in range(len(term) - 1))


@lru_cache(maxsize=1 << 12)
def _within_term(text: str, place: int) -> tuple[int, ...]:
    """The separators of the longest term that one at `place` is within, or none."""
    head, tail = _HEAD.search(text, 0, place), _TAIL.match(text, place)
    if not head or not tail:
        return ()
    kept = [i for i in range(head.start(), tail.end()) if not _SEPARATOR.match(text, i)]
    shown = fold_text("".join(text[i] for i in kept))
    before = sum(i < place for i in kept)
    for term in fixed_terms():
        at = shown.find(term, max(0, before - len(term) + 1), before + len(term) - 1)
        first, last = (kept[at], kept[at + len(term) - 1]) if at >= 0 else (0, 0)
        removed = tuple(i for i in range(first, last) if i not in kept)
        quoted = {text[first - 1 : first], text[last + 1 : last + 2]} & _AROUND
        if removed and _is_mask(term, text[first : last + 1], len(removed), bool(quoted)):
            return removed
    return ()


def _is_mask(term: str, shown: str, count: int, quoted: bool) -> bool:
    """Whether separators mask a term: they divide no whole words, nor do they list characters."""
    if _DATE.search(shown):
        return False
    if _SPACING.search(shown):
        return count == len(term) - 1 > (" " in shown or "\u3000" in shown or quoted)
    pieces = _SEPARATOR.split(shown)
    return term not in _read_terms()["listed"] and any(len(piece) < 2 for piece in pieces)
