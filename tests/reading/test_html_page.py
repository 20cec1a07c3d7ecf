"""What a page says of its lines, and what no reader of the page would see."""

from __future__ import annotations

from typing import Any

import pytest
from web_pages import ARTICLE, LEAD, TITLE, paragraphs, whole

from casebook.model import Line, UserError
from casebook.reading.web.html_page import read_html


def inside(body: str, **head: str) -> list[Line]:
    """The lines of a page with a body that are not outside of its text."""
    lines = read_html(whole(body, **head).encode()).lines
    return [line for line in lines if line.facts.origin != "outside"]


def texts(body: str, **head: str) -> list[str]:
    """The texts of these lines, without the headline that the title gives."""
    return [line.text for line in inside(body, **head) if line.text != TITLE]


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        *(("utf-8", "utf-8"), ("utf-8", "gb2312"), ("gb18030", "gb2312"), ("gbk", "utf-8")),
        *(("gb18030", "no-such-charset"), ("utf-16", "utf-16"), ("utf-8-sig", "gbk")),
        ("gb18030", ""),
    ],
)
def test_a_page_is_decoded_whatever_it_says(codec: str, named: str) -> None:
    """Pages say gb2312 where they have characters that it lacks, and other things."""
    page = f"<meta charset={named}><h1>{TITLE}</h1><p>喆㸆𠮷：{LEAD}</p>"
    read = read_html(page.encode(codec if codec != "gbk" else "gb18030"))
    assert [line.text for line in read.lines] == [TITLE, f"喆㸆𠮷：{LEAD}"]
    assert read.replaced == 0


def test_a_page_in_traditional_script_is_read_as_big5() -> None:
    """As its meta element says."""
    page = f'<meta content="text/html; charset=big5"><p>{"推動黨建工作。" * 9}'
    assert read_html(page.encode("big5")).lines[0].text == "推動黨建工作。" * 9


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>推动治理\n  重心下移，use\nit。</p>", ["推动治理重心下移，use it。"]),
        ("<p>&nbsp;&nbsp;张三<b>　</b>李四&nbsp;</p>", ["张三　李四"]),
        ("<div>甲，乙。<br><br>丙，丁。</div>", ["甲，乙。", "丙，丁。"]),
        ("<div>一、做法<br>甲，乙。<br>丙，丁。</div>", ["一、做法", "甲，乙。", "丙，丁。"]),
        (f"<p>{'推动治理，' * 6}推<br>{'动治理，推' * 6}动<br>治理重心下移。</p>"
         f"<p>{'推动治理，' * 6}推<br>{'动治理，推' * 6}动<br>治理重心下移。</p>",
         [f"{'推动治理，' * 12}推动治理重心下移。"] * 2),
        ("<ul><li>甲，乙。</li><li>丙，丁。</li></ul>", ["甲，乙。", "丙，丁。"]),
        ("<ol start=3><li>甲，乙。<li>use it.<li value=9>丙，丁。</ol>",
         ["3.甲，乙。", "4.use it.", "9.丙，丁。"]),
        ("<ol type=A><li>甲，乙。</li></ol><ol type=i><li><p>丙，丁。</p></li></ol>",
         ["A.甲，乙。", "i.丙，丁。"]),
        ("<ol style='list-style-type: cjk-ideographic' start=12><li>甲，乙。</ol>",
         ["十二、甲，乙。"]),
        ("<ol><li>2023年，甲。</ol>", ["1. 2023年，甲。"]),
        ("<ol style='list-style:none'><li>甲，乙。<li>丙，丁。</ol>", ["甲，乙。", "丙，丁。"]),
        ("<ol><li>1. 甲，乙。<li>一、丙，丁。</ol>", ["1. 甲，乙。", "一、丙，丁。"]),
        ("<p>前，后。</p><pre>第一行，\n  第二行。</pre>", ["前，后。", "第一行，", "第二行。"]),
        ("<p><ruby>汉<rp>(</rp><rt>han</rt></ruby>字，<sup>2</sup>。</p>", ["汉字，2。"]),
        ("<p>甲，乙。<button>关</button><select><option>丙</select></p>", ["甲，乙。"]),
        ("<p>甲&lt;乙&gt;，&amp;。</p>", ["甲<乙>，&。"]),
    ],
)  # fmt: skip
def test_paragraphs_are_lines(body: str, expected: list[str]) -> None:
    """Wrapped source, blanks, breaks of paragraphs and of lines, lists with labels as shown."""
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        ("<h3>一、做法</h3>", {"level": 3}),
        ("<p><b>一、</b><strong>做法</strong></p>", {"bold": True}),
        ("<p><b>一、</b>做法</p>", {"bold": False}),
        ("<p><span style='font-weight: 700'>一、做法</span></p>", {"bold": True}),
        ("<p><b><span style='font-weight:normal'>一、做法</span></b></p>", {"bold": False}),
        ("<p align=center>一、做法</p>", {"centered": True}),
        ("<center><p>一、做法</p></center>", {"centered": True}),
        ("<p style='TEXT-ALIGN: center'>一、做法</p>", {"centered": True}),
        ("<p><font size=5>一、做法</font></p>", {"size": 18.0}),
        ("<p><span style='font-size:16px'>一、做法</span></p>", {"size": 12.0}),
        ("<p style='font-size:22.0pt'>一、做法</p>", {"size": 22.0}),
        ("<ol><li>一件事</ol>", {"label": "1."}),
    ],
)
def test_tags_and_styles_are_facts(body: str, facts: dict[str, Any]) -> None:
    """Levels, weight of the whole line, place, size in points, label."""
    line = next(line for line in inside(body + paragraphs(ARTICLE)) if "一" in line.text[:4])
    assert {name: getattr(line.facts, name) for name in facts} == facts


