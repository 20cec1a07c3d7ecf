"""Themes of items: how well they are assigned, and that a person has the last word.

The labeled items are tests/data/themes: `tuning` and `held-out` are synthetic, 100 each, `fresh`
was written after the vocabulary with words it had not seen, `sample` labels the items of the
frozen library by anchor. `fields-…` are items of five fields, with as many that fit no theme; the
vocabulary was written for `fields-tuning`, `fields-fresh` was written after it. `fields-court` are
more of courts, most of them disputes with a theme's words. Their author is the same, so figures on
them flatter. A label with `?` may be assigned or not.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from casebook.library.folder import load_library
from casebook.library.themes import MOST_THEMES, NO_THEME, block_themes, item_themes, theme_scores
from casebook.model import Block, Case, UserError
from casebook.vocabulary import load
from frozen import LIBRARY

DATA = Path(__file__).parents[1] / "data" / "themes"
PRECISION, RECALL = 0.9, 0.6
FIELDS = ("party", "media", "court", "hospital", "village")

Item = tuple[str, Block]


def synthetic(name: str) -> list[Item]:
    """Items from a file of labels, heading and text, divided by tabs."""
    rows = (line.split("\t") for line in (DATA / name).read_text("utf-8").splitlines())
    return [(labels, Block(3, heading or None, text=text)) for labels, heading, text in rows]


def of_field(field: str) -> list[Item]:
    """The items of a field, from files with the field in the first column."""
    names = ("fields-tuning.tsv", "fields-held-out.tsv", "fields-fresh.tsv", "fields-court.tsv")
    rows = (row for name in names for row in (DATA / name).read_text("utf-8").splitlines())
    named = (row.split("\t") for row in rows)
    return [(labels, Block(3, h, text=text)) for own, labels, h, text in named if own == field]


def sample() -> list[Item]:
    """Items of the frozen library."""
    blocks = {block.anchor: block for case in load_library(LIBRARY).cases for block in case.blocks}
    rows = (line.split("\t") for line in (DATA / "sample.tsv").read_text("utf-8").splitlines())
    return [(labels, blocks[anchor]) for anchor, labels in rows]


def measured(items: Iterable[Item]) -> dict[str, tuple[float, float]]:
    """Precision and recall by theme, and of all themes together under ''."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for labels, block in items:
        found = set(block_themes(block, load()))
        wanted = {label for label in labels.split(",") if label and not label.endswith("?")}
        right.update(both := found & wanted)
        wrong.update(found - {label.rstrip("?") for label in labels.split(",")})
        missed.update(wanted - both)
    for counter in (right, wrong, missed):
        counter[""] = counter.total()
    names = set(right) | set(wrong) | set(missed)
    return {
        name: (
            right[name] / max(1, right[name] + wrong[name]),
            right[name] / max(1, right[name] + missed[name]),
        )
        for name in names
    }


