"""Re-posts, revisions and series of reports, notices and experience materials, made from one text.

The rules are general, so they have to hold for texts that no rule was written for.
"""

from __future__ import annotations

import pytest

from casebook.dedupe import MERGING
from casebook.dedupe.relations import ComparedText, relate

REPORT = """\
{year}年，{unit}认真贯彻落实上级部署，围绕中心、服务大局，各项工作取得新成效。
一、主要做法
（一）强化组织领导。成立由主要负责同志任组长的领导小组，召开专题会议{meetings}次，研究解决难点问题14个。
（二）推进流程再造。梳理审批事项，压减申报材料，推行一窗受理、限时办结，群众平均等候时间缩短一半。
（三）加强队伍建设。开展业务培训和岗位练兵，选派青年骨干到一线锻炼，评选服务标兵9名。
二、存在的问题
部分窗口人员业务不够熟练，个别事项跨部门协同不畅，数据共享还有堵点。
三、下一步打算
继续深化改革，完善考核机制，推动各项工作提质增效。"""
NOTICE = """\
各乡镇人民政府，县直各单位：
为做好{when}防汛工作，现将有关事项通知如下：
一、压实责任。各级防汛责任人要上岗到位，严格执行领导带班和24小时值班制度。
二、排查隐患。对水库、堤防、涵闸、地质灾害点逐一排查，建立台账，限期整改。
三、备足物资。按照分级储备的原则，补充编织袋、冲锋舟、救生衣等抢险物资。"""


def _report(year: str = "2022", unit: str = "临江区政务服务中心", meetings: int = 6) -> str:
    return REPORT.format(year=year, unit=unit, meetings=meetings)


TITLE = "临江区政务服务中心2022年工作总结"
SERIES = {
    "next year": (TITLE, _report(), TITLE.replace("2022", "2023"), _report("2023", meetings=8)),
    "year in the text only": ("工作总结", _report(), "工作总结", _report("2023", meetings=8)),
    "another unit": (
        *(TITLE, _report(), TITLE.replace("临江区", "望山县")),
        _report(unit="望山县政务服务中心"),
    ),
    "another school": (
        *("第一小学家校共育经验材料", _report(unit="第一小学")),
        *("实验小学家校共育经验材料", _report(unit="实验小学")),
    ),
    "another bank": (
        *("农业银行临江支行经验材料", _report(unit="农业银行临江支行")),
        *("建设银行临江支行经验材料", _report(unit="建设银行临江支行")),
    ),
    "next issue": ("政务简报第3期", _report(), "政务简报第4期", _report(meetings=8)),
    "next quarter": ("一季度工作情况", _report("一季度"), "二季度工作情况", _report("二季度")),
    "notice of the next year": (
        *("关于做好2021年防汛工作的通知", NOTICE.format(when="2021年")),
        *("关于做好2022年防汛工作的通知", NOTICE.format(when="2022年")),
    ),
    "notice of another season": (
        *("关于做好汛期防汛工作的通知", NOTICE.format(when="汛期")),
        *("关于做好秋汛防汛工作的通知", NOTICE.format(when="秋季")),
    ),
}
REPOSTS = {
    "another title": (TITLE, _report(), "以流程再造提升服务效能的实践与思考", _report()),
    "name of a site": (TITLE, _report(), TITLE + "_范文网", _report() + "\n本文来源于网络。"),
    "cut off": (TITLE, _report(), "政务服务中心工作总结（节选）", _report()[:-70]),
    "made anonymous": (
        *(TITLE, _report(), "某区政务服务中心20XX年工作总结"),
        _report("20XX", "某区政务服务中心"),
    ),
    "a verb in the title": (
        *("加强学校管理的实践", _report(unit="学校")),
        *("改进学校管理的探索", _report(unit="学校")),
    ),
}


@pytest.mark.parametrize("texts", SERIES.values(), ids=SERIES)
def test_a_series_is_none_of_the_merging_relations(texts: tuple[str, str, str, str]) -> None:
    """Another year, session, quarter, unit or school, however alike the texts."""
    assert _relation(texts) == "series"


@pytest.mark.parametrize("texts", REPOSTS.values(), ids=REPOSTS)
def test_a_repost_is_found(texts: tuple[str, str, str, str]) -> None:
    """Whatever the site made of the title, the end and the names."""
    assert _relation(texts) in MERGING


def test_a_reworded_text_of_the_same_length_is_a_revision() -> None:
    """It is no part of the other, which lacks the reworded places."""
    changed = (
        _report()
        .replace("压减申报材料，推行一窗受理", "精简申报材料，实行一窗通办")
        .replace("部分窗口人员业务不够熟练", "一些窗口人员对新业务还不熟悉")
        .replace("继续深化改革", "持续深化“放管服”改革，健全制度")
    )
    assert _relation((TITLE, _report(), TITLE, changed)) == "revision"


def _relation(texts: tuple[str, str, str, str]) -> str | None:
    title, text, other_title, other = texts
    pair = relate(ComparedText("a", title, text), ComparedText("b", other_title, other))
    back = relate(ComparedText("a", other_title, other), ComparedText("b", title, text))
    assert (pair and pair.relation) == (back and back.relation)
    return pair.relation if pair else None
