"""Private text: what is found and where, what only resembles it, and what the search costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.checks.private import describe_private, find_private
from casebook.checks.private.card_numbers import is_id_card
from casebook.checks.rules import CHECK_RULES
from effort import examples, is_linear

FOUND = {
    "phone-number": [
        "联系人老周，电话⟦13624681357⟧。",
        "电话 ⟦+86 136 2468 1357⟧，⟦008613624681357⟧",
        "手机：⟦１３６２４６８１３５７⟧",
        "家属（⟦136-2468-1357⟧）当天赶到。",
        "找老周⟦136.2468.1357⟧，⟦136  2468  1357⟧",
        "电话⟦136.2468.1357⟧、⟦1362 4681 357⟧、⟦136—2468—1357⟧",
        "电话：**⟦136**24681357⟧，⟦136&nbsp;24681357⟧，⟦136\u200b24681357⟧",
        "手机：⟦13624 681357⟧，电话：⟦136，2468，1357⟧",
        "电话⟦①③⑥②④⑥⑧①③⑤⑦⟧、⟦₁₃₆₂₄₆₈₁₃₅₇⟧、⟦١٣٦٢٤٦٨١٣٥٧⟧",
        "电话⟦[1362](https://example.org/a)[4681357](https://example.org/b)⟧",
        "手机⟦一三六二四六八一三五七⟧，打⟦一三六二四六八一三五七⟧",
        '{"before": "群众\\n⟦13624681357⟧", "rule": "a\\n⟦13724681357⟧"}',
        "见 https://example.org/?tel=⟦13624681357⟧&a=1",
        "https://example.org/?phone=⟦%31%3362468%31357⟧",
        "| 姓名 | 手机 |\n|---|---|\n| 周某 | ⟦1362468-1357⟧ |",
    ],
    "landline": [
        "电话⟦0731-88881234⟧或⟦（0731）8888123⟧",
        "电话：⟦0571—86420975⟧，⟦057186420975⟧",
        "联系电话 ⟦86420975⟧、⟦86420976⟧",
        "电话：⟦(86-571)86420975⟧",
        "电话⟦+86-571-86420975⟧转三，⟦+8657186420975⟧",
        "座机号⟦86420976⟧",
        "电话（区办）：⟦8642-0975⟧",
        "街道办 ⟦0571-86420975转802⟧",
    ],
    "id-card": [
        "身份证号⟦11010519491231002X⟧，",
        "周某（⟦110105 19491231 002x⟧）到场。",
        "身份证号：⟦110105198205170012⟧",
        "身份证号 ⟦130503670401001⟧",
        "身份证：⟦１１０１０５１９４９１２３１００２Ｘ⟧",
        "姓名\t身份证号\n周某\t⟦130503670401001⟧",
        "https://example.org/check?id=⟦11010519491231002X⟧",
    ],
    "bank-card": [
        "开户账号：⟦6222 0210 0112 3456 789⟧",
        "补贴打入⟦6222021001123456788⟧。",
        "捐给⟦6222021001116245702⟧（周某）",
    ],
    "account": [
        "微信：⟦laozhou_0317⟧",
        "加微信⟦linxiaoyu88⟧进群",
        "**QQ**号：⟦58213647⟧",
        "微信（⟦zhoulaoshi⟧）",
    ],
    "passport": [
        "护照号：⟦G30582714⟧",
        "持⟦E30582715⟧号护照",
        "持护照（⟦E 30582714⟧）入境",
        "台胞证号 ⟦03058271⟧",
    ],
    "plate": ["车牌：⟦浙A·5X82K⟧", "一辆⟦粤B9K213⟧的小货车", "车号⟦浙AD12345⟧"],
    "home-address": [
        "家住⟦柳林小区3幢2单元501室⟧",
        "住址：⟦东街村七组18号⟧，",
        "现住⟦桃园新村十二栋一单元302⟧。",
    ],
    "email": [
        "邮箱⟦zhang.san+a@mail.example.gov.cn⟧。",
        "⟦zhang\\_san@example.com⟧，⟦ａ＠example．com⟧",
        "邮箱 ⟦zhou.l (at) example.org⟧，信箱⟦zhou # example.org⟧",
        "邮箱：⟦zhou&#64;example.org⟧",
        "https://example.org/?mail=⟦zhou%40example.org⟧",
    ],
    "personal-name": [
        "患者⟦刘某某⟧，男，46岁，住院号 0031278",
        "患儿⟦陈小有⟧（女，6岁）确诊。",
        "患者姓名：⟦欧阳秀兰⟧",
        "精神障碍患者⟦马建国⟧长期服药。",
    ],
    "classification-mark": [
        "⟦秘密★三年⟧  值班记录",
        "文号：〔2023〕5号 ⟦密级：机密⟧",
        "⟦秘密⟧  急件",
        "⟦密级：秘密⟧",
        "某办文件\n\n⟦机密⟧\n\n关于某事",
        "⟦绝 密⟧",
        "## ⟦机密☆5年⟧",
        "⟦秘\u200b密**★**1年⟧",
    ],
    "internal-mark": [
        "⟦（此件不公开）⟧",
        "⟦内部资料 注意保存⟧",
        "## ⟦内部文件，妥善保管⟧",
        "⟦仅供内部参阅⟧",
        "⟦内 部 资 料⟧",
        "某市情况⟦（内部资料，会后收回，不得外传）⟧",
        "第12期  ⟦内部参考⟧",
    ],
}
"""Texts for each rule; what must be found stands in brackets."""

CLEAN = {
    "phone-number": [
        "手机136XXXX1357，136****1357",
        "全年投入13624681357元，共13624681357户。",
        "资产标签 ZC13624681357，案件编号13624681357",
        "得分（分）13624681357，增收1.3624681357亿元",
        "| 项目 | 金额（元） |\n|---|---|\n| 集体资产 | 13624681357 |",
        "136 2468 1357 9012，原件 " + "13812345678" * 5 + "abcdef012",
        "见 https://example.gov.cn/t20230504_13624681357.html",
        "流水号 20230504138123456789，时间戳 1362468135701",
    ],
    "landline": [
        "拨打12345热线，客服400-820-8820，服务热线96345",
        "2023-05-04，0731-2023，电话：20230504，邮编 310000",
        "电话：400-6001-2345，安装固定电话 8702123 部",
        "电话用户86420975户，电话抽查86420975人次",
        "项目代码 2023-330106-04-01-8642097",
    ],
    "id-card": [
        "身份证110105XXXXXXXX002X，330106********0012",
        "合同编号 11010519491231002X，订单号11010519491231002X",
        "统一社会信用代码 91330100MA2AXXXX0G",
        "编号栏110105194912310021，标准GB 11643-1999",
    ],
    "bank-card": [
        "快递单号 75139246813570421",
        "订单编号 6222021001123456788",
        "卡号6222***********3456，累计发卡1234567张",
        "ISBN：9787510812345，宗地号3301060010020030045",
    ],
    "account": [
        "微信公众号：zhihuigongan，通过微信群、QQ群发布信息2300条",
        "微信扫码登录app，QQ群10000个，微信（WeChat）",
        "微信：xxxxxx，QQ：XXXXXX",
    ],
    "passport": ["护照办理7个工作日", "农产品护照E20项", "批次E30582714"],
    "plate": ["车牌：浙A·XXXXX", "浙A12345号文件，苏A级景区3家", "浙A类项目12345个"],
    "home-address": [
        "家住农村的干部占三成",
        "在柳林小区3幢2单元加装电梯",
        "单位地址：和平路88号政务大厅",
        "现住市行政中心2号楼302室",
    ],
    "email": [
        "xxxx@xx.cn，***@163.com",
        "a@b，@所有人，user@localhost",
        "logo@2x.png，C#语言，1#楼",
        "Meet at example.org",
    ],
    "personal-name": [
        "患者刘某某病情好转，被害人谢某，男。",
        "患者满意度达98%，男性占46%。",
        "党员王建国，男，46岁，村支书",
        "学生张口就答，家长点头。",
    ],
    "classification-mark": [
        "做好保密工作，秘密投票，公开透明不留秘密。",
        "绝密级文件专人保管，密级标志应当规范。",
        "★★★★★五星级支部",
        "| 等级 | 件数 |\n|---|---|\n| 秘密 | 12 |",
        "分为：\n- 绝密\n- 机密\n- 秘密",
        "保密期限、解密条件一并明确。",
    ],
    "internal-mark": [
        "内部控制制度健全，工会内部资料室建设经验。",
        "（此件公开发布）",
        "公开方式：主动公开",
        "## 加强内部审计",
        "1. 不得外传\n2. 不得复印",
    ],
}
"""Texts that only resemble private text, for each rule: nothing at all is found in them."""

WARNED = {"home-address", "personal-name"}
"""Rules that never prove anything."""


def _marked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its brackets, and the ranges that these enclosed."""
    text, spans = "", []
    for piece in marked.split("⟦"):
        inside, closing, after = piece.partition("⟧")
        if closing:
            spans.append((len(text), len(text) + len(inside)))
        text += inside + after
    return text, spans


