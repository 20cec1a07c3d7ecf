"""The files of the index: complete, alike for alike libraries, safe whatever a text says."""

from __future__ import annotations

import pickle
import re
import sqlite3
import zlib
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.model import Block, Case
from casebook.runtime.cache import Store
from casebook.search import FOLDER, merge_entries, search_files
from casebook.search.collection import index_case
from casebook.search.packing import BITS, FIRST, deflated, golomb, pack, pack_bytes, script
from casebook.search.pinyin import readings
from casebook.search.shards import SHARD
from search_bits import bits_of, read_code
from site_library import HOSTILE, make_case

ROLES = {"practice": "做法"}


@given(st.lists(st.tuples(st.integers(0, 2**15), st.integers(0, 15)), min_size=1, max_size=40))
def test_packed_numbers_are_read_back(codes: list[tuple[int, int]]) -> None:
    """Every code is its number; groups begin with a word of their own."""
    numbers, orders = (np.array(column, np.int64) for column in zip(*codes, strict=True))
    starts = np.arange(0, len(codes), 3)
    words, sizes = pack(golomb(numbers, orders), starts)
    assert len(words) == sizes.sum()
    firsts = [0, *accumulate(sizes.tolist())]
    for group, start in enumerate(starts.tolist()):
        bits, at = bits_of(words[firsts[group] :]), 0
        for number, order in codes[start : start + 3]:
            read, at = read_code(bits, at, order)
            assert read == number


def test_example_of_the_specification() -> None:
    """FORMAT.md: 5 of order 1 is 7 (111 in bits): a zero, a one, then 11."""
    words, _ = pack(golomb(np.array([5]), 1), np.array([0]))
    assert bits_of(words)[:4] == "0111"


@given(st.binary(max_size=60))
def test_packed_bytes_are_read_back(data: bytes) -> None:
    """Bytes survive as words of fifteen bits."""
    bits = bits_of(pack_bytes(data))
    assert bytes(int(bits[i : i + 8][::-1], 2) for i in range(0, 8 * len(data), 8)) == data


def test_a_file_is_one_call_with_one_string() -> None:
    """UTF-16 with a byte order mark; no character in the string needs an escape."""
    text = script("p0", np.array([0, 2**BITS - 1], np.uint16)).decode("utf-16")
    assert text == f'cbs("p0","{chr(FIRST)}{chr(FIRST + 2**BITS - 1)}")'


@pytest.mark.parametrize(
    "case",
    [
        make_case(),
        make_case("b", HOSTILE, blocks=(Block(1, HOSTILE, "", HOSTILE),)),
        make_case("c", "𠮷" * 3, blocks=(Block(1, "", "", "\u2028𠮷\ud800"),)),
        make_case("d", "", blocks=(Block(1, ""),)),
    ],
)
def test_any_case_gives_plain_files(case: Case) -> None:
    """Nothing that a text says stands in a file as it is."""
    for name, content in search_files([case], ROLES).items():
        called = re.escape(name.removeprefix(FOLDER).removesuffix(".js"))
        assert re.fullmatch(f'cbs\\("{called}","[\u4e00-\ucdff]*"\\)', content.decode("utf-16"))


def test_an_empty_library_has_an_index() -> None:
    """No case, no list, and the start-up table all the same."""
    files = search_files([], ROLES)
    assert f"{FOLDER}meta.js" in files
    assert f"{FOLDER}p0.js" not in files


def test_files_do_not_depend_on_the_order_of_cases() -> None:
    """The same library gives the same bytes."""
    cases = [make_case("a"), make_case("b", "另一份材料", region="青海省")]
    assert search_files(cases, ROLES) == search_files(cases[::-1], ROLES)


def test_shards_are_small() -> None:
    """Only a list that is longer than a shard makes a shard longer."""
    text = "".join(chr(0x4E00 + (n * n + n // 7) % 3001) for n in range(30_000))
    files = search_files([make_case(blocks=(Block(1, "标题", "", text),))], ROLES)
    sizes = [len(data) for name, data in files.items() if re.search(r"/p\d+\.js$", name)]
    assert len(sizes) > 2
    assert max(sizes) < 2 * SHARD * 1.1


def test_readings_have_no_tones() -> None:
    """A character may have several; what is not Chinese has none."""
    assert set(readings("行")) >= {"xing", "hang"}
    assert "nv" in readings("女")
    assert readings("a") == ()


def test_deflate_is_raw() -> None:
    """The browser's reader knows RFC 1951, without a header around it."""
    bits = bits_of(deflated("经验".encode() * 50))
    data = bytes(int(bits[i : i + 8][::-1].ljust(8, "0"), 2) for i in range(0, len(bits) - 7, 8))
    assert zlib.decompressobj(-15).decompress(data) == "经验".encode() * 50


def test_kept_entries_give_the_same_index() -> None:
    """What a case gives can be kept and merged later, with its themes."""
    cases = [make_case("a"), make_case("b", "另一份材料", region="青海省")]
    themes = {case.id: {block.anchor: ("考核评价",) for block in case.blocks} for case in cases}
    kept = pickle.dumps([index_case(case, themes[case.id]) for case in cases])
    assert merge_entries(pickle.loads(kept), ROLES) == search_files(cases, ROLES, themes)
    assert merge_entries(pickle.loads(kept), ROLES) != search_files(cases, ROLES)


def test_texts_from_a_store_are_those_made_anew(tmp_path: Path) -> None:
    """Before and after a case changed. What the store says is believed, so that the test sees that
    it is read."""
    store = Store(tmp_path / "kept.sqlite")
    cases = [make_case(f"c{n}", f"第{n}个案例的做法") for n in range(3)]
    for library in (cases, cases, [*cases[:2], make_case("c2", "改过的案例")]):
        entries = [index_case(case) for case in library]
        assert merge_entries(entries, ROLES, store) == search_files(library, ROLES)
    with closing(sqlite3.connect(tmp_path / "kept.sqlite")) as kept, kept:
        kept.execute("UPDATE kept SET value = ?, crc = ?", ("一二", zlib.crc32("一二".encode())))
    assert merge_entries(entries, ROLES, store) != search_files(library, ROLES)
