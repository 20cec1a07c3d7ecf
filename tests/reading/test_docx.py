"""Word files as they are shown: tracked, hidden and broken text, forms of the file."""

from __future__ import annotations

import pytest
from docx_builder import (
    NAMESPACES,
    box,
    cell,
    docx,
    field,
    par,
    parts_of,
    row,
    run,
    style,
    t,
    table,
    zipped,
)  # fmt: skip
from docx_reading import read, texts
from hypothesis import given
from hypothesis import strategies as st

from casebook.model import Line, UserError
from casebook.reading.word.docx import read_docx
from effort import examples

# --- what is shown


INSERTED, DELETED = "<w:ins>{}</w:ins>", "<w:del><w:r><w:delText>{}</w:delText></w:r></w:del>"
HIDDEN = "<w:vanish/>"
RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)
SHOWN = {
    "tracked text": (
        [
            "甲", INSERTED.format(run("乙")), DELETED.format("丙"),
            f"<w:moveFrom>{run('丁')}</w:moveFrom>", f"<w:moveTo>{run('戊')}</w:moveTo>",
        ],
        "甲乙戊",
    ),
    "a deletion within an insertion": ([INSERTED.format(DELETED.format("甲")), "乙"], "乙"),
    "hidden text": (["甲", run("乙", HIDDEN), run("丙", '<w:vanish w:val="0"/>')], "甲丙"),
    "a reading over a character": ([RUBY, "音"], "拼音"),
    "nested content controls": (
        ["甲", f"<w:sdt><w:sdtPr/><w:sdtContent><w:sdt><w:sdtContent>{run('乙')}"
               "</w:sdtContent></w:sdt></w:sdtContent></w:sdt>", "丙"],
        "甲乙丙",
    ),
    "the prompt of an empty control": (
        ["甲", "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
               f"{run('单击此处输入文字。')}</w:sdtContent></w:sdt>"],
        "甲",
    ),
    "a link, a smart tag, custom XML": (
        [f"<w:hyperlink>{run('甲')}</w:hyperlink>", f"<w:smartTag>{run('乙')}</w:smartTag>",
         f"<w:customXml><w:customXmlPr/>{run('丙')}</w:customXml>"],
        "甲乙丙",
    ),
    "a comment": (
        ['<w:commentRangeStart w:id="1"/>', "甲", '<w:commentRangeEnd w:id="1"/>',
         run(more='<w:commentReference w:id="1"/>')],
        "甲",
    ),
    "the result of a field": (["第", field("PAGEREF x", run("3")), "页"], "第3页"),
    "a field within the code of another": (
        [field(f"IF </w:instrText></w:r>{field('REF a', run('错'))}<w:r><w:instrText> = 1",
               run("对"))],
        "对",
    ),
    "a field in one element": (
        [f'<w:fldSimple w:instr="DATE">{run("2023年")}</w:fldSimple>', "底"], "2023年底",
    ),
    "a field that never ends": (
        [run(more='<w:fldChar w:fldCharType="begin"/>'), run("甲"), field("REF a", run("乙"))],
        "甲乙",
    ),
    "a character in a circle": (
        [run(more='<w:fldChar w:fldCharType="begin"/>'),
         run(more="<w:instrText>eq \\o\\ac(○,3)</w:instrText>"),
         run(more='<w:fldChar w:fldCharType="end"/>'), "实施"],
        "③实施",
    ),
    "a reading set by a field": (
        [run(more='<w:fldChar w:fldCharType="begin"/>'),
         run(more='<w:instrText>EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(</w:instrText>'),
         run(more="<w:instrText>\\s\\up 9(pin),拼)</w:instrText>"),
         run(more='<w:fldChar w:fldCharType="end"/>'), "音"],
        "拼音",
    ),
    "signs of symbol fonts": (
        [run(more='<w:sym w:font="Wingdings" w:char="F0FC"/>'), "达标",
         run(more='<w:sym w:font="Symbol" w:char="F0B3"/>'), "90",
         run(more='<w:sym w:font="宋体" w:char="25CB"/>')],
        "✓达标≥90○",
    ),
    "a sign of a symbol font as text": (
        [run("\uf0a8", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "是"], "□是",
    ),
    "a tab and a hyphen that does not break": (
        ["甲", run(more="<w:tab/>"), "020", run(more="<w:noBreakHyphen/>"), "12345"],
        "甲\t020-12345",
    ),
    "soft breaks": (["优化", run(more="<w:br/>"), "营商环境 A", run(more="<w:br/>"), "B 类"],
                    "优化营商环境 A B 类"),
    "a page break": ([run(more='<w:br w:type="page"/>'), "第二部分"], "第二部分"),
    "blanks that the file lays out": (["<w:r><w:t>\n  甲\n  </w:t></w:r>", "乙"], "甲乙"),
    "an equation": (
        ["得", "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t>"
               "</m:r></m:den></m:f><m:sSup><m:e><m:d><m:e><m:r><m:t>c</m:t></m:r></m:e></m:d>"
               "</m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"],
        "得a/b(c)^2",
    ),
    "alternate content": (
        [f'<mc:AlternateContent><mc:Choice Requires="w14">{run("新")}</mc:Choice>'
         f"<mc:Fallback>{run('旧')}</mc:Fallback></mc:AlternateContent>"],
        "新",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "shown"), SHOWN.values(), ids=SHOWN)
def test_a_paragraph_reads_as_word_shows_it(content: list[str], shown: str) -> None:
    """What is deleted, hidden or code is not there; everything else is, once."""
    assert texts(par(*content)) == [shown]


def test_a_deleted_end_joins_two_paragraphs() -> None:
    """One that was deleted whole is gone, and its number with it."""
    assert texts(par("甲", mark="<w:del/>"), par("乙"), par("丙")) == ["甲乙", "丙"]
    assert texts(par(DELETED.format("甲"), mark="<w:del/>"), par("乙")) == ["乙"]
    assert texts(par(f"<w:moveFrom>{run('甲')}</w:moveFrom>", mark="<w:moveFrom/>")) == []


def test_a_heading_that_runs_into_its_text_is_one_line() -> None:
    """Word's style separator is a hidden paragraph mark."""
    separated = par("加强领导。", style="1", mark="<w:vanish/><w:specVanish/>")
    form = read(separated, par("书记带头。"), styles=[style("1", "heading 1")])
    assert [(line.text, line.facts.level) for line in form.lines] == [("加强领导。书记带头。", 0)]


def test_a_drop_cap_belongs_to_its_paragraph() -> None:
    """It stands in a paragraph of its own, which is no line."""
    frame = '<w:framePr w:dropCap="drop" w:lines="2"/>'
    assert texts(par("近", form=frame), par("年来，某区推进治理。")) == ["近年来，某区推进治理。"]


PAGE = (
    "<html><head><meta charset=utf-8></head><body><h2>一、加强领导</h2><p>压实责任。</p>"
    "<table><tr><td>事项</td><td>数量</td></tr><tr><td>走访</td><td>12</td></tr></table></body></html>"
)
ARCHIVE = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n"
)