def test_every_rule_has_examples_of_both_kinds() -> None:
    """The rules that a person can excuse are those of private text."""
    assert set(FOUND) == set(CLEAN) == {rule.id for rule in CHECK_RULES if rule.excusable}


@pytest.mark.parametrize(
    ("rule", "marked"), [(rule, text) for rule, texts in FOUND.items() for text in texts]
)
def test_private_text_is_found_in_its_place(rule: str, marked: str) -> None:
    """The range is the one of the text as given, whatever the folded copy dropped."""
    text, spans = _marked(marked)
    found = find_private(text)
    assert [(each.rule, each.start, each.end) for each in found] == [(rule, *s) for s in spans]
    assert {each.severity for each in found} == {"warning" if rule in WARNED else "error"}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in CLEAN.items() for text in texts]
)
def test_what_only_resembles_it_is_clean(rule: str, text: str) -> None:
    """Amounts, numbers of things, hotlines, placeholders, and words in a sentence."""
    assert find_private(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1362 4681 357 是谁的",
        "https://example.org/?id=13624681357",
        "0571 86420975",
        "监督举报电话：0571-86420975",
        "老周13624681357.jpg",
        "身份证号：110105194913310028",
        "4111 1111 1111 1111",
        "QQ群：58213647",
        "浙A5X82K停在门口",
        "zhou # example.org",
        "规定“秘密★1年”的标注方法",
        "## 注意保密",
    ],
)
def test_shape_alone_is_a_warning(text: str) -> None:
    """Neither a label nor a check digit proves these."""
    assert [each.severity for each in find_private(text)] == ["warning"]


