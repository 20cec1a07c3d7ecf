"""Lines outside the text: source, author, caption, salutation, and page furniture."""

from __future__ import annotations

import re

_LABELS = (
    "编者按|编者注|来源|稿源|作者|文章作者|责编|编辑|责任编辑|记者|本报记者|通讯员|撰稿|供稿|供图|摄影|审核|编审|"
    "审校|监制|发布时间|发布日期|发布机构|发布单位|时间|日期|成文日期|生效日期|索引号|主题分类|主题词|"
    "发文机关|发文字号|文号|字号|字体|信息来源|浏览次数|浏览量|阅读量|阅读次数|点击数|点击量|点击|"
    "访问量|关键词|关键字|摘要|内容摘要|案号|审理法院|附件|附|附注|注|备注|联系人|联系电话|电话|地址|"
    "邮编|邮箱|网址|链接|申报单位|推荐单位|报送单位|完成单位|作者单位|单位|主创人员|参评项目|"
    "(?:活动|播出|首播|刊播|刊发|举办|上线)(?:时间|日期)|参评单位|获奖单位|统稿|执笔|课题组|课题组成员|分享到|分享|上一篇|下一篇|上一条|下一条|相关链接|"
    "当前位置|您的位置|您现在的位置|参考文献|声明|免责声明|版权声明|特别声明|网站标识码|原标题|原载|转自|抄送|主送|有效性"
)
_LABELLED = re.compile(
    rf"[【\[（(]?(?P<label>(?:{_LABELS})|索 ?引 ?号|字 ?号)(?:[】\]][ 　]*[：:]?|[ 　]*[：:])"
)
_CAPTION = re.compile(
    r"(?:附?[图表][ 　]*[\d一二三四五六七八九十]{1,3}(?:[-—.]\d{1,2})?(?:[ 　：:、．.]|$)|"
    r"[（(]?(?:上|下|左|右|首|题|配)?图(?:为|片来源|片说明|源|/)|资料图|供图|.{2,30}(?:截图|海报|剧照|合影|示意图|流程图|架构图|效果图|"
    r"结构图|二维码|[ 　（(][\u4e00-\u9fff]{1,4}[ 　]?摄[）)]?|供图[）)]?)$|[▲△▼]|\[\d{1,3}\])"
)
_SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的)?.{0,24}(?:代表|委员|同志们?|朋友们?|领导|来宾|老师们?|同学们?|同事们?|"
    r"女士们?|先生们?|大家好|家长们?|主任|书记)[们好]?[：:！!,，]$|"
    r"(?:谢谢大家|谢谢|汇报完毕|发言完毕|此致|敬礼|特此(?:报告|汇报|通知|公告|说明))[！!。]?$"
)
_SITE = re.compile(
    r"(?:[【\[]?(?:打印|关闭|收藏|返回|分享|点击|登录|注册|下载)"
    r"(?:本页|窗口|页面|文章|顶部|首页|列表|查看|进入|放大|大图|此处|按钮|到.{1,12})*[】\]]?"
    r"|[【\[](?:打印|关闭|收藏|返回|大|小).{0,24}|(?:网站)?首页|目 {0,4}录|字体.{0,8}|纠错|繁体"
    r"|(?:扫一扫|阅读全文|展开全文|加入收藏|设为首页|回到顶部|相关(?:阅读|文章|新闻|链接)|推荐阅读|"
    r"热门推荐|猜你喜欢|网站地图|版权所有|联系我们|关于我们|主办单位|承办单位|技术支持|无障碍).{0,40}"
    r"|.{2,20}(?:政府|委员会|[局厅院委])(?:门户|官方)网站?"
    r"|第 {0,2}\d{1,4} {0,2}页(?:[ /，,（(]{0,3}共 {0,2}\d{1,4} {0,2}页[）)]?)?"
    r"|.*(?:ICP备|公网安备|Copyright|©|https?://|www\.|[>＞»].{1,20}[>＞»]).*|.*次浏览)$"
)
_DAY = (
    r"(?:19|20)\d{2}[年./-]\d{1,2}(?:[月./-](?:\d{1,2}日?)?)?"
    r"(?:[ 　T]*\d{1,2}[:：]\d{2}(?::\d{2})?)?"
)
_HAN_DAY = (
    "[二一〇○Ｏ零]{3}[〇○零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月"
    "(?:[一二三四五六七八九十]{1,3}日)?"
)
_DATED = re.compile(
    rf"[（(]?(?:{_DAY}|{_HAN_DAY})[ 　]*[）)]?(?:[ 　]*(?:来源|作者|浏览|点击|字号|【).*)?$"
)
_PARENTHESIS = re.compile(r"[（(][^（）()]*[）)][。]?$")
_BYLINE = re.compile(
    r"(?:本报|新华社|人民网|通讯员|□|文[/／]|图[/／]|本刊|[^ 　，。]{2,8}[ 　]+/[ 　]+).{0,30}$"
)
_MEETING = re.compile(
    r"[（(—\s-]*(?:19|20)\d{2}年\d{1,2}月\d{1,2}日[，]?在.{2,40}(?:上|会议)[）)]?$"
)
_PERSON = re.compile(
    r".{0,16}(?:市长|县长|区长|省长|州长|镇长|乡长|主席|主任|书记|院长|校长|局长|部长|处长|检察长|会长|经理|"
    r"董事长|记者|主编|总编辑|教授)[ 　]*[\u4e00-\u9fffxX×][ 　]*[\u4e00-\u9fffxX×]{1,2}$|"
    r"[\u4e00-\u9fff]{1,3}(?:[ 　、]{1,3}[\u4e00-\u9fff]{1,3}){1,8}$"
)
_ORGAN = re.compile(
    r"[\u4e00-\u9fffxX×（）() 　]{2,30}(?:委员会|政府|局|厅|办公室|党委|工委|党组|支部|中心|大学|"
    r"学院|中学|小学|医院|法院|检察院|公司|集团|报社|电视台|研究院|课题组|调研组|编辑部|委|部|协会|"
    r"联合会|总工会)$|.{1,6}(?:镇|乡|县|区|市|街道|社区|村)$"
)
_WORDS = re.compile("[\u4e00-\u9fff]")
_NAMES = re.compile(r"[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3}){4,}$")
_PATTERNS = (_CAPTION, _SALUTATION, _SITE, _DATED, _MEETING, _PARENTHESIS, _BYLINE, _NAMES)

SIDE_LINE_CHARACTERS = 120
"""Characters; a longer line belongs to the text."""


def read_label(text: str) -> str:
    """The label (来源, 作者 …) with which a line of facts about the write-up opens, or ''."""
    found = _LABELLED.match(text)
    return found["label"].replace(" ", "") if found else ""


def read_value(text: str) -> str:
    """What follows the label of such a line, or ''."""
    found = _LABELLED.match(text)
    return text[found.end() :].strip("）) 　") if found else ""


def is_outside_text(text: str) -> bool:
    """Whether a line is outside the text: it is no heading, and no text under a heading."""
    return len(text) <= SIDE_LINE_CHARACTERS and bool(
        not _WORDS.search(text)
        or read_label(text)
        or any(pattern.match(text) for pattern in _PATTERNS)
    )


def is_byline(text: str) -> bool:
    """Whether a line under a title may be the name of a person or of an organ."""
    return bool(_PERSON.match(text)) or is_organ(text)


def is_organ(text: str) -> bool:
    """Whether a line is the name of an organ and nothing else."""
    return bool(_ORGAN.match(text))
