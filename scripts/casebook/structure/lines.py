"""Lines outside the text: source, author, caption, salutation, and page furniture."""

from __future__ import annotations

import re
from functools import partial

from casebook.structure.organ_words import ORGAN_WORDS
from casebook.text.characters import SURNAMES
from casebook.text.dates import POSTED, SIGNED, YEAR
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.page_furniture import alternatives
from casebook.text.patterns import lazy_pattern

_of = partial(alternatives, "structure")
_LABELLED = re.compile(rf"[【\[（(]?(?P<label>{_of('label')})(?:[】\]][ 　]*[：:]?|[ 　]*[：:丨])")
_CAPTION = re.compile(
    rf"(?:附?[图表][ 　]*[\d{ONE_TO_TEN}]{{1,3}}(?:[-—.]\d{{1,2}})?(?:[ 　：:、．.]|$)|"
    r"[（(]?(?:上|下|左|右|首|题|配)?图(?:为|片来源|片说明|源|/)|资料图|供图|"
    r"(?:以上)?(?:数据|统计)?截[至止到][^，。]{2,20}$|(?![（(]?[\d一二三四五六七八九十]).{2,30}"
    r"(?:截图|海报|剧照|合影|示意图|流程图|架构图|效果图|结构图|二维码|"
    r"[ 　（(][\u4e00-\u9fff]{1,4}[ 　]?摄[）)]?|供图[）)]?)$|[▲△▼]|\[\d{1,3}\])"
)
_SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的)?.{0,24}(?:代表|委员|同志们?|朋友们?|领导|来宾|老师们?|同学们?|同事们?|"
    r"女士们?|先生们?|大家好|家长们?|主任|书记)[们好]?[：:！!,，]$|"
    r"(?:谢谢大家|谢谢|汇报完毕|发言完毕|此致|敬礼|特此(?:报告|汇报|通知|公告|说明))[！!。]?$"
)
_SITE = re.compile(
    rf"(?:[【\[]?{_of('button')}{_of('object')}*[】\]]?|[【\[]{_of('bracketed')}.{{0,24}}"
    rf"|{_of('start')}.{{0,40}}|.*{_of('anywhere')}.*|{_of('line')})$"
)
_DATED = re.compile(
    rf"[（(\[]?(?:{POSTED}|{SIGNED})(?:[ 　]*\d{{1,2}}时\d{{1,2}}分)?[ 　]*[）)\]]?"
    r"(?:[ 　]*(?:来源|作者|浏览|点击|字号|【).*)?$"
)
_ISSUE = re.compile(rf"[\u4e00-\u9fff]{{2,10}}[报网刊社台][ 　]+{POSTED}.{{0,16}}$")
_PARENTHESIS = re.compile(r"[（(][^（）()]*[）)][。]?$")
_NAME = "[\u4e00-\u9fff·]{1,4}"
_REPORTER = (
    "(?:记者|通讯员|评论员|编辑|撰稿人|摄影)"
    rf"(?:[ 　：:]+{_NAME}|[{SURNAMES}某][\u4e00-\u9fff]{{1,2}})"
)
_NAME_AFTER = "(?![走下进蹲跑深在到为把的])[\u4e00-\u9fff·]{1,3}"
"""A name right after 记者; 本报记者下沉一线 says what they do."""

_OWN_REPORTER = f"(?:记者|通讯员|评论员|编辑(?!部)|撰稿人|摄影)(?:[ 　：:]+{_NAME}|{_NAME_AFTER})"
"""A reporter of the medium that is named before."""

_MEDIUM = "(?:本报|本刊|本网|新华社|人民网)"
_BYLINE = re.compile(
    r"(?:□|文[/／]|图[/／]|[^ 　，。]{2,8}[ 　]+/[ 　]+).{0,30}$|"
    rf"(?:{_MEDIUM}[^，。：“《]{{0,8}}{_OWN_REPORTER}|(?:[\u4e00-\u9fff]{{2,8}}[报网台社])?{_REPORTER})"
    rf"(?:[ 　、]+(?:{_REPORTER}|{_NAME})){{0,6}}[ 　]*"
    "(?:文[/／]图|摄影?|报道|整理)?$|"
    rf"{_MEDIUM}(?:特约)?(?:记者(?:{_NAME_AFTER}){{0,2}}|通讯员|评论员|编辑部)$|"
    rf"{_MEDIUM}[^，。：“《]{{0,16}}"
    "(?:日[ 　]*(?:专?电|讯)|讯|摄|供稿|供图|(?:综合|摄影|特约)报道)$"
)
"""A line that opens with a medium's name is a byline only if it names a person or ends like one."""

