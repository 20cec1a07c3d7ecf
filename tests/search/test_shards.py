"""Shards, read back by the words of the specification, hold each pair that a text holds."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from casebook.model import Block, Case
from casebook.search import shards as module
from casebook.search.collection import collect, index_case
from casebook.search.postings import make_postings
from casebook.search.shards import Shards, cut_into_shards
from search_bits import bits_of, read_code

Found = dict[tuple[int, int], list[tuple[int, int, int]]]


def read_list(
    bits: str, at: int, units: int, paired: bool
) -> tuple[list[tuple[int, int, int]], int]:
    """Postings (unit, left, right) from a place on, and the place behind them."""
    count, at = read_code(bits, at, 2)
    order, unit, rows = max(1, units // (2 * count)).bit_length() - 1, 0, []
    for _ in range(count):
        gap, at = read_code(bits, at, order)
        unit += gap
        left = right = 0
        if paired:
            sign = next(s for s in ("1", "01", "001", "000") if bits.startswith(s, at))
            at += len(sign)
            if sign in ("001", "000"):
                left, at = read_code(bits, at, 0)
                left += 1
            if sign in ("01", "000"):
                right, at = read_code(bits, at, 0)
                right += 1
        rows.append((unit, left, right))
    return rows, at


def read_all(shards: Shards, units: int) -> Found:
    """Every list of the index."""
    found: Found = {}
    files = iter(shards.shards)
    for _, divisor in shards.groups:
        for rest in range(divisor):
            bits = bits_of(next(files))
            lists, at = read_code(bits, 0, 0)
            first = second = 0
            for _ in range(lists):
                gap, at = read_code(bits, at, 0)
                step, at = read_code(bits, at, 6)
                first, second = first + gap, step + (0 if gap else second)
                own = second * divisor + rest
                found[first, own], at = read_list(bits, at, units, own > 0)
    for key, words in shards.alone:
        found[key >> 16, key & 0xFFFF], _ = read_list(bits_of(words), 0, units, key & 0xFFFF > 0)
    assert next(files, None) is None
    return found


def expected(texts: list[str]) -> Found:
    """The pairs of texts without breaks, by scanning."""
    found: Found = {}
    for unit, text in enumerate(texts):
        for at, (one, two) in enumerate(pairwise(text)):
            row = (unit, text[:at].count(one), text[: at + 1].count(two))
            found.setdefault((ord(one), ord(two)), []).append(row)
    return found


@pytest.mark.parametrize("small", [False, True])
def test_lists_say_what_a_scan_says(monkeypatch: pytest.MonkeyPatch, small: bool) -> None:
    """Also where groups have many shards, and lists stand alone."""
    if small:
        monkeypatch.setattr(module, "SHARD", 20)
        monkeypatch.setattr(module, "LONG", 40)
    chance = random.Random(2)
    texts = ["".join(chance.choices("党建业务工作", k=chance.randint(1, 40))) for _ in range(120)]
    cases = [Case(f"c{i:03}", "", (Block(1, "", "", text),)) for i, text in enumerate(texts)]
    collection = collect(map(index_case, cases))
    postings = make_postings(collection)
    shards = cut_into_shards(postings)
    found = read_all(shards, 2 * len(cases))
    by_unit = [""] * len(cases) + [case.items[0].text for case in collection.cases]
    assert {k: v for k, v in found.items() if k[1]} == expected(by_unit)
    if small:
        assert len(shards.alone) > 1
        assert max(count for _, count in shards.groups) > 1


def test_a_character_without_a_follower_is_found() -> None:
    """It has a posting of its own in just the units where no pair begins with it."""
    texts = ["党建党", "建党", "党，党", "党员"]
    cases = [Case(f"c{i}", "", (Block(1, "", "", text),)) for i, text in enumerate(texts)]
    postings = make_postings(collect(map(index_case, cases)))
    found = read_all(cut_into_shards(postings), 8)
    assert [unit - 4 for unit, _, _ in found[ord("党"), 0]] == [1, 2]
