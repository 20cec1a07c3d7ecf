"""Word files: what their XML says, and that they read back as they were."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from casebook.export import FORMATS
from casebook.export.excerpts import make_case_document, make_collection
from casebook.export.passages import Passage, make_title
from casebook.export.word_file import make_word_file, render_parts
from casebook.library import casefile, markup
from casebook.model import Block, Case
from casebook.pipeline.write_ups import read_source
from frozen import LIBRARY
from site_library import HOSTILE, make_case

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    """The parts of a file with every kind of passage."""
    kinds = [Passage(f"heading-{n}", f"“{n}”——标题") for n in range(1, 6)]
    table = Passage("table", rows=(("甲", "乙"), ("丙",)))
    whole = [make_title("题目"), *kinds, Passage("text", "正文"), table, *kinds[:1]]
    return render_parts([*whole, Passage("signature", "某局"), Passage("source", "来源")])


def test_every_run_and_style_names_its_chinese_font(parts: dict[str, str]) -> None:
    """And none a theme, which would win over the name; the fonts have substitutes."""
    assert [name for name, text in parts.items() if "Theme" in text or "theme" in text] == []
    roots = {n: etree.fromstring(parts[n].encode()) for n in parts if n.startswith("word/")}
    holders = [
        each for root in roots.values() for tag in ("r", "style") for each in root.iter(W + tag)
    ]
    assert len(holders) > 30
    for each in (*holders, *roots["word/styles.xml"].iter(f"{W}rPrDefault")):
        fonts = each.find(f".//{W}rFonts")
        assert fonts is not None and fonts.get(f"{W}hint") == "eastAsia"
        assert {f"{W}{name}" for name in ("ascii", "hAnsi", "eastAsia", "cs")} <= {*fonts.attrib}
    table = {f.get(f"{W}name"): len(f) for f in roots["word/fontTable.xml"].iter(f"{W}font")}
    named = {value for text in parts.values() for value in re.findall('eastAsia="([^"]+)"', text)}
    assert named - {"zh-CN"} <= {name for name, count in table.items() if count}


def test_nothing_moves_lines_or_adds_to_them(parts: dict[str, str]) -> None:
    """No bold, no color, no automatic number, no kept lines; the pitch is exact but in tables."""
    for sign in ("w:b", "w:color", "w:keepNext", "w:keepLines", "w:numPr", "w:docGrid"):
        assert [name for name, text in parts.items() if re.search(rf"<{sign}[ />]", text)] == []
    styles = etree.fromstring(parts["word/styles.xml"].encode())
    rules = {
        style.get(f"{W}styleId"): style.find(f".//{W}pPr/{W}spacing").get(f"{W}lineRule")
        for style in styles.iter(f"{W}style")
    }
    assert rules.pop("Cell") == "atLeast" and {*rules.values()} == {"exact"}


def test_text_stays_text() -> None:
    """Markup is escaped, and what XML cannot have is left out."""
    body = render_parts([Passage("text", f"{HOSTILE}\0\ud800\ufffe")])["word/document.xml"]
    (text,) = etree.fromstring(body.encode()).iter(f"{W}t")
    assert text.text == HOSTILE


def test_the_same_text_gives_the_same_bytes() -> None:
    """No clock and no system in the file, whose members are intact."""
    passages = make_case_document(make_case(), "")
    made = make_word_file(passages)
    assert made == make_word_file(list(passages))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_each_case_of_a_collection_begins_a_page() -> None:
    """After the list of their titles."""
    passages = make_collection([make_case("a", "甲"), make_case("b", "乙")], "")
    assert [p.text for p in passages if p.kind == "contents"] == ["甲", "乙"]
    written = render_parts(passages)["word/document.xml"]
    assert written.count("<w:pageBreakBefore/>") == 2
    assert written.index("目录") < written.index("<w:pageBreakBefore/>")


OWN = casefile.parse(
    """---
id: mouxian-canlian
title: 某县残联“点单式”服务惠及千户残疾人家庭经验材料
kind: 经验材料
organ: 某县残联
date: "2024-03-18"
---

某县现有持证残疾人3214名，分布在12个乡镇。

## 一、主要问题 {.problem #k001}

服务“大水漫灌”，供需对不上。

| 项目 | 申请（人） |
| --- | --- |
| 辅具适配 | 412 |
| 无障碍改造 | 96 |

### （一）需求不清。 {.problem #k002}

过去靠上报，漏报、错报多。

### （二）力量不足。 {.cause #k003}

全县专职委员仅15人，平均每人联系214户。

#### 1.人员年龄偏大 {.cause #k007}

五十岁以上的占六成。

#### 2.待遇偏低 {.cause #k008}

月补贴只有800元。

## 二、工作成效 {.outcome #k006}

群众满意率由71%提高到96.5%——“一户一策”见了实效……
"""
)


@pytest.mark.parametrize(
    "case",
    [OWN, *(casefile.read_case(path) for path in sorted(LIBRARY.glob("*-*.md")))],
    ids=lambda case: case.id[:20],
)
def test_an_export_reads_back_into_the_same_blocks(case: Case, tmp_path: Path) -> None:
    """Levels, headings and texts; what is said of source and author is no text of the case."""
    path = tmp_path / "a.docx"
    path.write_bytes(FORMATS["docx"](make_case_document(case, "https://kb.invalid")))
    (write_up,) = read_source(path).write_ups
    assert write_up.title == case.title
    assert list(map(outline, write_up.blocks)) == [
        outline(Block(b.level, b.heading or (case.title if b.level == 1 else None), text=plain(b)))
        for b in case.blocks
    ]


def outline(block: Block) -> tuple[int, str | None, str]:
    """What has to come back."""
    return block.level, block.heading, re.sub(r"[\s|]|-{3,}", "", block.text)


def plain(block: Block) -> str:
    """The text of a block without marks."""
    return markup.to_plain(block.text)