def test_the_message_does_not_give_the_value_away() -> None:
    """Two characters at the start and one at the end; marks are shown, they are no secret."""
    phone, mark = find_private("秘密★三年\n电话13624681357")[::-1]
    assert phone.masked == "13********7"
    assert mark.masked == "秘密★三年"
    assert describe_private(phone).startswith("疑似手机号码（13********7），公开前请删去")


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("440524188001010014", True),
        ("110105194912310021", False),
        ("110105194902300021", False),
    ],
)
def test_check_digit_of_an_identity_card(number: str, valid: bool) -> None:
    """The two examples of GB 11643-1999, a wrong check digit and a day that does not exist."""
    assert is_id_card(number) is valid


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1 3 ",
        "13624681357 ",
        "电话13624681357，",
        "11010519491231002X ",
        "a@b.",
        "微信：abcdef1 ",
        "*",
        "**1",
        "<b",
        "%31",
        "https://a?b=%31 ",
        "（内部资料",
        "内部资料\n",
        "|1",
        "| 13624681357 |\n",
        "患者刘",
    ],
)
def test_cost_is_linear_for_hostile_repetitions(piece: str) -> None:
    """No pattern looks at a character more than a bounded number of times."""
    assert is_linear(lambda size: find_private(piece * (size // len(piece))), 40_000)


_PIECES = """
电话 13624681357 1362468 -1357 ** * ` ~~ \\ &nbsp; &#45; &# % %31 <b> <br> ( ） | https://a.cn/?t=
一三六二 四六八一三五七 秘密 ★ 三年 内部资料 注意保存 传达范围： 身份证 11010519491231002X
@ example.org 家住 小区3幢501室 患者 刘桂芬 ，女，52岁
"""


@given(
    st.lists(st.sampled_from([*_PIECES.split(), *"\u200b\ufeff\n\t "]), max_size=30).map("".join)
)
@examples(100)
def test_places_of_any_text_are_ranges_of_it(text: str) -> None:
    """Sorted, inside the text, never empty; the masked value never shows a whole number."""
    found = find_private(text)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all("1362468" not in each.masked for each in found)
