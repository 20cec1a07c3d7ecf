"""Boxes, pictures, notes, contents and tables of Word files, and what styles say of lines."""

from __future__ import annotations

from docx_builder import (
    NAMESPACES,
    box,
    cell,
    field,
    par,
    root,
    row,
    run,
    style,
    table,
)  # fmt: skip
from docx_reading import facts, read, texts

# --- boxes, pictures, notes, contents


PICTURE = "<w:drawing><wp:inline><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing>"


def test_a_text_box_is_read_once() -> None:
    """After the paragraph that it is anchored in."""
    form = read(par("甲", box(par("框内"), par())), par("乙"))
    assert [(line.text, line.facts.origin) for line in form.lines] == [
        ("甲", "text"), ("框内", "box"), ("乙", "text"),
    ]  # fmt: skip


def test_word_art_is_text() -> None:
    """The red head of an official document is often one."""
    art = '<w:pict><v:shape><v:textpath string="某市人民政府文件"/></v:shape></w:pict>'
    assert texts(par(run(more=art)))[-1] == "某市人民政府文件"


def test_the_words_of_a_smart_art_are_text() -> None:
    """They stand in a part of their own, which a relation names."""
    address = NAMESPACES["a"].replace("main", "diagram")
    point = '<d:pt><d:t><a:p xmlns:a="{}"><a:r><a:t>{}</a:t></a:r></a:p></d:t></d:pt>'
    points = "".join(point.format(NAMESPACES["a"], each) for each in ("排查", "整改"))
    model = f'<d:dataModel xmlns:d="{address}"><d:ptLst>{points}<d:pt/></d:ptLst></d:dataModel>'
    art = f'<w:drawing><d:relIds xmlns:d="{address}" r:dm="r2"/></w:drawing>'
    form = read(par("流程", run(more=art)), more={"data1": model})
    assert [(line.text, line.facts.origin) for line in form.lines] == [
        ("流程", "text"), ("排查", "box"), ("整改", "box"),
    ]  # fmt: skip


def test_pictures_are_left_out_with_their_number() -> None:
    """Also old ones; a box around a picture is none."""
    old = "<w:pict><v:shape><v:imagedata/></v:shape></w:pict>"
    form = read(par("甲", run(more=PICTURE), run(more=old)), par(run(more=PICTURE)))
    assert [remark.rule for remark in form.remarks] == ["images-left-out"]
    assert "3 张" in form.remarks[0].message


def note(kind: str, name: int, *content: str) -> str:
    """A note with its mark."""
    mark = run(more=f"<w:{kind}Ref/>")
    return f'<w:{kind} w:id="{name}">{par(mark, *content)}</w:{kind}>'


def test_notes_follow_the_text_with_their_marks() -> None:
    """In the order of the text, once each; what nothing refers to is no text."""
    feet = [note("footnote", 0, "分隔"), note("footnote", 7, " 一注"), note("footnote", 3, "二注")]
    ends = [note("endnote", 3, "尾注")]
    refer = '<w:{}Reference w:id="{}"/>'
    body = (
        par("甲", run(more=refer.format("footnote", 3)), "乙"),
        par("丙", run(more=refer.format("endnote", 3)), run(more=refer.format("footnote", 7))),
        par(f"<w:del>{run(more=refer.format('footnote', 0))}</w:del>"),
    )
    form = read(
        *body, more={"footnotes": root("footnotes", feet), "endnotes": root("endnotes", ends)}
    )
    shown = ["甲[1]乙", "丙[i][2]", "", "[1] 二注", "[2] 一注", "[i] 尾注"]
    assert [line.text for line in form.lines] == shown
    assert [line.facts.origin for line in form.lines] == ["text"] * 3 + ["note"] * 3


def test_a_note_may_bring_its_own_mark() -> None:
    """Then Word counts on without it."""
    custom = '<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>'
    plain = '<w:footnoteReference w:id="3"/>'
    feet = [note("footnote", 2, "* 一注"), note("footnote", 3, "二注")]
    circled = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>'
    parts = {"footnotes": root("footnotes", feet), "settings": root("settings", circled)}
    body = par("甲", run(more=custom), "乙", run(more=plain))
    shown = texts(body, more=parts)
    assert shown == ["甲*乙①", "* 一注", "① 二注"]


def test_a_table_of_contents_is_outside_the_text() -> None:
    """By its field, by its control, by its styles; a heading above it goes with it."""
    heading = style("a1", "TOC 标题")
    entry = style("11", "toc 1")
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{par('一、甲 1')}</w:sdtContent></w:sdt>"
    )
    by_field = field('TOC \\o "1-3"', "</w:p>".join([run("一、甲 1"), f"<w:p>{run('二、乙 2')}"]))
    found = read(
        par("目录", style="a1"), par("一、甲 1", style="11"), control, par(by_field), par("一、甲"),
        par("目  录"), par(), par("二、乙 1", style="11"), par("目录"), par("二、乙"),
        styles=[heading, entry],
    )  # fmt: skip
    outside = [line.text for line in found.lines if line.facts.origin == "outside"]
    assert len(outside) == 7 and outside[-2:] == ["目  录", "二、乙 1"]
    kept = [line.text for line in found.lines if line.facts.origin == "text"]
    assert kept == ["一、甲", "", "目录", "二、乙"]


# --- tables


