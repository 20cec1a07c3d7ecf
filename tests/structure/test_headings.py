"""Which lines are headings and which are not, each for one reason."""

from __future__ import annotations

import pytest

from plain import structure

BODY = "这里是一段说明情况的正文，它有完整的句子，也有结尾的句号。"


def headings(text: str) -> list[str]:
    """The headings found in a text after a title."""
    blocks = structure(f"某局工作经验材料\n{text}")[0].blocks
    return [block.heading for block in blocks if block.level > 1 and block.heading]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"案例背景\n{BODY}\n一车卖不出去的橙子\n{BODY}", ["案例背景", "一车卖不出去的橙子"]),
        (f"第一，抓学习。{BODY}\n第二，抓落实。{BODY}", ["第一，抓学习。", "第二，抓落实。"]),
        (f"首先，抓学习。{BODY}\n最后，抓落实。{BODY}", ["首先，抓学习。", "最后，抓落实。"]),
        (f"①抓学习。{BODY}\n②抓落实。{BODY}", ["①抓学习。", "②抓落实。"]),
        (f"1）抓学习\n{BODY}\n2）抓落实\n{BODY}", ["1）抓学习", "2）抓落实"]),
        (f"1.1 抓学习\n{BODY}\n1.2 抓落实\n{BODY}", ["1.1 抓学习", "1.2 抓落实"]),
        (f"主要做法：{BODY}", ["主要做法："]),
        (f"一张清单：{BODY}\n一支队伍：{BODY}", ["一张清单：", "一支队伍："]),
        (f"【裁判结果】{BODY}", ["【裁判结果】"]),
        (f"一、抓学习 {BODY}{BODY}\n二、抓落实 {BODY}{BODY}", ["一、抓学习", "二、抓落实"]),
        (f"党建怎么抓？\n{BODY}", ["党建怎么抓？"]),
        (f"{BODY}一、抓学习。{BODY}二、抓落实。{BODY}", ["一、抓学习。", "二、抓落实。"]),
        (
            f"{BODY} 一、抓学习，强本领 {BODY} 二、抓落实 {BODY}",
            ["一、抓学习，强本领", "二、抓落实"],
        ),
        (
            f"一、党建引领 绘就新图景。{BODY}\n二、抓落实。{BODY}",
            ["一、党建引领 绘就新图景。", "二、抓落实。"],
        ),
        (
            f"一是抓学习。{BODY}\n二是抓落实。{BODY}\n三是抓督查。{BODY}",
            ["一是抓学习。", "二是抓落实。", "三是抓督查。"],
        ),
    ],
)
def test_headings(text: str, found: list[str]) -> None:
    """Headings with markers of every dialect, and without."""
    assert headings(text) == found


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n图1 活动现场\n{BODY}",
        f"{BODY}\n“码上办”小程序界面截图\n{BODY}",
        f"各位代表：\n{BODY}",
        f"来源：某某日报 作者：张三\n{BODY}",
        f"2023-05-06 10:20:11\n{BODY}",
        f"李 明 张建国\n{BODY}",
        f"{BODY}\n（作者单位：某市委党校）\n{BODY}",
        f"先后获得以下荣誉：\n全省优秀案例\n全市创新奖\n{BODY}",
        f"{BODY}\n全省优秀案例\n全市创新奖\n全县先进集体\n{BODY}",
        f"（1）建成一个园区；\n（2）培育三家企业；\n（3）打造一个品牌。\n{BODY}",
        f"{BODY}\n“放管服”：指简政放权、放管结合、优化服务改革。\n“一网通办”：指网上办理政务服务。",
        f"他说：{BODY}",
        f"3.抓学习。{BODY}",
        f"{BODY}\n某市农业农村局",
        f"一是抓学习。{BODY}\n二是抓落实。{BODY}",
    ],
)
def test_lines_that_are_no_headings(text: str) -> None:
    """Captions, facts, salutations, lists, glossaries, signatures and single numbers."""
    assert headings(text) == []


def test_a_missing_number_is_reported_not_invented() -> None:
    """一、三、 are two sections; that 二、 is missing is said."""
    text = f"某局工作总结\n一、抓学习\n{BODY}\n三、抓落实\n{BODY}"
    write_up = structure(text)[0]
    assert [block.heading for block in write_up.blocks[1:]] == ["一、抓学习", "三、抓落实"]
    assert [doubt.rule for doubt in write_up.doubts] == ["numbering-gap"]


