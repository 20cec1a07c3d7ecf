"""The fingerprint index answers like the SQL join, also from the disk and after updates."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from casebook.dedupe.candidate_pairs import MOST_HOLDERS, find_candidate_pairs
from casebook.dedupe.fingerprint_index import MOST_CANDIDATES, FingerprintIndex
from casebook.dedupe.shingles import fingerprint

CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def _text(rng: random.Random, length: int) -> str:
    return "".join(rng.choices(CHARACTERS, k=length))


def _edited(rng: random.Random, text: str, share: float) -> str:
    return "".join(rng.choice(CHARACTERS) if rng.random() < share else c for c in text)


def _index(texts: list[str]) -> FingerprintIndex:
    return FingerprintIndex.of([fingerprint(text) for text in texts])


def test_the_answers_are_those_of_the_join(tmp_path: Path) -> None:
    """For edited copies, parts, wholes, short texts and strangers; also when read back."""
    rng = random.Random(1)
    known = [_text(rng, length) for length in (40, 300, 900, 2600, 6000) for _ in range(6)]
    _index(known).save(tmp_path)
    index = FingerprintIndex.open(tmp_path)
    for text in [
        *known[::4],
        _text(rng, 1000),
        *(_edited(rng, t, 0.1) for t in known),
        known[-1][:900],
    ]:
        pairs = find_candidate_pairs([*known, text])
        assert set(index.find_candidates(text)) == {a for a, b in pairs if b == len(known)}


def test_a_new_copy_in_a_large_family_is_found() -> None:
    """All of its fingerprints are held by too many; it is still compared with some of them."""
    rng = random.Random(2)
    base = _text(rng, 1500)
    family = [_edited(rng, base, 0.02) for _ in range(3 * MOST_HOLDERS)]
    found = _index([*family, *(_text(rng, 1500) for _ in range(50))]).find_candidates(base)
    assert 0 < len(found) <= MOST_CANDIDATES
    assert max(found) < len(family)


def test_boilerplate_of_many_brings_no_candidate() -> None:
    """A paragraph that 200 texts share is not what a new text is compared for."""
    rng = random.Random(3)
    common = _text(rng, 200)
    index = _index([_text(rng, 2500) + common for _ in range(200)])
    assert index.find_candidates(_text(rng, 2500) + common) == []


def test_an_updated_index_answers_like_a_new_one() -> None:
    """Documents were removed, put in another order, and added."""
    rng = random.Random(4)
    texts = [_text(rng, 500) for _ in range(8)]
    new = [_text(rng, 500), _edited(rng, texts[2], 0.1)]
    remaining = np.array([5, 2, 7], dtype=np.int32)
    updated = _index(texts).update(remaining, [fingerprint(text) for text in new])
    rebuilt = _index([*(texts[n] for n in remaining), *new])
    for text in [*texts, *new]:
        assert updated.find_candidates(text) == rebuilt.find_candidates(text)


def test_an_empty_index_and_an_empty_text() -> None:
    """Nothing is found, nothing fails."""
    assert _index([]).find_candidates("天地玄黄宇宙洪荒") == []
    assert _index(["天地玄黄宇宙洪荒"]).find_candidates("") == []
