"""What the form of a document says comes first: styles, size, weight, tables, notes."""

from __future__ import annotations

from casebook.model import BULLET, Line, LineFacts
from casebook.structure import structure

TEXT = "近年来，全县每周调度一次，问题逐件销号，群众来访比上一年减少了三成，干部也更安心。"


def line(text: str, **facts: object) -> Line:
    """A line with a certain end; 12 points unless the facts say otherwise."""
    return Line(text, True, LineFacts(**{"size": 12.0, **facts}))  # type: ignore[arg-type]


def outline(*lines: Line) -> list[tuple[int, str | None]]:
    """Level and heading of each block of the only write-up."""
    (write_up,) = structure(lines)
    return [(block.level, block.heading) for block in write_up.blocks]


def test_the_largest_line_is_the_title_even_on_two_lines() -> None:
    """What stands above it is furniture."""
    assert outline(
        line("江城市简报", size=14.0),
        line("小网格托起大民生", size=22.0, centered=True),
        line("的探索与实践", size=22.0, centered=True),
        line(TEXT),
        line("一、主要做法", bold=True),
        line(TEXT),
        line("二、工作成效", bold=True),
        line(TEXT),
    ) == [(1, "小网格托起大民生的探索与实践"), (2, "一、主要做法"), (2, "二、工作成效")]


def test_the_headline_of_a_page_is_the_title_below_its_kicker() -> None:
    """The line above it is text of the page, no title."""
    assert outline(
        line("本报聚焦基层治理"),
        line("小网格托起大民生", level=1),
        line(TEXT),
        line("一、主要做法"),
        line(TEXT),
    ) == [(1, "小网格托起大民生"), (2, "一、主要做法")]


def test_styles_give_the_levels() -> None:
    """Whatever the wording says, and without a number."""
    assert outline(
        line("河长制落实案例", level=1),
        line("清淤", level=2),
        line("坚持以人民为中心，把清淤摆在第一位", level=3),
        line(TEXT),
        line("护岸，一年比一年扎实。", level=3),
        line(TEXT),
        line("巡河", level=2),
        line(TEXT),
    ) == [
        (1, "河长制落实案例"),
        (2, "清淤"),
        (3, "坚持以人民为中心，把清淤摆在第一位"),
        (3, "护岸，一年比一年扎实。"),
        (2, "巡河"),
    ]


def test_a_short_line_among_styled_headings_is_text() -> None:
    """Such as an item of a list, whose bullet is no character of the text."""
    assert outline(
        line("食堂账目公开的做法", level=1),
        line("做法", level=2),
        line("利用闲置校舍"),
        line("利用村部和祠堂，步行不过十分钟。"),
        line("成效", level=2),
        line(TEXT),
    ) == [(1, "食堂账目公开的做法"), (2, "做法"), (2, "成效")]


def test_an_item_with_a_bullet_is_text_unless_it_names_itself() -> None:
    """A short item is no heading; a name before a colon is one."""
    assert outline(
        line("食堂账目公开的做法", size=22.0),
        line("一、主要做法"),
        line("利用闲置校舍", label=BULLET),
        line("利用村部和祠堂，步行不过十分钟。", label=BULLET),
        line("二、主要成效"),
        line(f"吃得好：{TEXT}", label=BULLET),
        line(f"算得清：{TEXT}", label=BULLET),
    )[1:] == [(2, "一、主要做法"), (2, "二、主要成效"), (3, "吃得好："), (3, "算得清：")]


def test_bold_lines_are_headings_also_with_a_full_stop() -> None:
    """A plain line of the same wording is text."""
    assert outline(
        line("一条河的治理", size=22.0),
        line("清淤护岸，还一河清水。", bold=True),
        line(TEXT),
        line("拆违清障，还一条通道。", bold=True),
        line(TEXT),
        line("大家都说好。"),
        line(TEXT),
    ) == [(1, "一条河的治理"), (2, "清淤护岸，还一河清水。"), (2, "拆违清障，还一条通道。")]


def test_a_text_that_is_bold_throughout_has_no_headings_by_weight() -> None:
    """Then weight says nothing."""
    bold = [line(text, bold=True) for text in ("一条河的治理", TEXT, "大家都说好。", TEXT)]
    assert outline(*bold) == [(1, "一条河的治理")]


def test_rows_of_a_table_and_notes_are_text() -> None:
    """Neither a short row nor a note opens a section, and rows stay together."""
    (write_up,) = structure(
        [
            line("食堂账目公开的做法", size=22.0),
            line("一、主要做法"),
            line(TEXT),
            line("| 年份 | 食堂 |", cell=(1, 1, 0)),
            line("| --- | --- |", cell=(1, 1, 0)),
            line("| 2022 | 46 |", cell=(1, 2, 0)),
            line("二、工作成效"),
            line(TEXT),
            line("[1] 数据来自县民政局", origin="note", size=9.0),
        ]
    )
    assert [block.heading for block in write_up.blocks[1:]] == ["一、主要做法", "二、工作成效"]
    rows = "| 年份 | 食堂 |\n| --- | --- |\n| 2022 | 46 |"
    assert write_up.blocks[1].text == f"{TEXT}\n{rows}"
    assert write_up.blocks[2].text.endswith("[1] 数据来自县民政局")


def test_an_official_paper_states_number_addressee_signature_and_annex() -> None:
    """The head of the paper is no title, though it is larger; an annex is signed by others."""
    (write_up,) = structure(
        [
            line("江城市总工会文件", size=36.0, centered=True),
            line("江工发〔2023〕12号", centered=True),
            line("江城市总工会", size=22.0, centered=True),
            line("关于职工夜校进园区的经验做法", size=22.0, centered=True),
            line("市委办公室："),
            line(TEXT),
            line("一、主要做法", bold=True),
            line(TEXT),
            line("附件：1．夜校课程表"),
            line("江城市总工会"),
            line("2023年5月8日"),
            line("附件1"),
            line("夜校课程表", size=22.0),
            line("2021年1月1日"),
        ]
    )
    assert write_up.title == "江城市总工会关于职工夜校进园区的经验做法"
    assert (write_up.organ, write_up.date) == ("江城市总工会", "2023-05-08")
    assert write_up.facts == {
        "文号": "江工发〔2023〕12号",
        "附件": "1．夜校课程表",
        "主送": "市委办公室",
    }