HIDDEN = {
    "display": "<span style='display: none'>{}</span>",
    "visibility": "<span style='visibility:hidden;'>{}</span>",
    "size": "<span style='font-size:0'>{}</span>",
    "opacity": "<i style='opacity:0.0'>{}</i>",
    "white": "<span style='color:#FFFFFF'>{}</span>",
    "font": "<font color=white>{}</font>",
    "ground": "<span style='color:#eee;background:#eee'>{}</span>",
    "place": "<span style='position:absolute;left:-9999px'>{}</span>",
    "word": "<span style='mso-hide:all'>{}</span>",
    "attribute": "<span hidden>{}</span>",
    "sheet": "<span class='a kp'>{}</span>",
}


@pytest.mark.parametrize("form", HIDDEN.values(), ids=HIDDEN)
def test_hidden_text_stands_outside(form: str) -> None:
    """Inside a paragraph and as one; none of it is lost."""
    head = "<style>@media print{.pr{display:none}} .kp, #x { display : none }</style>"
    hidden = "本文由某站独家提供"
    body = f"<p>甲，{form.format(hidden)}乙。</p><div>{form.format(hidden)}</div>"
    body += "<p class=pr>丙，丁。</p>"
    lines = read_html(whole(body + paragraphs(ARTICLE), head=head).encode()).lines
    own = [line.text for line in lines if line.facts.origin != "outside"]
    shown = [line for line in own if line != TITLE]
    if form in (HIDDEN["white"], HIDDEN["font"]):  # a whole white block may lie on a dark one
        shown.remove(hidden)
    assert shown == ["甲，乙。", "丙，丁。", *ARTICLE]
    assert [line.text for line in lines].count(hidden) == 2


@pytest.mark.parametrize("tag", ["script", "style", "noscript", "template", "svg"])
def test_what_is_no_text_is_left_out(tag: str) -> None:
    """Code of the page, and what it shows without scripts."""
    assert texts(f"<{tag}>甲，乙。</{tag}>{paragraphs(ARTICLE)}") == ARTICLE