@pytest.mark.parametrize("part", [PAGE, ARCHIVE], ids=["page", "archive"])
def test_embedded_pages_are_read_in_their_place(part: str) -> None:
    """Programs that make .docx of web pages embed the page; Word rewrites it when it saves."""
    body = (
        par("前"),
        '<w:altChunk r:id="r2"/>',
        table(row("甲", "乙"), row("丙", "丁")),
        par("后"),
    )
    form = read(*body, more={"page": part})
    assert [line.text for line in form.lines] == [
        *("前", "一、加强领导", "压实责任。", "| 事项 | 数量 |", "| --- | --- |", "| 走访 | 12 |"),
        *("| 甲 | 乙 |", "| --- | --- |", "| 丙 | 丁 |", "后"),
    ]
    assert not form.remarks
    assert form.lines[1].facts.level == 2
    assert [line.facts.cell[0] for line in form.lines if line.facts.cell] == [1, 1, 1, 2, 2, 2]
    numbers = [line.facts.paragraph for line in form.lines if not line.facts.cell]
    assert numbers == sorted(set(numbers))


def test_an_embedded_word_file_is_read() -> None:
    """A document that was put together of others; its own remarks are dropped."""
    parts = parts_of(par("前"), '<w:altChunk r:id="r2"/>')
    relations = parts["word/_rels/document.xml.rels"]
    part = f'<Relationship Id="r2" Type="{NAMESPACES["r"]}/aFChunk" Target="part.docx"/>'
    parts["word/_rels/document.xml.rels"] = relations.replace("</", f"{part}</", 1)
    whole = zipped({**parts, "word/part.docx": docx(par("中间"))})
    assert [line.text for line in read_docx(whole).lines] == ["前", "中间"]


