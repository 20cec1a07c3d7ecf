"""Toneless pinyin: which pairs of Chinese characters of the library a pair of syllables spells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from pypinyin import Style, pinyin
from pypinyin.phrases_dict import phrases_dict

from casebook.search.packing import deflate_json, script
from casebook.search.postings import Postings, is_chinese, pair_texts
from casebook.text.tone_letters import strip_tones
from casebook.text.word_frequencies import count_word

MOST_PAIRS = 6
"""Pairs of characters kept for a pair of syllables, those with the most postings."""

MOST_TIMES_RARER = 20
"""How many times rarer than the most frequent a kept pair may be."""

WORD_WEIGHT = 10
"""How many times as much as chance neighbors a pair counts that is a known word."""

LEAST_OTHER_COUNT = 5
"""How often the dictionary counts a word that the library lacks to be taken for what was meant."""

COMMON_SHARE = 0.1
"""The share of a character's words that a reading must have to count for pairs that are none."""


@cache
def list_toneless_readings(character: str) -> tuple[str, ...]:
    """The toneless readings of a character, ü as v; none of what is not Chinese."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()


@cache
def syllables() -> tuple[str, ...]:
    """Every toneless syllable of the characters of GB 2312."""
    found = {reading for c in _gb2312() for reading in list_toneless_readings(c)}
    return tuple(sorted(s for s in found if s.isascii() and s.isalpha()))


@cache
def _gb2312() -> frozenset[str]:
    """The Chinese characters of GB 2312."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", "ignore") for code in codes) - {""}


def pinyin_files(postings: Postings) -> dict[str, bytes]:
    """Which characters each syllable spells, and a file for each syllable: the syllables that
    follow it, each with the pairs of characters in the library that both spell.

    The most frequent come first. Of pairs that sound alike those far rarer than the first are
    chance neighbors, mostly; they stand after a slash, those that are words first. After another
    slash stand words that the library lacks.
    """
    sounds = _sounds(postings)
    table: dict[str, dict[str, _SoundAlikes]] = {syllable: {} for syllable in sounds}
    for pair, count, is_word in _pairs(postings):
        for left, right in usual_readings(pair):
            if left in table and right in table:
                table[left].setdefault(right, _SoundAlikes(count)).add(pair, count, is_word)
    for word, (left, right) in _list_other_words(postings):
        if left in table and right in table:
            table[left].setdefault(right, _SoundAlikes(0)).others += word
    files = {
        "sounds": script("sounds", deflate_json(sounds)),
        "readings": script("readings", deflate_json(_usual_sounds(sounds))),
    }
    for left, found in table.items():
        text = "".join(right + alike.text() for right, alike in found.items())
        files[f"y-{left}"] = script(f"y-{left}", deflate_json(text))
    return files


@dataclass(slots=True)
class _SoundAlikes:
    """Pairs of one sound: those nearly as frequent as the first, rare ones, words of no text."""

    most: int
    usual: str = ""
    rare: str = ""
    others: str = ""

    def add(self, pair: str, count: int, is_word: bool) -> None:
        """Keep a pair, which is no more frequent than those before it; of rare ones words first."""
        if count * MOST_TIMES_RARER >= self.most:
            if len(self.usual) < 2 * MOST_PAIRS:
                self.usual += pair
        elif is_word or len(self.rare) < 2 * MOST_PAIRS:
            kept = pair + self.rare if is_word else self.rare + pair
            self.rare = kept[: 2 * MOST_PAIRS]

    def text(self) -> str:
        """As the file writes them."""
        return f"{self.usual}/{self.rare}/{self.others}".rstrip("/")


@cache
def _words() -> dict[str, tuple[str, str]]:
    """The toneless readings of the words of two characters that pypinyin knows."""
    words = ((word, rows) for word, rows in phrases_dict.items() if len(word) == 2)
    return {word: (strip_tones(rows[0][0]), strip_tones(rows[1][0])) for word, rows in words}


