# ruff: noqa: E501
"""Publication lines, spans of days and lines of figures: what they say about two texts."""

from __future__ import annotations

import pytest

from casebook.dedupe import MERGING
from casebook.dedupe.cluster import find_duplicates
from casebook.dedupe.relations import ComparedText, Pair, relate

PROSE = """\
去年汛期过后，云桥村有三口山塘漏水，下游两百亩稻田缺水抽穗。
村里把山塘分片包给党员，每周看一次坝脚，发现渗水当天报到镇水利站。
整修资金由村集体出一半，受益农户按田亩分摊一半，账目每季度贴在祠堂门口。
今年入夏以来水位稳定，晚稻全部按时灌上了水，邻村也照着这个办法管塘。"""

SITE_LINES = [
    (
        "文章来源：本站原创 作者：佚名 发布时间：2022年09月12日 点击数：",
        "文章来源：本站原创 作者：佚名 发布时间：2022年09月15日 点击数：",
    ),
    (
        "发布日期：2021-03-04　浏览次数：120　来源：水利站",
        "来源：县融媒体中心　发布日期：2021-04-19　浏览次数：8",
    ),
    (
        "作者：李明 | 编辑：admin | 时间：2020/5/6 | 浏览：77 次",
        "作者：李明 | 编辑：admin | 时间：2020/7/1 | 浏览：3 次",
    ),
    ("更新时间：2019年1月2日 点击：5", "点击：1208 更新时间：2019年12月30日"),
    ("【字体：大 中 小】 发布时间：2018-10-10 阅读次数：31", ""),
    ("", "稿件来源：镇政府办"),
    ("发表日期：2015年6月1日", "发表日期：2016年6月1日"),
    ("2017-08-09 10:22　来源：本站　点击：19 次", "编辑：王芳　2017-08-31　点击：7 次"),
]

SPANS = [
    ("一周检查情况公布(2010.3.22-3.27)", "一周检查情况公布(2010.4.12-4.17)"),
    ("巡塘情况通报（3月22日—27日）", "巡塘情况通报（4月5日—10日）"),
    ("巡塘情况通报（3月22日至4月2日）", "巡塘情况通报（4月5日至4月16日）"),
    ("水库值守简况（第3周）", "水库值守简况（第4周）"),
    ("水库值守简况（第三周）", "水库值守简况（第四周）"),
    ("雨情旬报（7月上旬）", "雨情旬报（7月中旬）"),
    ("灌溉用水公示【2021.6.1～6.7】", "灌溉用水公示【2021.6.8～6.14】"),
    ("灌溉用水公示 2021年6月1日至7日", "灌溉用水公示 2021年6月8日至14日"),
    ("巡塘情况通报（2022-03-04）", "巡塘情况通报（2022-05-06）"),
]

MARKS = [
    "（修订）",
    "（征求意见稿）",
    "（送审稿）",
    "（第二版）",
    "（2021年修订版）",
    "（V2）",
    "（更新）",
]


def _rows(values: str, form: str = "{n}组\n{value}") -> str:
    return "\n".join(form.format(n=n, value=value) for n, value in enumerate(values.split(), 1))


LISTS = {
    "scores, a line each": ("班级\n得分\n" + _rows("95 97 93 98 90 91"), "班级\n得分\n" + _rows("93 95 98 91 97 90")),
    "two columns": (_rows("95 97 93 98", "高二（{n}）班\n{value}\n2"), _rows("94 92 93 99", "高二（{n}）班\n{value}\n2")),
    "figures only": ("本月各点位水位（厘米）\n" + _rows("31 29 33 40 38", "{value}"), "本月各点位水位（厘米）\n" + _rows("33 31 29 38 40", "{value}")),
    "a roster": (_rows("陈志远 周小燕 吴国梁 何丽萍 孙建平", "第{n}天\n{value}"), _rows("周小燕 何丽萍 陈志远 孙建平 吴国梁", "第{n}天\n{value}")),
    "rows with a label": (
        "现将得奖作品公布如下，欢迎到阅览室观看。\n一等奖：春到山塘 李雨\n二等奖：稻浪 王琴\n三等奖：晒场 赵亮",
        "现将得奖作品公布如下，欢迎到阅览室观看。\n一等奖：老屋 钱程\n二等奖：渡口 孙月\n三等奖：晒场 赵亮",
    ),
    "faults found": (
        "本周检查总体良好，扣分情况如下：\n东楼：楼梯有纸屑，扣2分。\n西楼：窗台积灰，扣1分。\n南楼：工具乱放，扣2分。\n请及时整改。",
        "本周检查总体良好，扣分情况如下：\n北楼：黑板未擦，扣1分。\n西楼：地面有水，扣2分。\n后楼：门窗未关，扣3分。\n请及时整改。",
    ),
}  # fmt: skip


