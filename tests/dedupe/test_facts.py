"""Facts: what counts as one, what does not, and when two of them conflict."""

from __future__ import annotations

import pytest

from casebook.dedupe.conflicts import find_numeric_change, find_units_apart, pair_conflicts
from casebook.dedupe.facts import find_numeric_facts, make_plain
from casebook.dedupe.names import find_names, find_place_pair, segment_words
from casebook.dedupe.slots import PlainText, find_slots
from casebook.dedupe.titles import (
    find_loose_conflicts,
    find_title_conflicts,
    find_version_conflict,
    read_part_number,
    strip_version,
)
from effort import cpu_limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二三年第一季度", ["2023年", "1季度"]),
        ("２０２３年上半年", ["2023年", "上半年"]),
        ("2022-2023学年第二学期", ["2022年", "2023年", "2学期"]),
        ("科技周刊（第 301 期）", ["第301期"]),
        ("第十二届运动会于十月八日召开", ["12届", "10月", "8日"]),
        ("党的十九届四中全会", ["19届", "4次"]),
        ("“十四五”规划和“十三五”时期", ["十四五规划", "十三五规划"]),
        ("〔2023〕12号文件", ["2023年", "12号"]),
        ("126.8万元、1268000元、1.5亿", ["1268000", "1268000", "150000000"]),
        ("同比增长15.4%，处五千元以上一万元以下罚款", ["15.4", "5000", "10000"]),
    ],
)
def test_numbers_are_facts_in_comparable_form(text: str, expected: list[str]) -> None:
    """Chinese and Arabic numerals of the same value are the same fact."""
    assert [str(fact) for fact in find_numeric_facts(make_plain(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "第三条 各科室应当登记",
        "（二）压实责任",
        "一是认识不足；二是力量薄弱",
        "三、下一步打算",
        "本办法自2019年5月1日起施行",
        "XX年X月，××届",
        "一系列、三会一课、两张皮",
    ],
)
def test_outline_coming_into_force_and_placeholders_are_no_facts(text: str) -> None:
    """Numbers that say nothing about the matter are no facts."""
    assert find_numeric_facts(make_plain(text)) == []


def test_names_are_found_by_word_class() -> None:
    """Places, bodies and persons; a noun before 镇, 公司 …; never a placeholder."""
    found = find_names(
        segment_words(make_plain("临沂市的王建军到白石镇和财政局调研，某县XX市参加"))
    )
    assert {"临沂市", "王建军", "白石", "财政局"} <= {word.text for word in found}
    assert not any("X" in word.text or "某" in word.text for word in found)


def test_a_conflict_needs_both_sides() -> None:
    """What only one text says contradicts nothing; another value of the same unit does."""

    def conflicts(a: str, b: str) -> list[tuple[str, str]]:
        apart = find_units_apart(find_numeric_facts(a), find_numeric_facts(b))
        return [(c.a, c.b) for c in pair_conflicts(find_numeric_change(a, b), apart)]

    assert conflicts("2023年工作总结", "工作总结") == []
    assert conflicts("2023年工作总结", "2023年和2024年工作总结") == []
    assert conflicts("2023年工作总结", "2024年工作总结") == [("2023年", "2024年")]


def test_a_slot_lies_between_equal_words() -> None:
    """The slots of two sentences, with their words."""
    found = list(find_slots(segment_words("在临沂市召开会议"), segment_words("在台州市召开会议")))
    assert [(slot.a_text, slot.b_text) for slot in found] == [("临沂市", "台州市")]


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("监察法(2018-03-20)", "监察法"),
        ("用车管理办法(修订稿)", "用车管理办法"),
        ("用车管理办法(2023年修订)", "用车管理办法"),
        ("公司法(2023)", "公司法"),
        ("政府工作报告(2023年)", "政府工作报告(2023年)"),
        ("运动会方案(第二届)", "运动会方案(第二届)"),
        ("经验材料(一)", "经验材料(一)"),
    ],
)
def test_marks_of_a_version_are_taken_off(title: str, core: str) -> None:
    """A day or 修订 in parentheses tells versions apart, a year or session documents."""
    assert strip_version(title) == core


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("2023年工作总结", "2024年工作总结", "date"),
        ("三月份工作总结", "4月份工作总结", "date"),
        ("第十二届运动会", "第十三届运动会", "ordinal"),
        ("三年级数学教学总结", "四年级数学教学总结", "ordinal"),
        ("广东省环境保护条例", "浙江省环境保护条例", "name"),
        ("财政局工作总结", "税务局工作总结", "name"),
        ("工作总结", "2024年工作总结", None),
        ("XX市工作总结", "临沂市工作总结", None),
        ("20XX年工作总结", "2024年工作总结", None),
        ("党建工作经验材料", "党建工作的做法与思考", None),
    ],
)
def test_titles_in_conflict(a: str, b: str, kind: str | None) -> None:
    """Another year, session, place or body is a conflict; a wording or a placeholder is none."""
    found = find_title_conflicts(a, b, PlainText(""), PlainText(""))
    assert [c.kind for c in found] == ([kind] if kind else [])


def test_another_subject_must_be_that_of_the_text() -> None:
    """A word of the title counts when its own text uses it and the other text never does."""
    a, b = PlainText("经济普查。做好经济普查。"), PlainText("农业普查。做好农业普查。")
    assert find_title_conflicts("经济普查动员会", "农业普查动员会", a, b)[0].kind == "term"
    assert find_title_conflicts("经济普查动员会", "农业普查动员会", a, a) == []


def test_the_number_at_the_end_of_a_title() -> None:
    """Parts of one work: （一）, 之二, 篇三, and a bare number; no year."""
    assert [read_part_number(t) for t in ("纪实(一)", "纪实之二", "范文篇三", "总结4", "总结")] == [
        *("一", "二", "三", "4", ""),
    ]
    assert list(find_loose_conflicts("纪实(一)", "纪实(二)", PlainText(""), PlainText(""), 2))


def test_hostile_text_is_read_in_linear_time() -> None:
    """Long runs of one character do not make the patterns backtrack."""
    for unit in ("一", "第", "1", "\n", "，", "2023年", "(", "月"):
        with cpu_limit(20):
            find_numeric_facts(make_plain(unit * 300_000))
            strip_version("(" * 20_000 + unit * 20_000)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("到桃花村", "到梨溪村", ("桃花村", "梨溪村")),
        ("石桥乡", "石门镇", ("石桥乡", "石门镇")),
        ("全县", "我县", None),
        ("示范村", "文明村", None),
        ("桃花村", "桃花镇", None),
        ("桃花", "梨溪", None),
    ],
)
def test_places_by_the_form_of_their_names(
    a: str, b: str, expected: tuple[str, str] | None
) -> None:
    """Places that no dictionary has are found, too; 全县 and 示范村 name none."""
    assert find_place_pair(a, b) == expected


def test_punctuation_ends_a_name() -> None:
    """责任。区 is no place, 石桥 镇 is one."""
    closed = segment_words("压实责任。区里开会")
    assert next(word for word in closed if word.text == "责任").closed
    assert not any(word.closed for word in segment_words("石桥镇")[:-1])


def test_marks_that_are_not_of_versions() -> None:
    """(寒假版) and (暑假版) are two texts, (初稿) and (定稿) one."""
    assert find_version_conflict("致家长的一封信(寒假版)", "致家长的一封信(暑假版)") is not None
    assert find_version_conflict("用车管理办法(初稿)", "用车管理办法(定稿)") is None
    assert find_version_conflict("用车管理办法", "用车管理办法(修订稿)") is None
