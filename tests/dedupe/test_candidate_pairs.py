"""Candidate pairs: found at any lengths, few among unrelated texts, for families of any size."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from casebook.dedupe.candidate_pairs import MOST_HOLDERS, find_candidate_pairs, join_pairs
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.shingles import SAMPLING, find_hash_limit, fingerprint
from casebook.dedupe.union_find import find_components
from effort import examples

CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def _text(rng: random.Random, length: int) -> str:
    return "".join(rng.choices(CHARACTERS, k=length))


def _edited(rng: random.Random, text: str, share: float) -> str:
    return "".join(rng.choice(CHARACTERS) if rng.random() < share else c for c in text)


@given(st.integers(0, 10**6), st.integers(200, 4000), st.floats(0.25, 1.0))
@examples(25)
def test_a_text_inside_another_is_found(seed: int, length: int, share: float) -> None:
    """A quarter or more of a text, cut from anywhere, is a candidate with the whole."""
    rng = random.Random(seed)
    whole = _text(rng, length)
    start = rng.randrange(length - int(share * length) + 1)
    part = whole[start : start + int(share * length)]
    strangers = [_text(rng, 800) for _ in range(5)]
    assert (0, 1) in find_candidate_pairs([whole, part, *strangers])


def test_a_fifth_of_random_edits_is_found() -> None:
    """20 % of the characters replaced: nearly all pairs are still candidates."""
    rng = random.Random(1)
    texts = [_text(rng, 2600) for _ in range(60)]
    pairs = set(find_candidate_pairs([*texts, *(_edited(rng, text, 0.2) for text in texts)]))
    assert sum((place, place + 60) in pairs for place in range(60)) >= 58


def test_few_texts_are_paired_as_many_are() -> None:
    """Without DuckDB: copies with more and more edits, of any length, find the same partners."""
    rng = random.Random(7)
    texts = [_text(rng, length) for length in (60, 300, 2600)]
    shares = (0.02, 0.1, 0.2, 0.25, 0.3)
    few = [*texts, *(_edited(rng, text, share) for text in texts for share in shares)]
    pairs = find_candidate_pairs(few)
    assert len(few) <= MOST_HOLDERS
    assert len(pairs) > 10
    assert pairs == [tuple(row) for row in join_pairs(few).tolist()]


def test_strangers_are_no_candidates() -> None:
    """Texts without common passages make no pairs."""
    rng = random.Random(2)
    assert find_candidate_pairs([_text(rng, 1000) for _ in range(100)]) == []


def test_other_figures_do_not_hide_a_template() -> None:
    """The same sentences with other numbers are a candidate pair."""
    text = "全年受理网上信访事项1568件，按期答复率为99.2%，群众满意度提高3.6个百分点。"
    other = "全年受理网上信访事项2014件，按期答复率为98.7%，群众满意度提高0.5个百分点。"
    assert find_candidate_pairs([fold_for_comparison(text), fold_for_comparison(other)]) == [(0, 1)]


def test_a_large_family_is_found_whole_at_linear_cost() -> None:
    """Copies beyond the cap of holders are chained: all connected, few pairs."""
    rng = random.Random(3)
    base, count = _text(rng, 1500), 4 * MOST_HOLDERS
    strangers = [_text(rng, 1500) for _ in range(20)]
    pairs = find_candidate_pairs([*(_edited(rng, base, 0.03) for _ in range(count)), *strangers])
    assert [len(group) for group in find_components(pairs)] == [count]
    assert len(pairs) < 8 * count


def test_equal_texts_are_found_however_short() -> None:
    """Even a text shorter than a shingle; empty texts are no pair."""
    assert find_candidate_pairs(["同意", "", "党建", "同意", ""]) == [(0, 3)]


def test_boilerplate_of_many_texts_makes_no_pairs() -> None:
    """A paragraph that all of 200 otherwise different texts share does not join all with all."""
    rng = random.Random(4)
    common = _text(rng, 250)
    pairs = find_candidate_pairs([_text(rng, 2000) + common for _ in range(200)])
    assert len(pairs) < 400


def test_pairs_do_not_depend_on_the_order() -> None:
    """The same texts in another order give the same pairs."""
    rng = random.Random(5)
    texts = [_text(rng, 700) for _ in range(30)]
    texts += [_edited(rng, text, 0.1) for text in texts]
    order = rng.sample(range(len(texts)), len(texts))
    moved = find_candidate_pairs([texts[place] for place in order])
    assert _named(moved, order) == _named(find_candidate_pairs(texts), range(len(texts)))


def _named(pairs: Sequence[tuple[int, int]], order: Sequence[int]) -> set[frozenset[int]]:
    return {frozenset((order[a], order[b])) for a, b in pairs}


def test_a_short_text_keeps_a_denser_fingerprint() -> None:
    """A long text keeps one hash in sixteen, a short one enough; all below their bound."""
    rng = random.Random(6)
    for length, expected in ((5000, SAMPLING), (100, 1)):
        hashes, sampling = fingerprint(_text(rng, length))
        assert sampling == expected
        assert len(hashes) >= 64
        assert hashes.max() < find_hash_limit(sampling)