def below(figures: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The themes that miss a goal."""
    return {k: v for k, v in figures.items() if v[0] < PRECISION or v[1] < RECALL}


def test_each_theme_is_found_and_nothing_else() -> None:
    """Precision and recall per theme on synthetic items and the items of real cases together."""
    items = [*synthetic("tuning.tsv"), *synthetic("held-out.tsv"), *sample()]
    figures = measured(items)
    assert set(figures) == {*load().themes, ""}
    assert below(figures) == {}


@pytest.mark.parametrize("name", ["sample", "fresh.tsv"])
def test_all_themes_together_on_real_and_on_unseen_items(name: str) -> None:
    """The goals hold in sum where items are few per theme or their words new."""
    figures = measured(sample() if name == "sample" else synthetic(name))
    assert figures[""] >= (PRECISION, RECALL) and figures[""][1] >= RECALL


def test_a_person_has_the_last_word() -> None:
    """Themes named in the case file replace what the score says; NO_THEME means none."""
    blocks = (
        Block(1, "标题"),
        Block(2, "改进考核评价", text="考核。", anchor="k1"),
        Block(2, "改进考核评价", text="考核。", anchor="k2", themes=("学习培训",)),
        Block(2, "改进考核评价", text="考核。", anchor="k3", themes=(NO_THEME,)),
        Block(2, "改进考核评价", text="考核。"),
    )
    found = item_themes(Case("a", "标题", blocks), load())
    assert found == {"k1": ("考核评价",), "k2": ("学习培训",), "k3": ()}


@pytest.mark.parametrize("field", FIELDS)
def test_a_theme_of_any_field_is_right(field: str) -> None:
    """Better none than a wrong one; a fitting one is found more often than not."""
    precision, recall = measured(of_field(field))[""]
    assert precision >= PRECISION
    assert recall >= RECALL


def test_the_score_names_its_words() -> None:
    """The evidence for a theme can be shown: the words in heading and text, the longest first."""
    (best, *_) = theme_scores(Block(2, "健全长效机制", text="出台制度。"), load())
    assert (best.theme, best.in_heading) == ("制度机制", ("长效机制",))
    assert (best.value, best.is_specific) == (3.0, True)
    assert sorted(best.in_text) == ["出台", "制度"]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("典型意义", "交房不只是交钥匙，水电不通就是违约，判决保护了购房人的合法权益。"),
        ("媒体深度融合", "近年来，数据处理的方法也在变化，记者需要学习新的工具。"),
        ("图的读法", "这种图通常被认为便于阅读，色块的面积和数值成正比。"),
        ("传播效果评估", "采用问卷，样本取自六个县，每县抽取一百二十户。"),
        ("考核评价", "工程按期交付，质量合格，各方都表示满意。"),
        ("水质变化", "记者用数据和影像记录水质变化。"),
        ("产业技术合同纠纷案", "甲公司委托乙公司开发软件，平台没有按时上线。"),
        ("发病机制", "病毒先侵入黏膜，再进入血液。"),
    ],
)
def test_everyday_words_carry_no_theme(heading: str, text: str) -> None:
    """Names of sections and of cases, words that each field uses, and longer words around one."""
    assert block_themes(Block(3, heading, text=text), load()) == ()


def test_a_subject_counts_where_the_heading_does_something_about_it_or_lacks_it() -> None:
    """加强培训 and 培训不足 are about training; a contract about it is not."""
    themes = [block_themes(Block(3, h), load()) for h in ("加强培训", "培训不足", "培训的价格")]
    assert themes == [("学习培训",), ("学习培训",), ()]


def test_an_item_without_a_heading_needs_less() -> None:
    """Its text is all it has to say what it is about."""
    text = "近年来，把党建列入综合考核，按实绩排出先后。"
    assert block_themes(Block(3, None, text=text), load()) == ("考核评价",)
    assert block_themes(Block(3, "（一）几点说明", text=text), load()) == ()


def test_the_longest_word_wins_wherever_it_begins() -> None:
    """抓好人才引育 has no 好人."""
    assert block_themes(Block(3, "抓好人才引育"), load()) == ("队伍建设",)


def test_a_passing_word_in_a_long_text_gives_no_theme() -> None:
    """A long text must speak of a matter, not touch it."""
    words = "年度考核打分，结果挂钩奖金，述职评议。"
    text = "全县去年降水较多，河道水位上涨。" * 60
    assert block_themes(Block(3, "（一）雨情", text=words), load()) == ("考核评价",)
    assert block_themes(Block(3, "（一）雨情", text=words + text), load()) == ()


def test_of_equal_themes_that_of_the_heading_comes_first() -> None:
    """The heading says what an item is about."""
    block = Block(3, "健全工作制度", text="考核、评议、评先都照此办理。")
    assert block_themes(block, load()) == ("制度机制", "考核评价")


def test_at_most_two_themes() -> None:
    """A text that speaks of everything has the two it speaks of most."""
    text = "".join(word for theme in load().themes.values() for word in theme.keywords)
    assert len(block_themes(Block(3, None, text=text), load())) <= MOST_THEMES


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'- name: "\xe7\x94\xb2\n', r"themes\.yml:\d+：这一行或它上面不是合法的 YAML"),
        (b"- name: 1\n\t- name: 2\n", r"themes\.yml:2：这一行"),
        ("- name: 甲\n".encode("gbk"), r"themes\.yml：词表应保存为 UTF-8"),
    ],
)
def test_a_broken_file_is_one_sentence_with_its_line(
    tmp_path: Path, content: bytes, message: str
) -> None:
    """In our words, whatever the parser says."""
    shutil.copytree(LIBRARY / "vocabulary", tmp_path, dirs_exist_ok=True)
    (tmp_path / "themes.yml").write_bytes(content)
    with pytest.raises(UserError, match=message) as refusal:
        load(tmp_path)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "entry", ["{description: 无名}", "{name: 甲, keywords: 词}", "{name: 甲, keyword: [词]}"]
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, entry: str) -> None:
    """A theme without name, a word in place of a list, an unknown key: one Chinese sentence."""
    shutil.copytree(LIBRARY / "vocabulary", tmp_path, dirs_exist_ok=True)
    (tmp_path / "themes.yml").write_text(f"- {entry}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"themes\.yml：主题"):
        load(tmp_path)