def test_named_sections_repeat_inside_numbered_cases() -> None:
    """基本案情 under 1. and under 2. is one level deeper, also after the last number."""
    case = f"基本案情\n{BODY}\n典型意义\n{BODY}"
    text = f"某院典型案例\n{BODY}\n1.甲公司案\n{case}\n2.乙公司案\n{case}"
    levels = [block.level for block in structure(text)[0].blocks]
    assert levels == [1, 2, 3, 3, 2, 3, 3]


def test_bare_sections_above_a_restarting_sequence() -> None:
    """A report without 一、: each bare section name has its own （一）（二） under it."""
    parts = f"（一）抓学习。{BODY}\n（二）抓落实。{BODY}"
    text = f"某县工作报告\n去年的工作回顾\n{parts}\n今年怎么干\n{parts}\n加强自身建设\n{BODY}"
    levels = [block.level for block in structure(text)[0].blocks]
    assert levels == [1, 2, 3, 3, 2, 3, 3, 2]


def test_a_title_list_at_the_start_splits_a_compilation() -> None:
    """Titles listed under 目录 open the write-ups; a running head opens none."""
    text = (
        f"目录\n1.甲村的经验\n2.乙村的经验\n1.甲村的经验\n{BODY}\n主要做法\n{BODY}\n1.甲村的经验\n{BODY}"
        f"\n2.乙村的经验\n{BODY}"
    )
    assert [write_up.title for write_up in structure(text)] == ["甲村的经验", "乙村的经验"]


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        (f"某市中级人民法院\n创新庭审系统\n{BODY}\n主要做法\n{BODY}", "创新庭审系统"),
        (f"某县融媒体中心\n移动优先再造流程\n{BODY}\n服务为王做强平台\n{BODY}", "某县融媒体中心"),
        (f"某市中级人民法院\n主要做法\n{BODY}\n取得成效\n{BODY}", "某市中级人民法院"),
    ],
)
def test_an_organ_above_the_title_is_no_title(opening: str, title: str) -> None:
    """Where the sections are named by roles; a first section in words of its own is no title."""
    assert structure(opening)[0].title == title


@pytest.mark.parametrize(
    ("numbers", "titles"),
    [((5, 6), ["甲案", "乙案"]), ((1, 2), ["甲案", "乙案"]), ((2, 7), ["甲案"])],
)
def test_parts_count_on_from_any_number(numbers: tuple[int, int], titles: list[str]) -> None:
    """An excerpt may begin at any number; numbers that are no sequence split nothing."""
    first, second = numbers
    text = f"案例{first} 甲案\n基本案情\n{BODY}\n案例{second} 乙案\n基本案情\n{BODY}"
    assert [write_up.title for write_up in structure(text)] == titles


NESTED = (
    f"案例概述\n{BODY}\n栏目怎么办\n内容贴近街坊\n选题来自热线\n{BODY}\n记者跟着线索走\n{BODY}\n"
    f"形式常换常新\n直播搬进楼道\n{BODY}\n回应当场记账\n{BODY}\n带来了什么\n解决一批难事\n"
    f"办件变快\n{BODY}\n信任变深\n{BODY}\n同行跟着学\n周边县来取经\n{BODY}\n省台开设同名栏目\n{BODY}"
)


def test_unmarked_headings_three_deep() -> None:
    """Three lines in a row are headings where two in a row come again and again."""
    lines = [line for line in NESTED.splitlines() if line != BODY]
    assert headings(NESTED) == lines


def test_cases_inside_a_write_up_are_no_parts() -> None:
    """案例一 under a section 典型案例 of a write-up that has begun does not split it."""
    text = (
        f"某台问政栏目\n栏目概述\n{BODY}\n典型案例\n案例一：楼道照明的修复\n{BODY}\n"
        f"案例二：断头路的打通\n{BODY}\n结论与启示\n{BODY}"
    )
    found = [[block.heading for block in write_up.blocks[1:]] for write_up in structure(text)]
    assert found == [
        [
            "栏目概述",
            "典型案例",
            "案例一：楼道照明的修复",
            "案例二：断头路的打通",
            "结论与启示",
        ]
    ]


