"""Readings of pairs: words as a dictionary has them, other pairs as their characters are read."""

from __future__ import annotations

import re

import pytest
from pypinyin.phrases_dict import phrases_dict

from casebook.model import Block, Case
from casebook.search.pinyin import syllables, usual_readings
from index_files import index_files
from search_bits import json_of


@pytest.mark.parametrize(
    ("pair", "reading"),
    [
        ("重庆", ("chong", "qing")),
        ("重点", ("zhong", "dian")),
        ("银行", ("yin", "hang")),
        ("行人", ("xing", "ren")),
        ("长效", ("chang", "xiao")),
        ("党建", ("dang", "jian")),
        ("绿色", ("lv", "se")),
    ],
)
def test_a_pair_is_read_as_people_read_it(pair: str, reading: tuple[str, str]) -> None:
    """Polyphones by the word, where it is one."""
    assert reading in usual_readings(pair)


def test_rare_readings_do_not_count() -> None:
    """平 is read pian in a few old words; nobody types that for 平时."""
    assert usual_readings("平时") == [("ping", "shi")]
    assert all(left == "ping" for left, _ in usual_readings("平县"))


def test_a_known_word_has_one_reading() -> None:
    """Else 重点 would be found by chongdian."""
    assert usual_readings("重点") == [("zhong", "dian")]


def test_syllables_are_plain_letters() -> None:
    """As a reader types them, ü as v."""
    assert {"dang", "jian", "lv", "er", "a"} <= set(syllables())
    assert all(s.isascii() and s.islower() for s in syllables())


def test_every_word_of_the_dictionary_can_be_indexed() -> None:
    """Also where it reads a character as nothing else does (乐亭 lao ting)."""
    words = sorted(word for word in phrases_dict if len(word) == 2)
    text = "，".join(words)
    files = index_files([Case("a", "", (Block(1, "", "", text),))], {})
    assert {"search/data/y-lao.js", "search/data/sounds.js"} <= set(files)
    assert usual_readings("乐亭") == [("lao", "ting")]


def test_pairs_stand_after_the_syllable_of_their_second_character() -> None:
    """A pair goes by its usual reading; the most frequent pair of a sound comes first."""
    text = "党建，当建，重点，重庆"
    files = index_files([Case("a", "", (Block(1, "", "", text),))], {})
    assert json_of(files["search/data/y-dang.js"]).startswith("jian党建当建")
    assert json_of(files["search/data/y-zhong.js"]).startswith("dian重点//")
    assert json_of(files["search/data/sounds.js"])["dang"] == "党当"
    assert "叛" in json_of(files["search/data/readings.js"])["pan"]


def test_far_rarer_pairs_and_words_of_no_text_stand_apart() -> None:
    """What somebody may have meant, and what he may have typed in its place."""
    text = "，".join([*["印发"] * 30, "银发", "引发"])
    files = index_files([Case("a", "", (Block(1, "", "", text),))], {})
    assert re.search("(^|[^a-z])fa印发/[银引]发[银引]发", json_of(files["search/data/y-yin.js"]))
    assert re.search("[^a-z]hang//[^a-z]*银行", json_of(files["search/data/y-yin.js"]))
