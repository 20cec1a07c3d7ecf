"""Fixed terms whose characters a site masked: with pinyin, a letter or asterisks.

A mask is lifted only where what is left completes one fixed term (`terms.yml`); a lone X is a
placeholder, and what other masks hide is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

from casebook.repair.characters.spelled_words import spelled_character
from casebook.repair.draft_text import DraftText, Finding, TextDoubt
from casebook.repair.edits import Edit, removal
from casebook.text.characters import HAN, HAN_PATTERN, fold_text
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import around
from casebook.text.tone_letters import PINYIN_LETTERS, PRINTED_LETTERS, strip_tones
from casebook.text.word_frequencies import frequency
from casebook.text.word_tables import read_words

_TERMS = Path(__file__).with_name("terms.yml")
_LONGEST, _LONGEST_SPELLED = 9, 54
"""Characters of the longest term, and at most as many letters as its pinyin has."""

_LETTERS = f"A-Z{PINYIN_LETTERS}{PRINTED_LETTERS}"
_LATIN = re.compile(rf"[{_LETTERS}]+")
_LATIN_IN_CHINESE = re.compile(
    rf"[{_LETTERS}](?:(?<=[{HAN}].)[{_LETTERS}]*|(?<![{_LETTERS}].)[{_LETTERS}]*+(?=[{HAN}]))"
)
"""A Latin run next to a Chinese character."""

_BORDER = "(?:(?<![a-z])|(?![a-z]))"
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_LETTER = re.compile(
    rf"[XxDd](?:(?<=[{HAN}]d)(?=中央)|(?<![A-Za-z0-9+].)(?=[{HAN}])|(?<=[{HAN}].)(?![A-Za-z0-9]))"
)
_TWICE = re.compile(r"管([XxD])治\1|([XxD])要管\2")
_STARS = re.compile("[*＊][*＊]{0,5}")
_BEFORE_STARS, _AFTER_STARS = re.compile(f"[{HAN}，、：“（]"), re.compile(f"[{HAN}，、。”）]")
"""What is around asterisks within a sentence, where no list or footnote has them."""

_MARKS_WITHIN = r"·•・*＊_^|/\\.．\-－~～ \u3000"
_SEPARATOR = lazy_pattern(rf"[{_MARKS_WITHIN}](?=[{HAN}])")
_BETWEEN = re.compile(rf"[{_MARKS_WITHIN}](?<=[{HAN}].)(?=[{HAN}])")
_DATE = lazy_pattern(f"[{ONE_TO_TEN}][^{HAN}][{ONE_TO_TEN}]")
"""Numerals of a day with a mark between them (五.四)."""

_SPACING = re.compile("[·•・ \u3000]")
"""Separators that also occur between words: they are removed from longer terms only."""

_AROUND = {*"“”‘’《》·•・"}  # a title with a dot in a word (“廉·政”), a list of characters
_EMPHASIS = re.compile(r"(\*(?<!\*\*)\*{0,2})(?=[^\s*])[^*\n]*[^\s*]\1(?!\*)")
_PLACEHOLDER = re.compile("[xX×]+(?:省|市|区|县|镇|乡|街道|村|社区|局|厅|公司|同志|单位|年|月)")
_BRANCHES = ("党支部", "党总支", "党组织")
"""Terms that a placeholder makes too: X支部 is some branch where X区 is some district."""

_NAMED = "._/@-"
"""Marks after a Latin run that make it the name of a file or an address."""

_BEFORE_MEMBERS = ("名", "老", "新", "群众", "产", "全体", "干部", "、", "和", "与")
"""Words before 员 that show that 党员 is meant."""

_MARKS = "，。、；：！？“”（）《》\n"

_TAUGHT = re.compile("[读讀拼注註念音]")
"""Characters of words shortly before pinyin that is meant as pinyin (读作, 拼音)."""


@cache
def fixed_terms() -> tuple[str, ...]:
    """The fixed terms, longest first."""
    return tuple(sorted(read_words(_TERMS, "terms"), key=lambda term: (-len(term), term)))


@cache
def _spoken(term: str) -> tuple[str, ...]:
    """The toneless reading of every character of a term."""
    from pypinyin import lazy_pinyin

    return tuple(strip_tones(reading) for reading in lazy_pinyin(term))


@cache
def _terms_by_spelling() -> dict[str, dict[str, None]]:
    """Terms by the pinyin of any of their parts, those of each part longest first."""
    found: dict[str, dict[str, None]] = {}
    for term in fixed_terms():
        for start in range(len(term)):
            for spelling in accumulate(_spoken(term)[start:]):
                found.setdefault(spelling, {})[term] = None
    return found


@cache
def _spelling(term: str) -> re.Pattern[str]:
    """A term whose characters are shown or spelled, a group for each; it divides no Latin run."""
    groups = (f"({c}|{reading})" for c, reading in zip(term, _spoken(term), strict=True))
    return re.compile(f"{_BORDER}{''.join(groups)}{_BORDER}")


def restore_spelled_characters(document: DraftText) -> Iterator[Finding]:
    """Restore characters of fixed terms from pinyin (`dang建`, `gong产dang`, `dangjian`)."""
    text, restored = document.text, 0
    for run in document.search(_LATIN_IN_CHINESE):
        if run.start() < restored or document.is_protected(run.start()):
            continue
        found = _spelled(text, run) or _ordinary(text, run)
        if term := _initials_of(text, run):
            yield TextDoubt(*run.span(), f"“{run[0]}”可能代替了“{term}”，请对照原文。")
        elif len(found) == 1:
            edits = found.pop()
            restored = edits[-1].end
            yield from edits
        elif found:
            choices = "、".join(sorted({edit.after for option in found for edit in option}))
            yield TextDoubt(*run.span(), f"“{run[0]}”可能代替了汉字：{choices}。")


def _initials_of(text: str, run: re.Match[str]) -> str:
    """The term whose initials are a Latin run, if it makes a word with what is around it; or ''."""
    listed = read_words(_TERMS, "initials")
    if run[0].upper() not in listed or run[0] not in (run[0].upper(), run[0].lower()):
        return ""
    term = listed[listed.index(run[0].upper()) + 1]
    before, after = around(text, *run.span(), 2)
    heads = (before[start:] + term for start in range(len(before)))
    tails = (term + after[:end] for end in range(1, len(after) + 1))
    known = any(frequency(word) or word in fixed_terms() for word in (*heads, *tails))
    official = after in read_words(_TERMS, "official")
    return term if known or (official and before[-1:] in read_words(_TERMS, "offices")) else ""


def _ordinary(text: str, run: re.Match[str]) -> set[tuple[Edit, ...]]:
    """The character of a word of two that the pinyin at `run` replaces, with no space around it."""
    before, after = around(text, *run.span())
    glued = all(not side or HAN_PATTERN.match(side) or side in _MARKS for side in (before, after))
    taught = _TAUGHT.search(text, max(0, run.start() - _LONGEST), run.start())
    said = spelled_character(before, run[0], after) if glued and not taught else ""
    return {(Edit(*run.span(), said, "likely"),)} if said else set()


def _spelled(text: str, run: re.Match[str]) -> set[tuple[Edit, ...]]:
    """Edits to the longest term that the pinyin at `run` is part of; several if terms differ."""
    before, after = around(text, *run.span())
    terms = _terms_by_spelling().get(_plain(run[0]), ())
    if not terms or not HAN_PATTERN.search(before + after):
        return set()
    first = max(0, run.start() - _LONGEST_SPELLED)
    plain = _plain(fold_text(text[first : run.end() + _LONGEST_SPELLED]))
    place, longest, edits = run.start() - first, 0, set[tuple[Edit, ...]]()
    for term in terms:
        if len(term) < longest:
            break
        # By itself, pinyin must stand for nothing else, and be no name of a file.
        alone = term in read_words(_TERMS, "spelled") and after not in tuple(_NAMED)
        reach = len("".join(_spoken(term)))
        for found in _spelling(term).finditer(plain, max(0, place - reach), place + 2 * reach):
            within = found.start() <= place < found.end()
            if within and (alone or HAN_PATTERN.search(found[0])):
                longest = len(term)
                edits.add(tuple(_respelled(found, term, first)))
    return edits


def _plain(letters: str) -> str:
    return strip_tones(letters.translate(_LOWER))


def _respelled(found: re.Match[str], term: str, offset: int) -> Iterator[Edit]:
    """One edit for each Latin run within a term."""
    for run in _LATIN.finditer(found.string, *found.span()):
        groups = range(1, len(term) + 1)
        said = (term[i - 1] for i in groups if run.start() <= found.start(i) < run.end())
        yield Edit(offset + run.start(), offset + run.end(), "".join(said))


def restore_masked_characters(document: DraftText) -> Iterator[Finding]:
    """Restore 党 from a letter, and characters from asterisks, in fixed terms (X建, 中***央)."""
    found = [*_masks_of_letters(document), *_masks_of_stars(document)]
    yield from found
    yield from _join_edits(document, {one.start for one in found if isinstance(one, Edit)})


def _masks_of_letters(document: DraftText) -> Iterator[Finding]:
    text, letters = document.text, document.search(_LETTER)
    terms = {mask: _lettered(text, mask) for mask in letters}
    placeholders = any(terms.values()) and _PLACEHOLDER.search(text) is not None
    settled = {mask[0] for mask, term in terms.items() if term and term not in _BRANCHES}
    for mask, term in terms.items():
        known = term or (_settled(text, mask) if mask[0] in settled else "")
        if placeholders and (term in _BRANCHES or (known and not term)):
            yield TextDoubt(*mask.span(), f"“{mask[0]}”可能是占位，也可能代替了“党”。")
        elif known:
            yield Edit(*mask.span(), "党", "certain" if term and mask[0] in "Xx" else "likely")


def _masks_of_stars(document: DraftText) -> Iterator[Finding]:
    text = document.text
    pairs = _EMPHASIS.finditer(text) if "*" in text else ()
    emphasis = {at for pair in pairs for at in (pair.start(), pair.end() - len(pair[1]))}
    for mask in document.search(_STARS):
        before, after = map(fold_text, around(text, *mask.span(), _LONGEST))
        hidden = _hidden_between(before, after, len(mask[0]))
        if mask.start() in emphasis and hidden != {""}:
            continue
        if len(hidden) == 1:
            (said,) = hidden
            yield Edit(*mask.span(), said, "likely" if said else "certain")
        elif len(mask[0]) > 1 and _is_between(text, mask):
            yield TextDoubt(*mask.span(), "星号代替了文字，看不出是什么，请对照原文补上。")


def _is_between(text: str, mask: re.Match[str]) -> bool:
    before, after = around(text, *mask.span())
    return bool(_BEFORE_STARS.match(before) and _AFTER_STARS.match(after))


def _lettered(text: str, mask: re.Match[str]) -> str:
    """The longest term in which the letter can be 党, or ''."""
    before, after = map(fold_text, around(text, *mask.span(), _LONGEST))
    if _TWICE.search(text, max(0, mask.start() - 3), mask.end() + 3):
        return "管党治党"
    sides = _around_letter()
    fits = (t for t, head, tail in sides if before.endswith(head) and after.startswith(tail))
    term = max(fits, key=len, default="")
    rest = term.partition("党")[2]
    longer = frequency(after[: len(rest) + 1]) if len(after) > len(rest) else 0
    if rest and longer > frequency(after[len(rest) : len(rest) + 2]):
        return ""  # X组织者 is some organizer, X建设 a name; but X建工作 goes on with 工作
    if rest and _is_one_of_several(text, rest[0]):
        return ""  # next to A and B, X is one of several
    if term == "党员" and not before.endswith(_BEFORE_MEMBERS):
        return ""  # X员 may be somebody else's
    return term


@cache
def _around_letter() -> tuple[tuple[str, str, str], ...]:
    """Terms with their characters before and after 党."""
    parts = ((term, term.partition("党")) for term in read_words(_TERMS, "lettered"))
    return tuple((term, head, tail) for term, (head, _, tail) in parts)


@lru_cache(maxsize=64)
def _is_one_of_several(text: str, following: str) -> bool:
    return re.search(f"[A-CYZ]{following}", text) is not None


def _settled(text: str, mask: re.Match[str]) -> str:
    """The word that a letter that is 党 elsewhere in the text makes here, or ''."""
    after = fold_text(text[mask.end() : mask.end() + _LONGEST])
    fits = (word for word in read_words(_TERMS, "settled") if after.startswith(word[1:]))
    return max(fits, key=len, default="")


@cache
def _parts_of_terms() -> dict[str, dict[str, set[str]]]:
    """What is missing between the first part of terms and the last, which show enough of them."""
    found: dict[str, dict[str, set[str]]] = {}
    for term in fixed_terms():
        for start in range(len(term)):
            for end in range(start, len(term) + 1):
                left, hidden, right = term[:start], term[start:end], term[end:]
                one_sided = hidden and (len(left) > 1 or len(right) > 2)
                if len(left + right) > len(hidden) and ((left and right) or one_sided):
                    found.setdefault(left, {}).setdefault(right, set()).add(hidden)
    return found


@lru_cache(maxsize=1 << 12)
def _hidden_between(before: str, after: str, stars: int) -> frozenset[str]:
    """What the asterisks hide in the longest term around them ('' where they only split it).

    Prefer "inserted between characters" to "written over a character".
    """
    lefts = (before[start:] for start in range(len(before) + 1))
    fits = [
        (len(left) + end, hidden)
        for left in lefts
        if (rights := _parts_of_terms().get(left))
        for end in range(len(after) + 1)
        for hidden in rights.get(after[:end], ())
        if len(hidden) <= stars
    ]
    shown = max((count for count, _ in fits), default=0)
    longest = frozenset(hidden for count, hidden in fits if count == shown)
    return frozenset({""}) if "" in longest else longest


def _join_edits(document: DraftText, taken: set[int]) -> Iterator[Edit]:
    """Remove marks between the characters of a term (共·产·党, 党-建), but those at `taken`."""
    text = document.text
    for found in document.search(_BETWEEN):
        place = found.start()
        pair = fold_text(text[place - 1] + text[place + 1])
        if pair in _pairs_of_terms() and place not in taken and not document.is_protected(place):
            first = max(0, place - 2 * _LONGEST)
            within = _within_term(text[first : place + 2 * _LONGEST], place - first)
            for removed in sorted({first + at for at in within} - taken):
                taken.add(removed)
                yield removal((removed, removed + 1))


@cache
def _pairs_of_terms() -> frozenset[str]:
    return frozenset(term[i : i + 2] for term in fixed_terms() for i in range(len(term) - 1))


@cache
def _separated(term: str) -> re.Pattern[str]:
    """A term with or without marks between its characters."""
    return re.compile(f"[{_MARKS_WITHIN}]?".join(term))


@lru_cache(maxsize=1 << 12)
def _within_term(text: str, place: int) -> tuple[int, ...]:
    """The separators of the longest term that one at `place` is within, or none."""
    folded = fold_text(text)
    for term in fixed_terms():
        for found in _separated(term).finditer(folded):
            removed = tuple(i for i in range(*found.span()) if _SEPARATOR.match(text, i))
            quoted = {text[found.start() - 1 : found.start()], text[found.end() :][:1]} & _AROUND
            if place in removed and _is_mask(found[0], len(removed), bool(quoted)):
                return removed
    return ()


def _is_mask(shown: str, count: int, quoted: bool) -> bool:
    """Whether separators mask a term: they divide no whole words, nor do they list characters."""
    if _DATE.search(shown):
        return False
    if _SPACING.search(shown):
        spaced = " " in shown or "\u3000" in shown
        return count == len(shown) - count - 1 > (spaced or quoted)
    pieces = _SEPARATOR.split(shown)
    is_list = "".join(pieces) in read_words(_TERMS, "listed")
    return not is_list and any(len(piece) < 2 for piece in pieces)