def test_a_label_before_its_text_among_sections_on_lines_of_their_own() -> None:
    """最终结果： in a paragraph is no section where sections have lines of their own."""
    text = f"案例概述\n{BODY}\n主要做法\n{BODY}\n最终结果：{BODY}\n经验启示\n{BODY}"
    assert headings(text) == ["案例概述", "主要做法", "经验启示"]


def test_a_title_in_book_marks_is_a_heading() -> None:
    """A long title of a work with a comma in it is no sentence."""
    work = "《听，山里的孩子给大海写了一封长信——支教老师十年影像手记》"
    assert headings(f"主要做法\n{work}\n{BODY}\n传播效果\n{BODY}") == ["主要做法", work, "传播效果"]


def test_facts_of_a_work_are_no_headings() -> None:
    """When it was shown, and who made it."""
    assert (
        headings(
            f"{BODY}\n活动时间：2018.9.28——10.22\n{BODY}\n甲乙、丙丁、戊己、庚辛、壬癸\n{BODY}"
        )
        == []
    )


def test_levels_of_unmarked_headings_three_deep() -> None:
    """The last line above a text is the deepest; the first heading of the write-up is a section."""
    levels = [block.level for block in structure(f"某报工作经验材料\n{NESTED}")[0].blocks[1:]]
    assert levels == [2, 2, 3, 4, 4, 3, 4, 4, 2, 3, 4, 4, 3, 4, 4]


def test_an_exclamation_is_a_heading_only_among_others() -> None:
    """流量来了！ among unmarked headings is one of them; a cheer in a plain text is none."""
    others = ["从田埂到屏幕", "话题从街巷里来", "主播到村口去"]
    text = "\n".join(f"{line}\n{BODY}" for line in [*others, "流量来了，留量也来了！"])
    assert headings(text) == [*others, "流量来了，留量也来了！"]
    assert headings(f"{BODY}\n我们成功了，大家真棒！\n{BODY}") == []


@pytest.mark.parametrize(
    "line",
    [f"编者按：{BODY}", "某市人民政府门户网站", "某县教育局官方网站", "第 3 页 共 9 页", "第3页"],
)
def test_lines_outside_the_text_are_no_headings(line: str) -> None:
    """An editor's note and the running line of a site."""
    assert headings(f"{line}\n案例背景\n{BODY}\n{line}\n主要做法\n{BODY}") == [
        "案例背景",
        "主要做法",
    ]


def test_the_law_under_a_case_is_text() -> None:
    """相关法条 opens the articles that it lists."""
    text = f"基本案情\n{BODY}\n典型意义\n{BODY}\n相关法条\n《中华人民共和国民法典》第五百七十七条"
    assert headings(text) == ["基本案情", "典型意义", "相关法条"]


def test_a_role_alone_between_nested_sections_is_a_section() -> None:
    """传播效果 with its own text has the level of 主要做法, not of the parts of that."""
    text = (
        f"某报工作经验材料\n案例概述\n{BODY}\n主要做法\n内容贴近街坊\n{BODY}\n形式常换常新\n{BODY}\n"
        f"传播效果\n{BODY}\n经验启示\n守住初心\n{BODY}\n用好技术\n{BODY}"
    )
    levels = [block.level for block in structure(text)[0].blocks[1:]]
    assert levels == [2, 2, 3, 3, 2, 2, 3, 3]


def test_two_levels_of_questions_and_answers() -> None:
    """A question above a part opens a section each time, whether or not it names a role."""
    text = (
        f"某区养老工作调研\n这些年做了什么\n政策有托底\n{BODY}\n设施有增量\n{BODY}\n"
        f"还存在哪些不足\n床位不均衡\n{BODY}\n队伍留不住\n{BODY}\n往后怎么走\n规划走在前\n{BODY}\n人手稳得住\n{BODY}"
    )
    levels = [block.level for block in structure(text)[0].blocks[1:]]
    assert levels == [2, 3, 3] * 3


def test_a_pattern_of_short_labels_makes_no_sections() -> None:
    """困局：… 破局：… 新局：… have one level, though 困局 alone names a role."""
    lines = ["困局：大而不强", "破局：引资更引智", "新局：活力扑面来"]
    blocks = structure("某集团改革观察\n" + "\n".join(f"{line}\n{BODY}" for line in lines))[
        0
    ].blocks
    assert [(b.level, b.role) for b in blocks[1:]] == [
        (2, "problem"),
        (2, "practice"),
        (2, "outcome"),
    ]
