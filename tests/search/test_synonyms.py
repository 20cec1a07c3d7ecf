"""The vocabulary of synonyms: what it may hold, and what the index keeps of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebook.content import VOCABULARY
from casebook.model import Block, Case, UserError
from casebook.vocabulary import load
from index_files import index_files
from search_bits import json_of

SOURCE = "source: 《某条例》"


def vocabulary_with(folder: Path, *groups: str) -> Path:
    """This library's vocabulary with other synonyms."""
    target = shutil.copytree(VOCABULARY, folder / "vocabulary")
    text = "".join(f"- {{{group}}}\n" for group in groups)
    (target / "synonyms.yml").write_text(text, encoding="utf-8")
    return target


def test_the_shipped_groups_are_many_and_of_many_fields() -> None:
    """No word of them stands in two, which the reader of the file makes sure of."""
    assert len(load().synonyms) >= 120


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (
            (f"words: [缺人, 人手不足], {SOURCE}", f"words: [缺人, 少人], {SOURCE}"),
            "“缺人”在第 1 组和第 2 组",
        ),
        ((f"words: [缺人, 缺], {SOURCE}",), "“缺”太短，至少 2 个字"),
        ((f"words: [缺人], {SOURCE}",), "第 1 组应有 words"),
        (("words: [缺人, 少人]",), "缺依据"),
        (("words: [缺人, 少人], texts: [一句]",), "缺依据"),
        ((f"words: [缺人, 少人], note: x, {SOURCE}",), "不认识的键 note"),
    ],
)
def test_a_broken_group_is_refused(tmp_path: Path, groups: tuple[str, ...], said: str) -> None:
    """One sentence says which group, and what is expected."""
    with pytest.raises(UserError, match=said):
        load(vocabulary_with(tmp_path, *groups))


def test_a_table_that_says_nothing_is_the_one_of_the_package(tmp_path: Path) -> None:
    """A missing one, and one with comments alone; an empty list means none."""
    target = vocabulary_with(tmp_path)
    (target / "synonyms.yml").unlink()
    (target / "themes.yml").write_text("# 留空就用自带的\n", encoding="utf-8")
    assert load(target).synonyms == load().synonyms != ()
    assert load(target).themes == load().themes
    (target / "synonyms.yml").write_text("[]\n", encoding="utf-8")
    assert load(target).synonyms == ()


def test_the_index_keeps_groups_that_the_library_has_a_word_of() -> None:
    """Words that it may have come first, folded; others may be typed all the same."""
    case = Case("a", "", (Block(1, "", "", "虚拟主播上岗"),))
    groups = [("AI主播", "虚拟主播"), ("扯皮", "推诿")]
    files = index_files([case], {}, synonyms=groups)
    assert json_of(files["search/data/synonyms.js"]) == [[["虚拟主播"], ["ai主播"]]]


def test_initials_stand_for_phrases_of_titles_and_headings() -> None:
    """The most frequent first; a text has none."""
    blocks = (Block(1, "党建工作", "", "纪检监察"), Block(2, "党建考核", "", "", "k001"))
    files = index_files([Case("a", "党建工作", blocks)], {})
    table = json_of(files["search/data/initials.js"])
    assert table["djgz"] == [["党建工作", 3]]
    assert table["dj"] == [["党建", 4]]
    assert "jjjc" not in table
