"""What cannot be restored is flagged at its place and left as it stands."""

from __future__ import annotations

import pytest

from plain import repair


@pytest.mark.parametrize(
    ("text", "flagged", "rule"),
    [
        ("推动工作锟斤拷落实", "锟斤拷", "lost-characters"),
        ("推动工作\ufffd\ufffd落实", "\ufffd\ufffd", "lost-characters"),
        ("服务器返回烫烫烫烫，无法显示", "烫烫烫烫", "lost-characters"),
        ("合同有效?;岷螅桓娲砣颂峤皇槊嬉", "?;岷螅桓娲砣颂峤皇槊嬉", "gbk-byte-shift"),
    ],
)
def test_the_irrecoverable_is_flagged_never_invented(text: str, flagged: str, rule: str) -> None:
    """Rule and place are named; not even the marks of the damage are changed."""
    repaired = repair(text)
    assert [(flag.rule, flag.text) for flag in repaired.flags] == [(rule, flagged)]
    assert repaired.text == text


@pytest.mark.parametrize(
    "text",
    [
        "到底是谁？！当时在场的人都说没看见。",
        "房间太小，值这个价？？？就不该来。",
        "这该怎么办？，我们也不知道。",
        "上世纪八十年代末开始，届末消极。",
    ],
)
def test_odd_but_meant_is_no_damage(text: str) -> None:
    """Doubled marks before ordinary words, a question that goes on, an end raise no flag."""
    assert repair(text).flags == ()


def test_positions_are_those_of_the_source() -> None:
    """A flag after removed characters lies where the reader of the source finds it."""
    source = "黨\u200b建工作 锟斤拷"
    (flag,) = repair(source).flags
    assert source[flag.start : flag.end] == flag.text == "锟斤拷"


@pytest.mark.parametrize(
    ("text", "flagged", "rule"),
    [
        ("严格落实“”制度，开展批评", "“”", "missing-text"),
        ("根据《》的要求，制定方案", "《》", "missing-text"),
        ("我局召开??????专题会议", "??????", "missing-text"),
        ("纳入经?；?、规范化轨道", "?；?", "missing-text"),
        ("具有指导意义的案例?！?〕《办法》", "?！?", "missing-text"),
        ("报名费为□□□元", "□□□", "missing-text"),
        ("坚持以人民为中的发展思想", "以人民为中", "missing-text"),
        ("村支书**因病住院后", "**", "masked-character"),
        ("X区X组织活动", "X", "masked-character"),
        ("工作已经完成？，要求如下", "？", "lost-marks"),
        ("剩余内容请登录后查看", "剩余内容请登录", "cut-off-notices"),
    ],
)
def test_what_was_cut_out_is_flagged_never_filled_in(text: str, flagged: str, rule: str) -> None:
    """Nothing is inserted where text is missing or more than one reading is possible."""
    repaired = repair(text)
    assert (rule, flagged) in [(flag.rule, flag.text) for flag in repaired.flags]
    assert repaired.text == text


@pytest.mark.parametrize(
    "text",
    [
        "值这个价????",
        "引号“”和书名号《》的用法",
        "组织生产，领导干事，政治工程，人民群体，党的建议",
        "□男　□女",
        "做到**一岗双责**",
    ],
)
def test_ordinary_text_raises_no_flag(text: str) -> None:
    """Emphasis, forms, texts about marks and words that only look cut are fine."""
    assert repair(text).flags == ()


def test_a_byte_that_leaves_several_choices_is_flagged() -> None:
    """八, 其, 六 … may have stood there: the rest is read again, this place is not."""
    repaired = repair("姘旀俯涓嬮檷鍏?鍒板崄搴︼紝")
    assert [(flag.rule, flag.text) for flag in repaired.flags] == [("utf8-as-gbk", "鍏?")]
    assert repaired.text == "气温下降鍏?到十度，"


def test_verse_keeps_its_readings() -> None:
    """A poem of traditional script that is taught has a reading after every character."""
    verse = "舉(jǔ)頭(tóu)望(wàng)明(míng)月(yuè)，低(dī)頭(tóu)思(sī)故(gù)鄉(xiāng)。"
    assert repair(verse, only={"injected-pinyin"}).text == verse


@pytest.mark.parametrize(
    ("text", "rule", "flagged"),
    [
        (
            "闂傚倸鍊搁崐鎼佸磹閹间礁纾归柣鎴濐潟閳ь剙鍊块幐濠冪珶閳哄绉",
            "utf8-as-gbk",
            slice(0, 30),
        ),
        ("Ã¥Â?Â?Ã©?Â?Ã¥?Â?汇报", "western-mojibake", slice(0, 16)),
        ("德才兼?zhuō)，以德为先", "torn-readings", slice(3, 9)),
    ],
)
def test_damage_that_cannot_be_read_is_flagged_and_left(
    text: str, rule: str, flagged: slice
) -> None:
    """Text misread three times over, letters of lost bytes, readings of no word."""
    repaired = repair(text)
    (flag,) = repaired.flags
    assert (flag.rule, flag.start, flag.end) == (rule, flagged.start, flagged.stop)
    assert flag.text == text[flagged]
    assert repaired.text == text


@pytest.mark.parametrize(
    ("text", "left", "repaired"),
    [
        ("李昇華先生介紹經驗", "昇", "李昇华先生介绍经验"),
        ("年息三釐的貸款", "釐", "年息三釐的贷款"),
        ("於志強同志出席會議", "於", "於志强同志出席会议"),
    ],
)
def test_a_character_of_both_scripts_that_no_word_decides_is_flagged(
    text: str, left: str, repaired: str
) -> None:
    """It stays, and the rest of the traditional passage is converted."""
    found = repair(text)
    assert [(flag.rule, flag.text) for flag in found.flags] == [("traditional-script", left)]
    assert found.text == repaired


@pytest.mark.parametrize(("sentences", "flagged"), [(30, []), (60, ["土", "侯"])])
def test_look_alikes_far_apart_are_no_evidence_of_each_other(
    sentences: int, flagged: list[str]
) -> None:
    """Two kinds in 300 characters show a scanned text; in 560 each is only flagged."""
    text = "战土们冲锋在前。" + "各项工作有序推进。" * sentences + "侯选人名单公示。"
    repaired = repair(text)
    assert [flag.text for flag in repaired.flags] == flagged
    assert (repaired.text == text) == bool(flagged)
