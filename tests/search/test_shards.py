"""Shards, read back by the words of the specification, hold each pair that a text holds."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.model import Block, Case
from casebook.search import postings as postings_module
from casebook.search import shards as shards_module
from casebook.search.collection import Collection, collect, index_case
from casebook.search.packing import golomb, pack
from casebook.search.postings import make_postings
from casebook.search.shards import LongList, Shards, encode_lists, make_shards
from search_bits import Rows, read_lists, read_units

Found = dict[tuple[int, int], Rows]


def collection_of(texts: list[str]) -> Collection:
    """Cases of one block each, in the order of the texts."""
    cases = [Case(f"c{i:03}", "", (Block(1, "", "", text),)) for i, text in enumerate(texts)]
    return collect(map(index_case, cases))


def read_all(shards: Shards, units: int) -> Found:
    """Every list of the index; each stands in the shard in which a reader looks for it."""
    found: Found = {}
    files = iter(shards.shards)
    before = -1
    for last, count in shards.groups:
        for number in range(count):
            for (first, second), rows in read_lists(next(files), units):
                assert before < first <= last
                assert second % count == number
                found[first, second] = rows
        before = last
    assert next(files, None) is None
    for each in shards.long:
        found[each.key >> 16, each.key & 0xFFFF] = read_long(each, units)
    return found


def read_long(long: LongList, units: int) -> Rows:
    """The postings of a long list by its shards; its units are those of its postings, but for
    single characters and for pairs that a break follows."""
    counted = read_units(long.units, units, bool(long.key & 0xFFFF))
    rows: dict[str, set[tuple[int, int, int]]] = {}
    for name, shards in (("after", long.after), ("before", long.before)):
        rows[name] = set()
        for number, words in enumerate(shards):
            for (neighbor, one), some in read_lists(words, units):
                assert (neighbor % len(shards), one) == (number, 1)
                assert some == sorted(some)
                rows[name].update(some)
    assert Counter(unit for unit, _, _ in rows["after"]) <= Counter(dict(counted))
    if not long.key & 0xFFFF:
        return [(unit, 0, 0) for unit, _ in counted]
    return sorted((unit, times, -1) for unit, times in counted)


def expected(texts: list[str]) -> Found:
    """The pairs of texts without breaks, by scanning."""
    found: Found = {}
    for unit, text in enumerate(texts, len(texts)):  # as many headings come first
        for at, (one, two) in enumerate(pairwise(text)):
            row = (unit, text[:at].count(one), text[: at + 1].count(two))
            found.setdefault((ord(one), ord(two)), []).append(row)
    return found


@pytest.mark.parametrize("small", [False, True])
def test_lists_say_what_a_scan_says(monkeypatch: pytest.MonkeyPatch, small: bool) -> None:
    """Also where groups have many shards, and lists have files of their own."""
    if small:
        monkeypatch.setattr(shards_module, "SHARD", 20)
        monkeypatch.setattr(shards_module, "LONG", 20)
    chance = random.Random(2)
    texts = ["".join(chance.choices("党建业务工作", k=chance.randint(1, 40))) for _ in range(120)]
    shards = make_shards(make_postings(collection_of(texts)))
    found = read_all(shards, 2 * len(texts))
    known = expected(texts)
    for each in shards.long:
        key = (each.key >> 16, each.key & 0xFFFF)
        units = Counter(unit for unit, _, _ in known[key])
        known[key] = sorted((unit, times, -1) for unit, times in units.items())
        check_neighbors(each, texts, {other.key for other in shards.long})
    assert {k: v for k, v in found.items() if k[1]} == known
    if small:
        assert len(shards.long) > 1
        assert max(count for _, count in shards.groups) > 1


def check_neighbors(long: LongList, texts: list[str], keys: set[int]) -> None:
    """By scanning: the postings of a long list by the character after the pair; by the one before,
    unless the list of that pair is long as well."""
    one, two = chr(long.key >> 16), chr(long.key & 0xFFFF)
    known: dict[str, dict[int, Rows]] = {"after": {}, "before": {}}
    for unit, text in enumerate(texts, len(texts)):
        for at, pair in enumerate(pairwise(text)):
            if pair != (one, two):
                continue
            row = (unit, text[:at].count(one), text[: at + 1].count(two))
            if at + 2 < len(text):
                known["after"].setdefault(ord(text[at + 2]), []).append(row)
            if at and (ord(text[at - 1]) << 16 | ord(one)) not in keys:
                known["before"].setdefault(ord(text[at - 1]), []).append(row)
    for name, shards in (("after", long.after), ("before", long.before)):
        lists = (found for words in shards for found in read_lists(words, 2 * len(texts)))
        assert {neighbor: rows for (neighbor, _), rows in lists} == known[name]


def test_chunks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library folded in many pieces has the lists of one folded at once."""
    chance = random.Random(4)
    texts = ["".join(chance.choices("党建业务工作，", k=chance.randint(0, 40))) for _ in range(90)]
    collection = collection_of(texts)
    whole = read_all(make_shards(make_postings(collection)), 180)
    monkeypatch.setattr("casebook.search.collection.CHUNK", 100)
    assert read_all(make_shards(make_postings(collection)), 180) == whole


def test_a_character_without_a_follower_is_found() -> None:
    """It has a posting of its own in just the units where no pair begins with it."""
    texts = ["党建党", "建党", "党，党", "党员"]
    found = read_all(make_shards(make_postings(collection_of(texts))), 8)
    assert [unit - 4 for unit, _, _ in found[ord("党"), 0]] == [1, 2]


def test_a_frequent_character_has_a_list_of_all_its_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file of its own, so that a query for it alone reads nothing else."""
    monkeypatch.setattr(postings_module, "FREQUENT_POSTINGS", 4)
    texts = ["党建党", "建党", "党，党", "工作"]
    shards = make_shards(make_postings(collection_of(texts)))
    assert [each.key for each in shards.long] == [ord("党") << 16]
    assert [unit - 4 for unit, _, _ in read_all(shards, 8)[ord("党"), 0]] == [0, 1, 2]


def test_units_of_a_lone_character_have_no_file_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many: a reader would take them for all units with the character."""
    monkeypatch.setattr(shards_module, "LONG", 1)
    texts = ["党，"] * 100 + ["党建"]
    shards = make_shards(make_postings(collection_of(texts)))
    assert ord("党") << 16 not in [each.key for each in shards.long]
    assert len(read_all(shards, 202)[ord("党"), 0]) == 100


@given(st.integers(0, 2047), st.integers(0, 2047))
def test_two_ordinals_are_one_number(left: int, right: int) -> None:
    """The highest ones too: a shard of one posting is read back."""
    postings = make_postings(collection_of(["党建"]))
    postings.left[0], postings.right[0] = left, right
    ((_, rows),) = read_lists(encode_lists(postings, np.array([0])), 2)
    assert rows[0] == (1, left, right)


def test_example_of_the_specification() -> None:
    """The example of the format: the shard that holds 党务 alone."""
    numbers = [(1, 0), (0x515A, 0), (0x52A1, 6), (1, 0), (7, 5), (1, 0)]
    words = pack(*(golomb(np.array([number]), order) for number, order in numbers))
    assert dict(read_lists(words, 100)) == {(ord("党"), ord("务")): [(7, 1, 0)]}
