"""Texts as codes of phrases: every text comes back, whatever the phrases were chosen by."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.search.folding import units
from casebook.search.huffman import code_lengths, codes_of
from casebook.search.packing import BITS, Words
from casebook.search.phrases import COUNT_ORDER, OTHER, Phrases, choose_phrases
from search_bits import bits_of, read_code

SAMPLE = ["党建引领业务，党建与业务深度融合。" * 20, "考核评价体系、考核结果运用𠮷" * 15]


def decoded(words: Words, phrases: Phrases) -> str:
    """A text read back by the words of the specification."""
    codes = {
        format(code, f"0{width}b")[::-1]: phrase
        for code, width, phrase in zip(
            *(part.tolist() for part in codes_of(np.array(phrases.lengths))),
            phrases.phrases,
            strict=True,
        )
    }
    bits = bits_of(words)
    count, at = read_code(bits, 0, COUNT_ORDER)
    found: list[int] = []
    for _ in range(count):
        end = next(end for end in range(at + 1, at + BITS + 1) if bits[at:end] in codes)
        phrase, at = codes[bits[at:end]], end
        if phrase == OTHER:
            found.append(int(bits[at : at + 16][::-1], 2))
            at += 16
        else:
            found += units(phrase).tolist()
    return np.array(found, np.uint16).tobytes().decode("utf-16-le", "surrogatepass")


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    """The phrases of the sample."""
    return choose_phrases(SAMPLE)


@given(
    st.lists(
        st.text(alphabet="党建业务考核评价，a\uffff\0𠮷龘", max_size=30), min_size=1, max_size=6
    )
)
def test_every_text_comes_back(texts: list[str]) -> None:
    """Known and unknown characters, pairs of code units, the noncharacter itself."""
    phrases = choose_phrases(SAMPLE)
    assert [decoded(words, phrases) for words in phrases.encoded(texts)] == texts


def test_frequent_phrases_are_short(phrases: Phrases) -> None:
    """What stands often is said in few bits, far fewer than 16 a character."""
    (words,) = phrases.encoded([SAMPLE[0]])
    assert len(words) * BITS < 6 * len(SAMPLE[0])
    assert any(len(phrase) > 2 for phrase in phrases.phrases)


def test_no_phrase_holds_half_a_pair(phrases: Phrases) -> None:
    """The table is UTF-8, which has no halves."""
    assert not any(0xD800 <= code < 0xE000 for p in phrases.phrases for code in units(p))


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=80))
def test_code_lengths_make_a_code(counts: list[int]) -> None:
    """Kraft's sum is one, no code is too long, and rarer is never shorter."""
    lengths = code_lengths(counts)
    assert sum(2.0**-length for length in lengths) == pytest.approx(1)
    assert max(lengths) <= BITS


def test_codes_too_long_are_evened() -> None:
    """Counts like Fibonacci's numbers would give one code for each length."""
    counts = [1, 1]
    while len(counts) < 40:
        counts.append(counts[-1] + counts[-2])
    assert max(code_lengths(counts)) <= BITS


def test_table_is_in_the_order_of_the_codes(phrases: Phrases) -> None:
    """By length of code, then of phrase: as the browser numbers them."""
    read = [
        text[at : at + size]
        for row in phrases.table()
        for size, text in enumerate(row, 1)
        for at in range(0, len(text), size)
    ]
    assert tuple(read) == phrases.phrases


def test_a_large_library_is_sampled() -> None:
    """Texts far apart are in the sample alike."""
    chance = random.Random(1)
    texts = ["".join(chr(0x4E00 + chance.randrange(500)) for _ in range(4000)) for _ in range(300)]
    texts[-1] = "结尾处的特别说法" * 500
    assert all(len(p) < 9 for p in choose_phrases(texts).phrases)
