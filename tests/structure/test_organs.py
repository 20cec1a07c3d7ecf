"""The organ: from the title, a label, a byline or a signature; never a fragment of a sentence."""

from __future__ import annotations

import pytest

from casebook.structure.organs import find_organ

BODY = ("一、主要做法", "近年来，我们每周调度一次。", "二、主要成效", "问题逐步解决。")


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("市直机关工委破解党建与业务工作两张皮问题经验材料", "市直机关工委"),
        ("延河市融媒体中心：老屋里的直播间", "延河市融媒体中心"),
        ("河岸日报：一次联动报道的得失", "河岸日报"),
        ("云溪县第一中学：让劳动课落地", "云溪县第一中学"),
        ("城南医院：一张床的日间手术", "城南医院"),
        ("县人民医院推行一站式结算的做法", "县人民医院"),
        ("云溪县教育局“五育并举”经验材料", "云溪县教育局"),
        ("江城供电公司数字化转型实践", "江城供电公司"),
        ("石桥镇党委抓实基层党建工作", "石桥镇党委"),
        ("《星河：归途》的出海之路", ""),
        ("打造融媒体中心：三步走", ""),
        ("一个中心：两手抓", ""),
        ("江城晚报社区记者站的探索", ""),
        ("聚焦民生局面，打开新格局 经验交流", ""),
        ("推动公安局、检察院联动的做法", ""),
        ("让人民法院走进乡村", ""),
        ("建好党群服务中心 打通最后一公里", ""),
    ],
)
def test_organ_of_the_title(title: str, organ: str) -> None:
    """It stands before the colon, or acts at the start."""
    assert find_organ(title, "", BODY, BODY[1]) == organ


@pytest.mark.parametrize(
    ("head", "tail", "organ"),
    [
        (("申报单位：北岭市总工会", "2023-04-11"), (), "北岭市总工会"),
        (("作者单位：西塘市人力资源和社会保障局", "作者：李明"), (), "西塘市人力资源和社会保障局"),
        ((), ("（供稿：南城区审计局）",), "南城区审计局"),
        (("供稿：李明",), (), ""),
        (("完成单位：清江市法院", "申报单位：清江市司法局"), (), ""),
        (("中共长沙市岳麓区委",), (), "中共长沙市岳麓区委"),
        (("国家税务总局宁波市税务局",), (), "国家税务总局宁波市税务局"),
        (("绿水县水利局  王小明",), (), "绿水县水利局"),
        (("江川市中级人民法院发布",), (), "江川市中级人民法院"),
        (("和平村",), (), ""),
        (("便民服务中心",), (), ""),
        (("本报记者 李明",), (), ""),
        (("来源：人民法院报 作者：张三",), (), ""),
        ((), ("江城市政务服务管理局", "2023年5月8日"), "江城市政务服务管理局"),
        ((), ("白桦区档案馆", "二〇二一年九月十日"), "白桦区档案馆"),
        ((), ("红星医院党委办公室",), "红星医院党委办公室"),
        ((), ("谢谢大家！",), ""),
        ((), ("群众交口称赞这个县级便民服务中心",), ""),
        ((), ("江城市政务服务管理局将继续努力。",), ""),
    ],
)
def test_organ_of_a_line_of_its_own(
    head: tuple[str, ...], tail: tuple[str, ...], organ: str
) -> None:
    """A label, a byline or a signature names it; two labels that differ name none."""
    assert find_organ("小网格托起大民生", "", (*head, *BODY, *tail), BODY[1]) == organ


@pytest.mark.parametrize(
    ("first", "organ"),
    [
        ("围绕这一问题，市直机关工委组成专题调研组，走访了八个单位。", "市直机关工委"),
        ("近年来，X区委围绕坚定政治信仰，开展轮训。", "X区委"),
        ("前面的镜头都是铺垫，视频结局以航拍收尾。", ""),
        ("近年来，各级党委坚持把党建摆在首位。", ""),
        ("抓好机关党建工作，首要任务是解决思想问题。", ""),
        ("他辗转到莱西市水集街道开展工作。", ""),
        ("河流要治理。后来，青石县水利局推动立项。", ""),
    ],
)
def test_organ_that_acts_in_the_first_sentence(first: str, organ: str) -> None:
    """Only with its place, and only in the first sentence: later ones tell of others."""
    assert find_organ("思考建议", "", (first, *BODY), first) == organ


def test_organ_of_the_subtitle() -> None:
    """A subtitle names the organ in the same way as a title."""
    subtitle = "——南山市大数据管理局的实践"
    assert find_organ("从一张网到一盘棋", subtitle, BODY, BODY[1]) == "南山市大数据管理局"
