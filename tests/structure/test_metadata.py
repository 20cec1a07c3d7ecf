"""Kind, region and date: only what the text states."""

from __future__ import annotations

import pytest

from casebook.structure.metadata import find_date, find_facts, find_kind, find_region
from casebook.vocabulary import load


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("党建业务工作两张皮典型经验材料思考建议", "思考建议"),
        ("破解机关党建与业务工作“两张皮”调查研究", "调查研究"),
        ("某法院司法建议促进社会治理", ""),
        ("优化营商环境经验材料三篇", "经验材料"),
        ("某局2023年工作总结（初稿）", "工作总结"),
        ("关于印发实施办法的通知", ""),
        ("甲公司与乙公司买卖合同纠纷案", "典型案例"),
        ("李某盗窃罪案", "典型案例"),
        ("某公司拖欠工资案", "典型案例"),
        ("推动全市应急联合办案", ""),
        ("突发事件应急预案", ""),
        ("——延河市老屋改造的调查", "调查研究"),
        ("云溪县治理河道的做法", "经验材料"),
        ("基层减负的经验与启示", "经验材料"),
        ("优秀教学案例：一堂思政课", "典型案例"),
        ("融媒体精品案例｜江城晚报", "典型案例"),
    ],
)
def test_kind_is_the_last_kind_word(title: str, kind: str) -> None:
    """The last kind word of the title decides; short ones only at its end."""
    assert find_kind(title, load().kinds) == kind


@pytest.mark.parametrize(
    ("title", "text", "region"),
    [
        ("", "近年来，xx市直机关工委开展活动", "xx市"),
        ("", "某市某区坚持党建引领", "某市某区"),
        ("浙江“千万工程”经验", "", "浙江省"),
        ("", "全市各级党组织", ""),
        ("", "打造了X等主题教育基地", ""),
        ("慈溪市民政局：一碗热饭送到家", "", "浙江省宁波市慈溪市"),
        ("来自长沙的公交改革", "", "湖南省长沙市"),
        ("南京市鼓楼区社区食堂的做法", "", "江苏省南京市鼓楼区"),
        ("鼓楼区社区食堂的做法", "", ""),
        ("湖南长沙破解停车难", "", "湖南省长沙市"),
        ("——黔南州农村电商的调查", "", "贵州省黔南布依族苗族自治州"),
        ("走进东方市场", "", ""),
        ("上海城市更新的探索", "", "上海市"),
        ("昆山服务企业有新招", "", "江苏省苏州市昆山市"),
        ("河北保定：扶贫", "", "河北省保定市"),
        ("重庆万州破解停车难", "", "重庆市万州区"),
        ("福州鼓楼：军门社区", "", "福建省福州市鼓楼区"),
        ("大理古城保护", "", "云南省大理白族自治州"),
        ("吉林：黑土地保护", "", "吉林省"),
        ("保定扶贫", "", ""),
        ("海南藏族自治州共和县牧民夜校", "", "青海省海南藏族自治州共和县"),
        ("海南州牧区医疗", "", ""),
        ("海南自贸港的探索", "", "海南省"),
        ("白银矿区转型", "", ""),
        ("东方市场改造", "", ""),
        ("平安乡镇创建", "", ""),
        ("高兴的和平年代", "", ""),
        ("延安精神进校园", "", ""),
        ("孙中山故居保护的经验", "", ""),
        ("", "他回到某村种地", ""),
    ],
)
def test_region_is_a_placeholder_or_named_in_the_title(title: str, text: str, region: str) -> None:
    """A name that merely occurs is no region of the case."""
    assert find_region(title, "", text, load().regions) == region


@pytest.mark.parametrize(
    ("organ", "region"),
    [
        ("延河市融媒体中心", "延河市"),
        ("国家税务总局宁波市税务局", "浙江省宁波市"),
        ("青岛市市南区税务局", "山东省青岛市市南区"),
        ("城南医院", ""),
    ],
)
def test_region_of_the_organ(organ: str, region: str) -> None:
    """The organ's name brings its place, known to the table or not."""
    assert find_region("一窗受理", organ, "", load().regions) == region


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("（2023年6月）", "2023-06"),
        ("2023年5月4日", "2023-05-04"),
        ("近年来", ""),
        ("截至2023年6月，共办结12件", ""),
        ("二〇二三年十二月五日", "2023-12-05"),
        ("成文日期：2023-05-04", "2023-05-04"),
        ("发布时间：2023年5月", "2023-05"),
        ("报送时间：2022年11月30日", "2022-11-30"),
        ("2023年15月4日", ""),
        ("文章来源：本站原创 作者：佚名 发布时间：2022年09月12日 点击数：", "2022-09-12"),
        ("——2026年2月3日在云岭市第五届人民代表大会第六次会议上", "2026-02-03"),
        ("2026年2月3日在会上，他说起了往事。", ""),
        ("——二〇二四年一月十六日在青石县第十七届人民代表大会第四次会议上", "2024-01-16"),
        ("2026 年 1 月 20 日", "2026-01-20"),
        ("2026年02月10日07时41分", "2026-02-10"),
        ("[2024-01-09 10:11]  来源：政府办", "2024-01-09"),
        ("——2023年度改革案例", "2023"),
        ("——1998年的那场洪水", ""),
    ],
)
def test_date_stands_on_its_own_line(line: str, date: str) -> None:
    """A date inside a sentence dates what happened, not the write-up."""
    assert find_date([line]) == date


def test_date_of_a_meeting_named_on_two_lines() -> None:
    """The line of the meeting may be broken."""
    lines = ["——2024年1月16日在青石县第十七届", "人民代表大会第四次会议上", "县长  王刚"]
    assert find_date(lines) == "2024-01-16"


def test_facts_are_what_lines_of_their_own_say() -> None:
    """Source, author, number, keywords and abstract, by their Chinese names."""
    lines = [
        "来源：某省日报 作者：李明",
        "某政办〔2023〕12号",
        "摘要：本文总结做法。",
        "关键词：工会；服务",
        "近年来，某县推动改革，来源广泛。",
    ]
    assert find_facts(lines) == {
        "来源": "某省日报",
        "作者": "李明",
        "文号": "某政办〔2023〕12号",
        "摘要": "本文总结做法。",
        "关键词": "工会；服务",
    }
