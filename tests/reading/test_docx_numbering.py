"""Automatic numbers of Word files: 71 paragraphs in 14 formats, and each rule by itself."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from docx_builder import abstract, cell, docx, level, num, par, restart, row, style, table

from casebook.model import BULLET
from casebook.reading.counting import format_number
from casebook.reading.word.docx import read_docx

HAN, PLAIN = "chineseCounting", "decimal"

NUMBERING = (
    abstract(
        1,
        level(0, HAN, "%1、"),
        level(1, HAN, "（%2）"),
        level(2, PLAIN, "%3."),
        level(3, PLAIN, "（%4）"),
        level(4, "decimalEnclosedCircle", "%5"),
    ),
    abstract(2, level(0, "chineseCountingThousand", "第%1条", 9)),
    abstract(3, level(0, "chineseLegalSimplified", "%1、", 9)),
    abstract(4, level(0, "ideographDigital", "%1、", 9)),
    abstract(5, level(0, "ideographTraditional", "%1．", 9)),
    abstract(6, level(0, "ideographZodiac", "%1：", 10)),
    abstract(7, level(0, "decimalEnclosedCircle", "%1", 19)),
    abstract(8, level(0, "decimalFullWidth", "%1．", 9)),
    abstract(9, level(0, "decimalZero", "%1", 9)),
    abstract(10, level(0, "lowerLetter", "%1)", 25)),
    abstract(11, level(0, "upperLetter", "%1．")),
    abstract(12, level(0, "lowerRoman", "(%1)", 3)),
    abstract(13, level(0, "upperRoman", "%1、", 8)),
    abstract(
        14,
        level(0, HAN, "第%1章", more='<w:suff w:val="space"/>'),
        level(1, PLAIN, "%1.%2", more="<w:isLgl/>"),
        level(2, PLAIN, "%1.%2.%3", more='<w:isLgl/><w:suff w:val="nothing"/>'),
    ),
    abstract(15, level(0, "bullet", "●"), level(1, "none", "")),
    abstract(16, level(0, HAN, "%1、"), level(1, PLAIN, "%2．", more='<w:lvlRestart w:val="0"/>')),
    num(1, 1),
    num(21, 1),
    num(31, 1, restart(0)),
    *(num(each, each) for each in range(2, 17)),
)

TRUTH = """\
1 0 一、|加强领导
1 1 （一）|压实责任
1 2 1.|书记带头
1 2 2.|班子成员分片包干
1 2 3. |2023年起每月调度
1 3 （1）|例会
1 3 （2）|督查
1 4 ①|发现问题
1 4 ②|交办整改
1 3 （3）|通报
1 1 （二）|完善制度
1 2 1.|修订办法
1 0 二、|强化保障
21 0 三、|另一份清单接着数
21 1 （一）|经费
21 1 （二）|人员
1 0 四、|回到第一份清单
31 0 一、|重新开始的清单
31 1 （一）|试点
31 0 二、|推广
1 0 三、|再回到第一份清单
2 0 第九条 |申报
2 0 第十条 |评审
2 0 第十一条 |公示
2 0 第十二条 |授牌
3 0 玖、|收入
3 0 壹拾、|支出
3 0 壹拾壹、|结余
4 0 九、|走访
4 0 一〇、|座谈
4 0 一一、|回访
5 0 壬．|选址
5 0 癸．|建设
5 0 11．|验收
6 0 酉：|巡查
6 0 戌：|值守
6 0 亥：|交接
6 0 13：|备勤
7 0 ⑲|建档
7 0 ⑳|立卡
7 0 ㉑|销号
7 0 ㉒|回头看
8 0 ９．|宣讲
8 0 １０．|培训
8 0 １１．|考试
9 0 09 |接诉
9 0 10 |即办
9 0 11 |回复
10 0 y)|登记
10 0 z)|核实
10 0 aa)|公开
10 0 bb)|存档
11 0 A．|基础
11 0 B．|提升
12 0 (iii)|党建
12 0 (iv)|治理
12 0 (v)|服务
13 0 VIII、|安全
13 0 IX、|生态
13 0 X、|文明
14 0 第一章 |总则
14 1 1.1 |目的
14 2 1.1.1|依据
14 2 1.1.2|范围
14 0 第二章 |职责
14 1 2.1 |分工
15 0 |要点没有编号
15 1 |空格式没有编号
16 0 一、|甲
16 1 1．|乙
16 0 二、|丙
16 1 2．|丁
"""
"""List and level of a paragraph, its label as shown with what follows it, its words; by hand."""


def test_seventy_paragraphs_in_fourteen_formats_are_exact() -> None:
    """Continued and restarted lists, legal numbering, levels that never restart."""
    entries = [entry.split(" ", 2) for entry in TRUTH.splitlines()]
    expected = [tuple(shown.split("|")) for _, _, shown in entries]
    body = [
        par(words, num=(int(name), int(at)))
        for (name, at, _), (_, words) in zip(entries, expected, strict=True)
    ]
    assert len(expected) >= 70
    lines = read_docx(docx(*body, numbering=NUMBERING)).lines
    assert [line.text for line in lines] == [label + words for label, words in expected]
    bullets = [name == "15" and at == "0" for name, at, _ in entries]
    assert [line.facts.label for line in lines] == [
        BULLET if is_bullet else label.rstrip(" ")
        for is_bullet, (label, _) in zip(bullets, expected, strict=True)
    ]


def shown(*paragraphs: str, numbering: Iterable[str], styles: Iterable[str] = ()) -> list[str]:
    """The lines of a document with these lists."""
    form = read_docx(docx(*paragraphs, numbering=numbering, styles=styles))
    return [line.text for line in form.lines]


def test_lists_of_one_abstract_list_count_together() -> None:
    """The first values of any numbering: a second list goes on, its inner level begins again."""
    numbering = (
        abstract(1, level(0, HAN, "%1、"), level(1, HAN, "（%2）"), level(2, PLAIN, "%3.")),
        num(1, 1),
        num(2, 1),
    )
    places = [(1, 0), (1, 1), (1, 2), (1, 1), (2, 0), (1, 1)]
    labels = ["一、", "（一）", "1.", "（二）", "二、", "（一）"]
    body = [par(name, num=place) for name, place in zip("甲乙丙丁戊己", places, strict=True)]
    expected = [label + name for label, name in zip(labels, "甲乙丙丁戊己", strict=True)]
    assert shown(*body, numbering=numbering) == expected


def test_a_start_override_counts_once_for_a_list_and_a_level() -> None:
    """Neither for each paragraph nor where an inner level is cleared."""
    numbering = (
        abstract(1, level(0, PLAIN, "%1、"), level(1, PLAIN, "(%2)")),
        num(1, 1),
        num(2, 1, restart(0, 5) + restart(1, 3)),
    )
    places = [(1, 0), (2, 0), (2, 1), (2, 1), (2, 0), (2, 1), (1, 0)]
    found = shown(*(par("项", num=place) for place in places), numbering=numbering)
    assert found == ["1、项", "5、项", "(3)项", "(4)项", "6、项", "(1)项", "7、项"]


def test_a_level_is_cleared_only_by_the_one_that_its_restart_names() -> None:
    """`lvlRestart` 1: a new level 2 leaves level 3 alone, a new level 1 clears it."""
    deep = level(2, PLAIN, "%3.", more='<w:lvlRestart w:val="1"/>')
    numbering = (abstract(1, level(0, HAN, "%1、"), level(1, HAN, "（%2）"), deep), num(1, 1))
    body = [par("项", num=(1, at)) for at in (0, 1, 2, 1, 2, 0, 2)]
    expected = ["一、项", "（一）项", "1.项", "（二）项", "2.项", "二、项", "1.项"]
    assert shown(*body, numbering=numbering) == expected


def test_a_start_is_kept_and_a_number_of_two_levels_shows_both() -> None:
    """mammoth.js #479: `w:start` 3; the second level repeats the first in its own format."""
    numbering = (abstract(1, level(0, HAN, "%1、", 3), level(1, PLAIN, "%1.%2")), num(1, 1))
    body = [par("项", num=(1, at)) for at in (0, 1, 0)]
    assert shown(*body, numbering=numbering) == ["三、项", "三.1 项", "四、项"]