def test_embedded_files_that_cannot_be_read_are_counted() -> None:
    """RTF, and parts that are missing; without any other text the file is refused."""
    form = read(
        par("正文"), '<w:altChunk r:id="r2"/><w:altChunk r:id="r9"/>', more={"a": "{\\rtf1}"}
    )
    assert [(remark.rule, "2 个" in remark.message) for remark in form.remarks] == [
        ("embedded-files-left-out", True)
    ]
    with pytest.raises(UserError, match="另存为"):
        read('<w:altChunk r:id="r9"/>')


NEW_PAGE = "<w:lastRenderedPageBreak/>"


def test_pages_are_those_of_the_last_layout() -> None:
    """A paragraph stands where its text begins; cells of a row go over to a page together."""
    over = cell(par("甲"), par(run(more=NEW_PAGE), "乙"))
    body = [
        par("一", run(more=NEW_PAGE), "二"),
        par(run(more=NEW_PAGE), "三"),
        table(row(over, over), row("丙", "丁")),
        par("四"),
    ]
    lines = read(*body).lines
    assert [line.facts.page for line in lines if not line.facts.cell] == [1, 3, 4]
    assert {line.facts.page for line in lines if line.facts.cell} == {3}
    assert {line.facts.page for line in read(par("一"), par("二")).lines} == {0}


def test_hidden_text_may_come_from_a_style() -> None:
    """Of the paragraph or of the run; a run may show itself again. It is counted once."""
    hidden = style("H", "密", look=HIDDEN)
    letters = hidden.replace("paragraph", "character").replace('"H"', '"C"')
    shown = run("显", '<w:vanish w:val="0"/>')
    form = read(par("甲", shown, style="H"), par("乙", run("丙", '<w:rStyle w:val="C"/>')),
                par("丁", style="H", mark=HIDDEN), styles=[hidden, letters])  # fmt: skip
    assert [line.text for line in form.lines] == ["显", "乙"]
    assert [remark.rule for remark in form.remarks] == ["hidden-text-left-out"]
    assert "3 处" in form.remarks[0].message