_MEETING = re.compile(
    rf"[（(—\s-]*{YEAR}年\d{{1,2}}月\d{{1,2}}日[，]?在.{{2,40}}(?:上|会议)[）)]?$"
)
_PERSON = lazy_pattern(
    r".{0,16}(?:市长|县长|区长|省长|州长|镇长|乡长|主席|主任|书记|院长|校长|局长|部长|处长|检察长|会长|经理|"
    rf"董事长|记者|主编|总编辑|教授)(?:[ 　]+[\u4e00-\u9fffxX×]|[ 　]*[某xX×{SURNAMES}])[ 　]*"
    r"[\u4e00-\u9fffxX×]{1,2}$|"
    r"[\u4e00-\u9fff]{1,3}(?:[ 　]{1,3}[\u4e00-\u9fff]{1,3}){1,8}$|"
    rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:[ 　、]{{1,3}}[\u4e00-\u9fff]{{1,3}}){{1,8}}$"
)
_ORGAN = re.compile(
    rf"[\u4e00-\u9fffxX×（）() 　]{{2,30}}(?:{ORGAN_WORDS}|委|部|课题组|调研组)"
    "(?:发布|印发|编印?|供稿)?$|.{1,6}(?:镇|乡|县|区|市|街道|社区|村)$"
)
_HAN_CHARACTER = re.compile("[\u4e00-\u9fff]")
_NAMES = re.compile(r"[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3}){4,}$")
_ANNEX = re.compile(rf"附(?:件|录|表)[ 　]*(?:\d{{1,2}}|[{ONE_TO_TEN}]{{1,2}})?[：:]?$")
_TITLED_ANNEX = re.compile(
    rf"附(?:件|录|表)?[ 　]*(?:\d{{1,2}}|[{ONE_TO_TEN}]{{1,2}})?[：:][ 　]*[^\d 　。；]{{2,40}}$"
    "|(?:有关|部分|相关)?(?:名词|用语|术语)(?:解释|说明|注释)$"
)
_PATTERNS = (_CAPTION, _SALUTATION, _SITE, _DATED, _ISSUE, _MEETING, _PARENTHESIS, _BYLINE, _NAMES)

_HONOR = re.compile(
    r"(?:(?:19|20)\d{2}|第.{1,3}届|荣?获|入选|入围|被?评为).{2,40}(?:奖[）)]?|称号|荣誉|项目|作品|案例|单位|集体|个人)$"
    r"|[^，。：]{2,40}(?:奖|称号|(?:优秀|先进|最佳|示范)[^，。：]{1,6})[）)]?$"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 &+'’-]{1,40}[?]?$")

FACT_LINES = 8
"""Lines at the start and at the end of a write-up that may state facts about it."""

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
        not _HAN_CHARACTER.search(text)
        or read_label(text)
        or any(pattern.match(text) for pattern in _PATTERNS)
    )


def is_honor(text: str) -> bool:
    """Whether a line may be one of a list of honors: 2021年度全省新媒体一等奖."""
    return bool(_HONOR.match(text))


def is_latin(text: str) -> bool:
    """Whether a line has Latin words alone, and no address or code."""
    return bool(_LATIN.match(text))


def is_dated(text: str) -> bool:
    """Whether a line opens with a date and has only facts of a page beside it."""
    return bool(_DATED.match(text))


def is_annex(text: str) -> bool:
    """Whether a line opens an annex: 附件1."""
    return bool(_ANNEX.match(text))


def is_titled_annex(text: str) -> bool:
    """Whether a line may open an annex with its title (附件：评价标准), or only names it."""
    return bool(_TITLED_ANNEX.match(text))


def is_byline(text: str) -> bool:
    """Whether a line under a title may be the name of a person, of an organ, or of both."""
    organ, _, name = text.replace("　", " ").rpartition(" ")
    both = 2 <= len(name) <= 4 and is_organ(organ.strip())
    return bool(_PERSON.match(text)) or both or is_organ(text)


def is_organ(text: str) -> bool:
    """Whether a line is the name of an organ and nothing else."""
    return bool(_ORGAN.match(text))
