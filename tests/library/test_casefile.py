"""The case file: read and written without loss, refused with a place and advice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.library import casefile, identity, markup
from casebook.model import Block, Case, SourceRef, VariantRef

CASE = Case(
    id="mouqu-jingyan",
    title="某区经验材料：“一网”统管",
    blocks=identity.with_anchors(
        (
            Block(1, "某区经验材料：“一网”统管", "background", "开头。"),
            Block(2, "一、主要做法", "practice", "第一段。\n\n第二段。"),
            Block(3, None, "practice", "没有小标题。", themes=("考核评价", "责任落实")),
            Block(3, "（二）取自异文。", "outcome", "正文。", source="bieben"),
        )
    ),
    kind="经验材料",
    date="2023-05",
    sources=(SourceRef("来稿.txt", "0" * 64, 3, "https://example.com/a"),),
    variants=(VariantRef("bieben", "contains"),),
    allow=({"rule": "phone-number", "reason": "公开的服务电话"},),
)


def test_writing_and_reading_a_case_lose_nothing() -> None:
    """parse(dump(case)) is the case."""
    assert casefile.parse(casefile.dump(CASE)) == CASE


def test_the_written_form_is_what_a_person_would_write() -> None:
    """Front matter, lead, sections and items with their marks."""
    text = casefile.dump(CASE)
    assert text.startswith("---\nid: mouqu-jingyan\ntitle: ")
    assert "\n## 一、主要做法 {.practice #k" in text
    assert "theme=考核评价,责任落实}" in text
    assert text.endswith("正文。\n")


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("没有开头\n", "front-matter-missing", 1),
        ("---\nid: a\n", "front-matter-unclosed", 2),
        ("---\nid: a\ntitle：标题\n---\n", "yaml-syntax", 3),
        ('---\nid: a\ntitle: "没有结束\n---\n', "yaml-syntax", 3),
        ("---\nid: a\n\ttitle: b\n---\n", "yaml-syntax", 3),
        ("---\n- 列表\n---\n", "yaml-syntax", 2),
        ("---\nid: " + "[" * 60_000 + "\n---\n", "yaml-too-deep", 2),
        ("---\nid: &a x\nthemes: [*a]\n---\n", "yaml-alias", 3),
        ("---\n" + "a: b\n" * 20_000 + "---\n", "front-matter-unclosed", 1),
    ],
)
def test_a_broken_file_is_refused_with_its_place(text: str, rule: str, line: int) -> None:
    """Rule and line are named; no parser's own error comes through."""
    with pytest.raises(casefile.CaseFileError) as refusal:
        casefile.parse(text)
    assert (refusal.value.rule, refusal.value.line) == (rule, line)


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    """One sentence says file, line and column."""
    path = tmp_path / "a.md"
    path.write_bytes("---\ntitle: 标题\n---\n".encode("gbk"))
    with pytest.raises(casefile.CaseFileError, match=r"a\.md:1:1：.*UTF-8"):
        casefile.read_case(path)


def test_aliases_cannot_blow_up() -> None:
    """A YAML bomb is refused before anything is built: a text of its lists would have no end."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(casefile.CaseFileError) as refusal:
        casefile.parse(f"---\n{bomb}themes: *i\n---\n")
    assert refusal.value.rule == "yaml-alias"


def test_headings_inside_code_are_text() -> None:
    """A fenced example does not open a section."""
    blocks = list(casefile.read_blocks("前文\n\n```\n## 不是小标题\n```\n\n## 是小标题\n"))
    assert [placed.block.heading for placed in blocks] == [None, "是小标题"]
    assert blocks[1].line == 7


def test_unknown_marks_are_kept_for_the_checks() -> None:
    """What stands in the braces and is no mark is reported, not lost."""
    (_, placed) = casefile.read_blocks("## 小标题 {.practice onclick=alert(1) 乱写}\n")
    assert placed.block.role == "practice"
    assert placed.unknown == ("onclick=alert(1)", "乱写")


def test_equal_blocks_get_different_anchors() -> None:
    """Anchors are unique in a case and the same wherever the text is imported."""
    blocks = [Block(1, "t"), *(Block(2, "甲", text="乙") for _ in range(50))]
    anchors = [block.anchor for block in identity.with_anchors(blocks)[1:]]
    assert len(set(anchors)) == 50
    assert anchors == [block.anchor for block in identity.with_anchors(blocks)[1:]]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("破解机关党建与业务工作“两张皮”", "pojie-jiguan-dangjian-yu-yewu-gongzuo-liangzhangpi"),
        ("5G+智慧XX", "5g-zhihui-xx"),
        ("！！", "case"),
    ],
)
def test_slug_is_readable_pinyin(title: str, slug: str) -> None:
    """Words are joined, letters and digits kept, marks dropped."""
    assert identity.slug(title) == slug


def test_slug_is_cut_at_a_syllable() -> None:
    """No more than the limit, and no half syllable at its end."""
    slug = identity.slug("创新" * 40)
    assert len(slug) <= identity.SLUG_LIMIT
    assert slug.endswith(("chuangxin", "chuang"))


def test_a_taken_slug_gets_digits_of_the_text() -> None:
    """Two texts of one title get two ids, the same at each import."""
    assert identity.free_id("经验", "abcdef" * 11, {"jingyan"}.__contains__) == "jingyan-abcd"


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), max_size=4))
def test_plain_text_survives_markdown(paragraphs: list[str]) -> None:
    """What a write-up says literally comes back as it was."""
    plain = "\n".join(paragraphs)
    assert markup.to_plain(markup.from_plain(plain)) == plain


def test_a_table_stays_a_table() -> None:
    """Its rows stay next to each other; readers and search see its cells."""
    plain = "成效如下：\n| 指标 | 去年 |\n| --- | --- |\n| 投诉*件* | 3\\|4 |\n后来又有下降。"
    markdown = markup.from_plain(plain)
    assert markdown == (
        "成效如下：\n\n| 指标 | 去年 |\n| --- | --- |\n| 投诉\\*件\\* | 3\\|4 |\n\n后来又有下降。"
    )
    assert markup.to_plain(markdown) == "成效如下：\n指标　去年\n投诉*件*　3|4\n后来又有下降。"


def test_bars_alone_make_no_table() -> None:
    """Without a row of dashes each line is a paragraph, as before."""
    assert markup.from_plain("| 甲 |\n| 乙 |") == "| 甲 |\n\n| 乙 |"


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("- 甲\n- 乙", "甲\n乙"),
        ("**重点**和[链接](https://a.cn)", "重点和链接"),
        ("一行\n接着一行", "一行接着一行"),
        ("a line\nanother", "a line another"),
    ],
)
def test_markdown_is_read_as_a_reader_sees_it(markdown: str, plain: str) -> None:
    """Marks that only format are no text."""
    assert markup.to_plain(markdown) == plain