def test_text_copied_from_a_web_page_keeps_its_lines() -> None:
    """Many soft breaks after ends of sentences: structure judges each; a cut one is joined."""
    lines = ["建立了机制。", "配齐了人员。", "标题一行", "办结率提高。", "完"]
    body = par(*(run(line, more="<w:br/>") for line in lines))
    form = read(body)
    assert [line.text for line in form.lines] == lines
    assert [line.certain_end for line in form.lines] == [False] * 4 + [True]
    assert {line.facts.paragraph for line in form.lines} == {1}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["关于推广网格治理", "经验的调研报告"], ["关于推广网格治理经验的调研报告"]),
        (["一、加强领导", "书记带头，压实责任。"], ["一、加强领导", "书记带头，压实责任。"]),
        (
            ["主要做法如下：", "（一）建机制", "（二）强保障"],
            ["主要做法如下：", "（一）建机制", "（二）强保障"],
        ),
        (["一是坚持党建引领，", "二是坚持问题导向。"], ["一是坚持党建引领，二是坚持问题导向。"]),
        (["1.坚持党建引领，", "推动重心下移。"], ["1.坚持党建引领，推动重心下移。"]),
        (["投入", "3.5万元"], ["投入 3.5万元"]),
    ],
)
def test_a_soft_break_ends_a_line_only_at_numbered_lines(
    lines: list[str], expected: list[str]
) -> None:
    """A title in two lines is one; a heading above its text stays apart."""
    found = read(par(*(run(more="<w:br/>" * bool(n) + t(line)) for n, line in enumerate(lines))))
    assert [line.text for line in found.lines] == expected
    assert [line.certain_end for line in found.lines] == [False] * (len(expected) - 1) + [True]


def test_text_after_a_page_break_is_another_line() -> None:
    """Whose end structure judges: a page may end within a sentence."""
    form = read(par("工作总结", run(more='<w:br w:type="page"/>'), "一年来。"), par("二"))
    assert [(line.text, line.certain_end) for line in form.lines] == [
        ("工作总结", False), ("一年来。", True), ("二", True),
    ]  # fmt: skip


# --- nothing is lost


FRAMES = {
    "plain": "{}",
    "inserted": "<w:ins>{}</w:ins>",
    "linked": "<w:hyperlink>{}</w:hyperlink>",
    "control": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "unknown": "<w:other>{}</w:other>",
    "result": field("REF x", "{}"),
    "alternate": "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
}
words = st.text("甲乙丙丁戊己庚辛壬癸", min_size=1, max_size=4)
runs = st.builds(
    lambda word, frames: (word, _framed(run(word), frames)),
    words,
    st.lists(st.sampled_from(sorted(FRAMES)), max_size=3),
)
paragraphs = st.lists(runs, min_size=1, max_size=4)
holders = st.sampled_from(["body", "table", "control", "box"])


def _framed(content: str, frames: list[str]) -> str:
    for name in frames:
        content = FRAMES[name].replace("{}", content)
    return content


def _held(paragraph: str, holder: str) -> str:
    if holder == "table":
        return table(row(cell(paragraph)))
    if holder == "control":
        return f"<w:sdt><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"
    return par(box(paragraph)) if holder == "box" else paragraph


@examples(100)
@given(st.lists(st.tuples(paragraphs, holders), min_size=1, max_size=5))
def test_no_visible_run_is_lost(document: list[tuple[list[tuple[str, str]], str]]) -> None:
    """Whatever a run stands in, its text is read, once and in its order."""
    body = [_held(par(*(each for _, each in content)), holder) for content, holder in document]
    expected = ["".join(word for word, _ in content) for content, _ in document]
    assert [text for text in texts(*body) if text] == expected


# --- forms of the file


def test_lines_are_lines() -> None:
    """No line holds a line feed, whatever the file has in its text."""
    lines: tuple[Line, ...] = read(par(f"<w:r>{t('甲')}<w:t>乙\n丙\r\n丁</w:t></w:r>")).lines
    assert [line.text for line in lines] == ["甲乙丙丁"]


def test_the_main_part_may_have_any_name() -> None:
    """Named by the relations of the package, or by its content type; backslashes, capitals."""
    parts = parts_of(par("正文"), main="Word/Document2.xml", styles=[style("1", "heading 1")])
    assert read_docx(zipped(parts)).lines[0].text == "正文"
    without = {name: each for name, each in parts.items() if name != "_rels/.rels"}
    odd = {name.replace("/", "\\").upper() if "ocument" in name else name: each
           for name, each in without.items()}  # fmt: skip
    assert read_docx(zipped(odd)).lines[0].text == "正文"