def test_a_level_of_a_list_may_be_defined_by_the_list() -> None:
    """`lvlOverride` with a level of its own: another format, the same counter."""
    own = f'<w:lvlOverride w:ilvl="0">{level(0, HAN, "（%1）")}</w:lvlOverride>'
    numbering = (abstract(1, level(0, PLAIN, "%1.")), num(1, 1), num(2, 1, own))
    body = [par("项", num=(name, 0)) for name in (1, 2, 1)]
    assert shown(*body, numbering=numbering) == ["1.项", "（二）项", "3.项"]


def test_styles_bring_lists_and_their_levels() -> None:
    """By `pStyle` of the level, along `basedOn`; number 0 switches it off."""
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        style("A", "标题 一", listed),
        style("B", "标题 二", listed),
        style("C", "标题 三", more='<w:basedOn w:val="B"/>'),
    )
    levels = (
        level(0, HAN, "%1、", more='<w:pStyle w:val="A"/>'),
        level(1, HAN, "（%2）", more='<w:pStyle w:val="B"/>'),
    )
    body = (
        par("甲", style="A"),
        par("乙", style="B"),
        par("丙", style="C"),
        par("丁", style="A", num=(0, 0)),
        par("戊", style="A"),
    )
    found = shown(*body, numbering=(abstract(1, *levels), num(1, 1)), styles=styles)
    assert found == ["一、甲", "（一）乙", "（二）丙", "丁", "二、戊"]