@cache
def _reading_counts() -> dict[str, Counter[str]]:
    """How many known words have each reading of a character, by character."""
    counts: dict[str, Counter[str]] = {}
    for word, both in _words().items():
        for character, reading in zip(word, both, strict=True):
            counts.setdefault(character, Counter())[reading] += 1
    return counts


@cache
def _common_readings(character: str) -> tuple[str, ...]:
    """The readings that a character has in COMMON_SHARE of its words or more; else its first."""
    found = _reading_counts().get(character, Counter())
    common = tuple(r for r, n in found.items() if n >= COMMON_SHARE * found.total())
    return common or list_toneless_readings(character)[:1]


def usual_readings(pair: str) -> list[tuple[str, str]]:
    """How two characters are read as a word (重庆 chong qing), or each by itself."""
    if word := _words().get(pair):
        return [word]
    return list(product(_common_readings(pair[0]), _common_readings(pair[1])))


def first_letters(text: str) -> str:
    """The first letters of the readings of Chinese characters, as people read them: words of two
    characters by the dictionary, others by what each is usually read."""
    letters, at = "", 0
    while at < len(text):
        word = _words().get(text[at : at + 2]) or (_usual_reading(text[at]),)
        letters += "".join(reading[:1] for reading in word)
        at += len(word)
    return letters


@cache
def _usual_reading(character: str) -> str:
    """The reading that most words have of a character; else its first, '' for none."""
    if counted := _reading_counts().get(character):
        return counted.most_common(1)[0][0]
    return next(iter(list_toneless_readings(character)), "")


def _chinese(postings: Postings) -> list[int]:
    """The Chinese characters of the library, ascending."""
    codes = np.union1d(postings.first, postings.second)
    found: list[int] = codes[is_chinese(codes)].tolist()
    return found


def _sounds(postings: Postings) -> dict[str, str]:
    """Every syllable, to the characters of the library that it spells."""
    sounds = dict.fromkeys(syllables(), "")
    for character in map(chr, _chinese(postings)):
        for reading in dict.fromkeys(
            (*list_toneless_readings(character), *_reading_counts().get(character, ()))
        ):
            if reading in sounds:
                sounds[reading] += character
    return sounds


def _usual_sounds(sounds: Mapping[str, str]) -> dict[str, str]:
    """Every syllable, to the characters of GB 2312 and of the library that are usually read so: one
    typed in the place of another that sounds alike may stand nowhere."""
    usual = dict.fromkeys(sounds, "")
    for character in sorted(_gb2312().union(*sounds.values())):
        for reading in _common_readings(character):
            if reading in usual:
                usual[reading] += character
    return usual


def _list_other_words(postings: Postings) -> Iterator[tuple[str, tuple[str, str]]]:
    """Words of two characters that the library lacks, with their readings: what somebody typed and
    meant. Rare ones are left out."""
    here = np.flatnonzero(is_chinese(postings.first) & is_chinese(postings.second))
    present = set(pair_texts(postings.first[here], postings.second[here]))
    for word, reading in _words().items():
        if word not in present and count_word(word) >= LEAST_OTHER_COUNT:
            yield word, reading


def _pairs(postings: Postings) -> Iterator[tuple[str, int, bool]]:
    """Pairs of Chinese characters that have readings, by falling number of postings, and whether
    each is a word of the dictionary; words that have their own reading count WORD_WEIGHT times."""
    spoken = np.zeros(1 << 16, bool)
    spoken[[code for code in _chinese(postings) if list_toneless_readings(chr(code))]] = True
    here = np.flatnonzero(spoken[postings.first] & spoken[postings.second])
    pairs = pair_texts(postings.first[here], postings.second[here])
    known = np.fromiter(map(_words().__contains__, pairs), bool, len(pairs))
    counts = postings.counts[here] * np.where(known, WORD_WEIGHT, 1)
    order = np.argsort(-counts, kind="stable")
    texts = [pairs[place] for place in order.tolist()]
    words = postings.words[here][order].tolist()
    yield from zip(texts, counts[order].tolist(), words, strict=True)