def test_a_table_is_a_line_a_row() -> None:
    """A cell across columns, one across rows, cells before the first, several paragraphs."""
    shown = texts(
        table(
            row(cell("项目", form='<w:gridSpan w:val="2"/>'), "数量"),
            row(cell("走访", form='<w:vMerge w:val="restart"/>'), cell("农户", "商户"), "12"),
            row(cell("走访", form="<w:vMerge/>"), "学校", "3"),
            row("合计", "15", form='<w:gridBefore w:val="1"/>'),
        )
    )
    assert shown == [
        "| 项目 |  | 数量 |",
        "| --- | --- | --- |",
        "| 走访 | 农户 商户 | 12 |",
        "|  | 学校 | 3 |",
        "|  | 合计 | 15 |",
    ]


def test_rows_and_cells_may_stand_in_controls() -> None:
    """Deleted and hidden rows and deleted cells are out."""
    wrapped = f"<w:sdt><w:sdtContent>{row('甲', '<w:sdt><w:sdtContent>' + cell('乙') + '</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"  # noqa: E501
    shown = texts(
        table(
            wrapped,
            row("丙", "丁", form="<w:del/>"),
            row("丙", form="<w:hidden/>"),
            row(cell("丙", form="<w:cellDel/>"), "戊", "己"),
        )
    )
    assert shown == ["| 甲 | 乙 |", "| --- | --- |", "| 戊 | 己 |"]


def test_a_table_within_a_cell_is_text_of_the_cell() -> None:
    """But a table of its own where the outer one only sets out the page."""
    inner = table(row("甲", "乙"), row("丙", "丁"))
    assert texts(table(row("项", cell(inner, par())), row("戊", "己")))[0] == "| 项 | 甲 乙 丙 丁 |"
    shown = texts(table(row(cell("正文。" * 80, inner, par("末")), "旁")))
    assert shown == ["正文。" * 80, "| 甲 | 乙 |", "| --- | --- |", "| 丙 | 丁 |", "末", "旁"]


# --- facts


def test_headings_have_the_level_of_their_style() -> None:
    """By outline, by name, from the base, or the paragraph's own; body text has none."""
    styles = (
        style("1", "heading 1", '<w:outlineLvl w:val="0"/>'),
        style("x", "公文二级", more='<w:basedOn w:val="2"/>'),
        style("2", "标题 2"),
        style("y", "三级标题"),
        style("w", "标题二"),
        style("z", "强调", '<w:outlineLvl w:val="9"/>', more='<w:basedOn w:val="1"/>'),
        style("loop", "循环", more='<w:basedOn w:val="loop"/>'),
    )
    own = '<w:outlineLvl w:val="4"/>'
    body = [par("项", style=each) for each in ("1", "x", "2", "y", "w", "z", "loop", "没有")]
    levels = [each.level for each in facts(*body, par("项", form=own), par("项"), styles=styles)]
    assert levels == [1, 2, 2, 3, 2, 0, 0, 0, 5, 0]


def test_a_title_stands_above_all_headings() -> None:
    """Where a document has one, Heading 1 is the second level."""
    styles = (style("T", "Title"), style("1", "heading 1"))
    body = (par("题目", style="T"), par("一、甲", style="1"), par("正文。"))
    assert [each.level for each in facts(*body, styles=styles)] == [1, 2, 0]


def test_size_weight_and_place_are_those_of_most_letters() -> None:
    """Own properties before the run's style, the paragraph's style, the defaults; fake headings."""
    base = '<w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault>'
    big = style("big", "大", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="44"/>')
    found = facts(
        par(run("注：", '<w:b/><w:sz w:val="32"/>'), "这一段大多数是小字。"),
        par("大标题", style="big"),
        par(run("不粗的大标题", '<w:b w:val="0"/>'), style="big", form='<w:jc w:val="left"/>'),
        styles=(f"<w:docDefaults>{base}</w:docDefaults>", big),
    )
    assert [(each.size, each.bold, each.centered) for each in found] == [
        (10.5, False, False), (22.0, True, True), (22.0, False, False),
    ]  # fmt: skip


def test_bold_of_two_styles_cancels_out() -> None:
    """A bold style of letters in a bold style of paragraphs stands out by being light."""
    bold = style("B", "粗", look="<w:b/>")
    letters = style("C", "字", look="<w:b/>").replace("paragraph", "character")
    found = facts(
        par("甲", style="B"), par(run("甲", '<w:rStyle w:val="C"/>')),
        par(run("甲", '<w:rStyle w:val="C"/>'), style="B"), styles=[bold, letters],
    )  # fmt: skip
    assert [each.bold for each in found] == [True, True, False]


def test_every_paragraph_is_a_line_with_its_number() -> None:
    """Empty ones, too; what a cell holds is counted on."""
    lines = read(par("甲"), par(), table(row("乙", "丙"), row("丁", "戊")), par("己")).lines
    assert [(line.text, line.facts.paragraph) for line in lines if not line.facts.cell] == [
        ("甲", 1), ("", 2), ("己", 7),
    ]  # fmt: skip
    assert all(line.certain_end for line in lines)
    assert [line.facts.cell for line in lines if line.facts.cell] == [
        (1, 1, 0),
        (1, 1, 0),
        (1, 2, 0),
    ]


def test_an_official_document_stays_lines() -> None:
    """Number, addressee, body, annex and signature of GB/T 9704, each a line of its own."""
    body = [
        "某市人民政府文件", "某政发〔2023〕12号", "关于推广网格治理经验的通知", "各区人民政府：",
        "现将有关经验印发给你们。", "附件：网格治理经验", "某市人民政府", "2023年5月4日",
    ]  # fmt: skip
    assert texts(*map(par, body)) == body