def test_a_list_style_stands_for_its_list() -> None:
    """`numStyleLink` leads through a style to another abstract list, whose counters are meant."""
    linked = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="公文"/><w:pPr><w:numPr>'
    styles = (f'{linked}<w:numId w:val="1"/></w:numPr></w:pPr></w:style>',)
    numbering = (
        abstract(1, level(0, HAN, "%1、"), more='<w:styleLink w:val="L"/>'),
        abstract(2, more='<w:numStyleLink w:val="L"/>'),
        num(1, 1),
        num(2, 2),
    )
    body = [par("项", num=(name, 0)) for name in (1, 2)]
    assert shown(*body, numbering=numbering, styles=styles) == ["一、项", "二、项"]


def test_a_number_format_may_stand_in_alternate_content() -> None:
    """The new one is taken: 001, 002; a bullet counts, too, for the levels below it."""
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1-"/></w:lvl>'
    )
    numbering = (
        abstract(1, custom),
        abstract(2, level(0, "bullet", "·"), level(1, PLAIN, "%2.")),
        num(1, 1),
        num(2, 2),
    )
    places = [(1, 0), (1, 0), (2, 0), (2, 1), (2, 0), (2, 1)]
    found = shown(*(par("项", num=place) for place in places), numbering=numbering)
    assert found == ["001-项", "002-项", "项", "1.项", "项", "1.项"]


def test_a_label_shows_what_word_shows_of_it() -> None:
    """Words without a number, no mark alone, nothing of an inner level or a hidden number."""
    levels = (
        level(0, "none", "附件："),
        level(1, "none", "%2、"),
        level(2, PLAIN, "%3%4."),
        level(3, PLAIN, "%4.", more="<w:rPr><w:vanish/></w:rPr>"),
    )
    body = [par("项", num=(1, at)) for at in range(4)]
    found = shown(*body, numbering=(abstract(1, *levels), num(1, 1)))
    assert found == ["附件：项", "项", "1.项", "项"]


def test_headings_between_the_items_of_a_list_do_not_end_it() -> None:
    """pandoc #10258, docling #3896: list, plain paragraph, table, the list goes on."""
    numbering = (abstract(1, level(0, "upperLetter", "%1.")), num(1, 1))
    body = (
        par("选址", num=(1, 0)),
        par("以下是建设阶段"),
        table(row(cell(par("表中一项", num=(1, 0))), "合格"), row("其他", "合格")),
        par("验收", num=(1, 0)),
    )
    assert shown(*body, numbering=numbering) == [
        "A.选址",
        "以下是建设阶段",
        "| B.表中一项 | 合格 |",
        "| --- | --- |",
        "| 其他 | 合格 |",
        "C.验收",
    ]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("chineseCounting", "一 二 十 十一 二十 二十一 九十九 一○○ 一○一"),
        ("chineseCountingThousand", "一 二 十 十一 二十 二十一 九十九 一百 一百零一"),
        ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖 壹佰 壹佰零壹"),
        ("ideographDigital", "一 二 一〇 一一 二〇 二一 九九 一〇〇 一〇一"),
        ("ideographTraditional", "甲 乙 癸 11 20 21 99 100 101"),
        ("ideographZodiac", "子 丑 酉 戌 20 21 99 100 101"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ ㉑ 99 100 101"),
        ("decimalFullWidth", "１ ２ １０ １１ ２０ ２１ ９９ １００ １０１"),
        ("decimalZero", "01 02 10 11 20 21 99 100 101"),
        ("lowerLetter", "a b j k t u uuuu vvvv wwww"),
        ("upperRoman", "I II X XI XX XXI XCIX C CI"),
        ("japaneseCounting", "一 二 十 十一 二十 二十一 九十九 百 百一"),
        ("somethingNew", "1 2 10 11 20 21 99 100 101"),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, written: str) -> None:
    """At the borders of the formats; one that is not known is in figures."""
    numbers = (1, 2, 10, 11, 20, 21, 99, 100, 101)
    assert [format_number(number, form) for number in numbers] == written.split()


def test_circles_lie_in_three_blocks() -> None:
    """To 20, to 35, to 50; figures from there on."""
    circled = [
        format_number(number, "decimalEnclosedCircle") for number in (20, 21, 35, 36, 50, 51)
    ]
    assert circled == ["⑳", "㉑", "㉟", "㊱", "㊿", "51"]
