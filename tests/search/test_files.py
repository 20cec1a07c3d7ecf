"""The files of the index: complete, alike for alike libraries, safe whatever a text says."""

from __future__ import annotations

import pickle
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.model import Block, Case
from casebook.search import FOLDER, make_list_files, make_text_files, tables
from casebook.search.collection import CaseEntry, SearchItem, index_case
from casebook.search.packing import BITS, FIRST, as_characters, golomb, pack, pack_bytes, script
from casebook.search.pinyin import list_toneless_readings
from casebook.search.shards import SHARD
from index_files import index_files
from search_bits import bits_of, bytes_of, json_of, numbers_of, read_code
from site_library import HOSTILE, make_case

ROLES = {"practice": "做法"}


@given(st.lists(st.tuples(st.integers(0, 2**23), st.integers(0, 15)), min_size=1, max_size=40))
def test_packed_numbers_are_read_back(codes: list[tuple[int, int]]) -> None:
    """Every code is its number."""
    numbers, orders = (np.array(column, np.int64) for column in zip(*codes, strict=True))
    bits, at = bits_of(pack(golomb(numbers, orders))), 0
    for number, order in codes:
        read, at = read_code(bits, at, order)
        assert read == number
    assert len(bits) - at < BITS


def test_example_of_the_specification() -> None:
    """5 of order 1 is 7 (111 in bits): a zero, a one, then 11."""
    assert bits_of(pack(golomb(np.array([5]), 1)))[:4] == "0111"


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
    for name, content in index_files([case], ROLES).items():
        called = re.escape(name.removeprefix(FOLDER).removesuffix(".js"))
        assert re.fullmatch(f'cbs\\("{called}","[\u4e00-\ucdff]*"\\)', content.decode("utf-16"))


def test_an_empty_library_has_an_index() -> None:
    """No case, no list, and the start-up table all the same."""
    files = index_files([], ROLES)
    assert f"{FOLDER}meta.js" in files
    assert f"{FOLDER}p0.js" not in files


def test_files_do_not_depend_on_the_order_of_cases() -> None:
    """The same library gives the same bytes."""
    cases = [make_case("a"), make_case("b", "另一份材料", region="青海省")]
    assert index_files(cases, ROLES) == index_files(cases[::-1], ROLES)


def test_shards_are_small() -> None:
    """Only a list that is longer than a shard makes a shard longer."""
    text = "".join(chr(0x4E00 + (n * n + n // 7) % 3001) for n in range(30_000))
    files = index_files([make_case(blocks=(Block(1, "标题", "", text),))], ROLES)
    sizes = [len(data) for name, data in files.items() if re.search(r"/p\d+\.js$", name)]
    assert len(sizes) > 2
    assert max(sizes) < 2 * SHARD * 1.3


def test_readings_have_no_tones() -> None:
    """A character may have several; what is not Chinese has none."""
    assert set(list_toneless_readings("行")) >= {"xing", "hang"}
    assert "nv" in list_toneless_readings("女")
    assert list_toneless_readings("a") == ()


def test_kept_entries_give_the_same_index() -> None:
    """What a case gives can be kept and merged later, with its themes."""
    cases = [make_case("a"), make_case("b", "另一份材料", region="青海省")]
    themes = {block.anchor: ("考核评价",) for block in cases[0].blocks}
    entries = [index_case(case, themes) for case in cases]
    kept = pickle.loads(pickle.dumps(entries))
    named = {case.id: themes for case in cases}
    assert make_list_files(kept, ROLES) | make_text_files(kept) == index_files(cases, ROLES, named)


@given(st.text(alphabet="党建，\n\uffff\0𠮷龘\ud800", max_size=30))
def test_every_text_comes_back(text: str) -> None:
    """Surrogates in pairs and alone, the noncharacter; U+0000, which ends a field, is a blank."""
    item = SearchItem("k001", "practice", "题", text, ())
    entry = CaseEntry("a", "名", "经验材料", "XX市", "", "2023", (item,))
    (content,) = make_text_files([entry]).values()
    fields = bytes_of(content).decode("utf-16-le", "surrogatepass").split("\0")
    assert fields[:6] == ["a", "经验材料", "XX市", "", "2023", "名"]
    assert fields[7:] == ["k001", "practice", "题", text.replace("\0", " "), ""]


def test_columns_have_a_value_for_each_case_or_item(monkeypatch: pytest.MonkeyPatch) -> None:
    """In blocks of cases, in the order of the cases."""
    monkeypatch.setattr(tables, "BLOCK", 2)
    cases = [make_case(f"c{n}", region=f"{n % 2}市", date=f"202{n}-05") for n in range(3)]
    files = index_files(cases, ROLES, {"c2": {"k001": ("考核评价", "责任落实")}})
    order = sorted(cases, key=lambda case: (case.region, case.date))
    for block, some in enumerate((order[:2], order[2:])):
        columns = values_of(files[f"{FOLDER}r{block}.js"])
        assert columns["role"] == [each.role for case in some for each in case.blocks]
    facts = values_of(files[f"{FOLDER}f0.js"])
    assert facts["region"] == [case.region for case in order]
    assert facts["year"] == [case.date[:4] for case in order]
    assert facts["has"] == ["data", "data", "data"]
    assert values_of(files[f"{FOLDER}date.js"])["date"] == [case.date for case in order]
    themes = values_of(files[f"{FOLDER}h0.js"])["theme"]
    assert themes.index("考核评价\n责任落实") == 6  # c0 has five items


def values_of(content: bytes) -> dict[str, list[str]]:
    """The values of each column of a file."""
    columns = json_of(content).items()
    return {name: [distinct[n] for n in numbers_of(of)] for name, (distinct, of) in columns}


@given(st.lists(st.integers(0, 999_999)))
def test_numbers_as_characters_are_read_back(numbers: list[int]) -> None:
    """None becomes half of a surrogate pair, which UTF-8 cannot say."""
    assert numbers_of(as_characters(numbers).encode().decode()) == numbers