def test_merged_cells_keep_their_columns() -> None:
    """Cells that continue a merged one are empty; a bar is escaped."""
    table = (
        "<table><tr><th rowspan=2>街道</th><th colspan=2>车位</th></tr>"
        "<tr><td>地面</td><td>立体</td></tr>"
        "<tr><td>城关</td><td>3|2</td><td><p>18</p><p>户</p></td></tr></table>"
    )
    lines = [line for line in inside(paragraphs(ARTICLE) + table) if line.facts.cell]
    assert [(line.text, line.facts.cell) for line in lines] == [
        ("| 街道 | 车位 |  |", (1, 1, 0)),
        ("| --- | --- | --- |", (1, 1, 0)),
        ("|  | 地面 | 立体 |", (1, 2, 0)),
        ("| 城关 | 3\\|2 | 18 户 |", (1, 3, 0)),
    ]
    assert {line.facts.paragraph for line in lines} == {len(ARTICLE) + 2}


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<table><tr><td>标语</td><td>{}</td></tr></table>",
        "<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>",
        "<table role=presentation><tr><td>{}</td></tr><tr><td> </td><td></td></tr></table>",
    ],
)
def test_a_table_that_sets_out_a_page_is_text(table: str) -> None:
    """Its cells are paragraphs, whatever the depth."""
    assert [text for text in texts(table.format(paragraphs(ARTICLE))) if text != "标语"] == ARTICLE


@pytest.mark.parametrize(
    ("title", "body", "headline"),
    [
        ("某区推行一线法_某某网", "", "某区推行一线法"),
        ("某区推行一线法-要闻-某某新闻网", "", "某区推行一线法"),
        ("破题——某区推行一线法 | 某区政府", "", "破题——某区推行一线法"),
        ("某某市人民政府网", "", None),
        ("某区推行一线法_某网", "<h1>某区推行一线法</h1><p>某区推行一线法</p>", "某区推行一线法"),
        ("某区推行一线法_某网", "<div>某区推行一线法</div>", "某区推行一线法"),
        ("某网", "<h1>某某网</h1><h2>某区推行<br>一线法</h2>", "某区推行一线法"),
    ],
)  # fmt: skip
def test_the_headline_is_found_once(title: str, body: str, headline: str | None) -> None:
    """In the text as the title names it, as the largest heading, or in the head of the page."""
    lines = inside(f"{body}<div class=t>{paragraphs(ARTICLE)}</div>", title=title)
    found = [line.text for line in lines if line.text not in ARTICLE]
    assert found == ([] if headline is None else [headline])
    assert [line.facts.level for line in lines[: len(found)]] == [1] * len(found)


def test_notes_of_a_word_page_are_notes() -> None:
    """They stand at the end, as Word writes them."""
    note = "<div style='mso-element:footnote-list'><p>[1] 数据来自某局，下同。</p></div>"
    line = inside(paragraphs(ARTICLE) + note)[-1]
    assert (line.text, line.facts.origin) == ("[1] 数据来自某局，下同。", "note")


def test_what_is_left_out_is_remarked() -> None:
    """Images of the article, not those around it, and its other pages."""
    body = (
        f"<img src=logo.png><div class=t>{paragraphs(ARTICLE)}<p><img src=a.jpg></p>"
        "<img width=1></div>"
        "<p><a href=2>2</a> <a href=3>3</a> <a href=2>下一页</a></p>"
    )
    remarks = read_html(whole(body).encode()).remarks
    assert [remark.rule for remark in remarks] == ["images-left-out", "more-pages"]
    assert "1 张" in remarks[0].message
    assert read_html(whole(paragraphs(ARTICLE)).encode()).remarks == ()


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("<html><frameset cols='*,*'><frame src=a.html></frameset></html>", "框架"),
        ("<html><body><iframe src=a.html></iframe></body></html>", "框架"),
        ("<html><body><div id=app></div><script>run()</script></body></html>", "脚本"),
        ("<html><body> <p>&nbsp;</p></body></html>", "没有文字"),
        ("<!-- 注释 -->", "没有内容"),
    ],
)
def test_a_page_without_text_gets_one_sentence(page: str, sentence: str) -> None:
    """What is missing, and where it is."""
    with pytest.raises(UserError, match=sentence) as refusal:
        read_html(page.encode())
    assert str(refusal.value).endswith("。")