def _judge(a: tuple[str, str], b: tuple[str, str]) -> Pair:
    pair, back = (relate(ComparedText("a", *x), ComparedText("b", *y)) for x, y in ((a, b), (b, a)))
    assert pair and back and pair.relation == back.relation
    return pair


@pytest.mark.parametrize(("line", "other"), SITE_LINES)
@pytest.mark.parametrize("at_end", [False, True])
def test_a_publication_line_makes_no_difference(line: str, other: str, at_end: bool) -> None:
    """Whichever fields it has, above the text or below it."""
    texts = [f"{PROSE}\n{x}" if at_end else f"{x}\n{PROSE}" for x in (line, other)]
    pair = _judge(("山塘有人管", texts[0]), ("山塘有人管", texts[1]))
    assert pair.relation in ("identical", "near")
    assert not any("日期不同" in phrase for phrase in pair.evidence)


@pytest.mark.parametrize(("title", "other"), SPANS)
def test_days_in_a_title_make_a_series(title: str, other: str) -> None:
    """They are what the text is about, no mark of a version."""
    changed = PROSE.replace("三口山塘", "五口山塘").replace("两百亩", "八十亩")
    assert _judge((title, PROSE), (other, changed)).relation == "series"


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_a_version_makes_a_revision(mark: str) -> None:
    """Whatever else it names."""
    changed = PROSE.replace("每周看一次坝脚", "每三天看一次坝脚并作记录")
    assert _judge(("山塘管护办法", PROSE), (f"山塘管护办法{mark}", changed)).relation == "revision"


@pytest.mark.parametrize("texts", LISTS.values(), ids=LISTS)
def test_a_list_filled_anew_is_a_series(texts: tuple[str, str]) -> None:
    """Also where both lists have the same figures or names, in other places."""
    pair = _judge(("情况公布", texts[0]), ("情况公布", texts[1]))
    assert pair.relation == "series"
    assert not any("正文相同" in phrase for phrase in pair.evidence)


@pytest.mark.parametrize("texts", LISTS.values(), ids=LISTS)
def test_a_list_posted_again_is_found(texts: tuple[str, str]) -> None:
    """With another publication line, and with one more row."""
    again = f"来源：本站 发布时间：2011-5-6\n{texts[0]}"
    assert _judge(("情况公布", texts[0]), ("情况公布", again)).relation in ("identical", "near")
    assert _judge(("公布", texts[0]), ("公布", f"{texts[0]}\n补充一行")).relation in MERGING


def test_one_figure_that_differs_is_no_equal_text() -> None:
    """A corrected table is a revision or another one, never the same."""
    text = "各组得分\n" + _rows("95 97 93 98 90 91")
    pair = _judge(("得分公布", text), ("得分公布", text.replace("93", "95")))
    assert pair.relation in ("revision", "series")


def test_page_numbers_are_no_figures_of_the_text() -> None:
    """They count upward, a page apart."""
    pages = [f"{PROSE}\n{PROSE[::-1]}" for _ in range(3)]
    numbered = "\n".join(f"{page}\n{n}" for n, page in enumerate(pages, 4))
    assert _judge(("山塘", "\n".join(pages)), ("山塘", numbered)).relation == "near"


def test_rules_of_two_years_without_a_year_in_the_title() -> None:
    """The first date of the text says which year they are for."""
    rules = "一、时间：2019年10月18日\n二、地点：学校田径场\n三、每班每项限报三人，每人限报两项。\n四、录取前八名，按规则计分。"
    pair = _judge(("运动会竞赛规程", rules), ("运动会竞赛规程", rules.replace("2019", "2017")))
    assert pair.relation == "series"


def test_a_case_stays_canonical_over_a_longer_new_file() -> None:
    """People own it; the site lines and the extra sentence of a new copy do not count."""
    case = ComparedText("case", "山塘有人管", PROSE, owned=True)
    new = ComparedText("new.txt", "山塘有人管", f"{PROSE}\n以上做法已报县水利局，供各地参考。")
    for documents in ([case, new], [new, case]):
        assert [c.canonical for c in find_duplicates(documents).clusters] == ["case"]
