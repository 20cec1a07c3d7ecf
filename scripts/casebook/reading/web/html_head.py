"""The headline of an article, what stands between it and the text, and what signs the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from casebook.reading.web.html_lines import PageLine
from casebook.reading.web.html_view import FILE, PageView, is_furniture, is_link, is_prose
from casebook.text.furniture_lines import is_field_line, kind_of_line

_TITLE_NAMES = ("articletitle", "og:title", "twitter:title", "title")
_PLAIN = re.compile(r"[^\w]+|_")
_SITE_PART = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]\s|-(?=[^-]{2,20}$)|(?<![—-])[-–](?=[^-–]{0,20}"
    r"(?:网|网站|政府|频道|日报|晚报|新闻|门户|资讯|中心|平台|论坛|委员会|[局厅部]))).{1,60}$"
)
_LABEL_BESIDE = re.compile(r"^[\[【][^\[\]【】]{1,8}[\]】]|[\[【][^\[\]【】]{1,8}[\]】]$")
"""The kind of a thread before its headline, and a button after it: [讨论] … [复制链接]."""

_SITE_NAME = re.compile(r".{0,20}(?:网|网站|首页|门户|门户网|平台|频道|官网)|.{0,5}")
_DATED = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
_FACT = re.compile(
    r"(?:文章)?(?:来源|出处|作者|文[/／]|记者|通讯员|发布|时间|日期|编辑|责编|审核|供稿|撰稿|摄影|单位"
    r"|字号|文号).{0,4}[：:/／]|(?:本报|本刊|本网|特约|首席)?(?:记者|通讯员|评论员|撰稿人)[^，。]{1,40}$|.{0,40}〔\d{4}〕\s?第?\d{1,4}\s?号"
)
_INTRODUCTION = re.compile(
    r"[【\[]?(?:摘\s?要|导\s?语|导读|核心提示|编者按|内容提要|提要|引言|前言)"
)
_SUBTITLE = re.compile(r"(?:——|--|—|[（(]).+")
_ATTACHED = re.compile(r"附\s?[件表]|\d{1,2}[.．、].{2,60}")
_DAY = (
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d〇一二三四五六七八九十]{1,3}月"
    r"(?:[\d〇一二三四五六七八九十]{1,3}日)?"
)
_ORGANS = (
    "委员会|政府|局|厅|办公室|办|党委|工委|党组|支部|中心|大学|学院|学校|中学|小学|医院|法院|检察院|公司|集团"
    "|报社|研究院|课题组|调研组|编辑部|委|部|协会|联合会|总工会|联社|银行|处|科|院|厂|所|站|队"
)
_SIGNED = re.compile(
    rf"[（(]?{_DAY}[）)]?|[\u4e00-\u9fff（）() \u3000]{{2,34}}(?:{_ORGANS})"
    r"|[（(](?:此件|作者|供稿|来源|责任编辑|编辑|记者|通讯员|选自|摘自|原载|稿件)[^（）()]{0,60}[）)]"
    r"|(?:联系人|联系电话|联系方式|咨询电话|监督电话|电话|邮箱|抄送|主送)\s?[：:].{2,60}"
    r"|特此(?:通知|公告|报告|说明).?"
)
_WECHAT_HEAD = "rich_media_meta_list"
"""The block in which an article of WeChat has its author, account and day."""

LONGEST_HEADLINE = 120
"""Characters of a line that may be a headline."""

LINES_BEFORE, LINES_AFTER = 60, 12
"""Lines before and after the core of an article in which its headline and its end are looked for.
"""


def read_titles(root: etree._Element) -> list[str]:
    """What the head of a page says of its title, the most reliable first."""
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        if name in _TITLE_NAMES:
            named.setdefault(name, str(meta.get("content") or ""))
    titles = [named[name] for name in _TITLE_NAMES if name in named]
    titles += ["".join(element.itertext()) for element in root.iter("title")][:1]
    return [" ".join(title.split())[:200] for title in titles if title.strip()]


def clean_title(title: str) -> str:
    """A title without the names of site and column: 某地的经验_新闻中心_某某网. '' for none."""
    last = ""
    while title != last:
        last, title = title, _SITE_PART.sub("", title).strip()
    return "" if _SITE_NAME.fullmatch(title) else title


def find_headline(view: PageView, titles: Sequence[str]) -> int | None:
    """The line that is the headline: it begins a title of the head, or is the last large one.

    The labels beside it are taken from the line.
    """
    around = range(max(view.core.start - LINES_BEFORE, 0), _end_of_head(view))
    wanted = [fold for title in titles if (fold := _fold(title))]
    best = (0, 0, False, 0)
    found, shown = None, ""
    for place in around:
        line = view.lines[place]
        if line.hidden or len(line.text) >= LONGEST_HEADLINE or line.rows is not None:
            continue
        bare = _LABEL_BESIDE.sub("", line.text).strip()
        for wording in dict.fromkeys((line.text, bare)):
            text = _fold(wording)
            if len(text) < 4 or not any(title.startswith(text) for title in wanted):
                continue
            rank = 1 if is_link(line) and not line.level else 2
            fit = (rank, len(text), line.level > 0, -abs(view.core.start - place))
            if fit > best:
                best, found, shown = fit, place, wording
    if found is None:
        return _last_large_line(view, around)
    view.lines[found].text = shown
    return found


def _end_of_head(view: PageView) -> int:
    """Where the first fifth of the text of the core ends: a headline stands before."""
    start, stop = view.core.start, view.core.stop
    limit = view.sums[start] + (view.sums[stop] - view.sums[start]) / 5
    return next((p for p in range(start, stop) if view.sums[p + 1] > limit), start) + 1


def _last_large_line(view: PageView, around: range) -> int | None:
    """The nearest heading of level 1 or 2 before the text; one inside only of level 1."""
    for levels in ((1,), (2, 3)):
        for place in reversed(around):
            line = view.lines[place]
            known = line.level in levels and not view.outside[place] and not is_link(line)
            if known and len(line.text) > 3 and (line.level == 1 or place < view.core.start):
                return place
    return None


def _fold(text: str) -> str:
    return _PLAIN.sub("", text)


def lines_of_head(view: PageView, headline: int) -> Iterator[int]:
    """The lines between the headline and the core that belong to the article, in their order."""
    if headline > 0 and _is_kicker(view, headline - 1, headline):
        yield headline - 1
    for place in range(headline + 1, max(view.core.start, headline + 1)):
        line = view.lines[place]
        attributes = view.page.regions[line.region].attributes
        named = _WECHAT_HEAD in attributes.get("class", "") and not line.hidden
        if named or (not view.outside[place] and _is_of_head(line)):
            yield place


def _is_kicker(view: PageView, place: int, headline: int) -> bool:
    """Whether a line above the headline is part of it: another heading in the same block."""
    line, below = view.lines[place], view.lines[headline]
    regions = view.page.regions
    same = (
        regions[line.region].parent == regions[below.region].parent or line.region == below.region
    )
    return (
        same
        and not view.outside[place]
        and not is_link(line)
        and (line.level > 0 or line.style.centered)
        and 5 < len(line.text) < 60
        and not kind_of_line(line.text)
        and not _DATED.search(line.text)
    )


def _is_of_head(line: PageLine) -> bool:
    text = line.text
    if is_furniture(text) or (is_link(line) and not _DATED.match(text)):
        return False
    if line.level or is_prose(line) or is_field_line(text) or kind_of_line(text) == "fact":
        return True
    return bool(
        _DATED.search(text)
        or _FACT.match(text)
        or _INTRODUCTION.match(text)
        or _SUBTITLE.match(text)
        or (line.style.centered and not kind_of_line(text))
    )


def lines_of_end(view: PageView) -> Iterator[int]:
    """The lines directly after the core that sign it or name what is attached."""
    for place in range(view.core.stop, min(view.core.stop + LINES_AFTER, len(view.lines))):
        line = view.lines[place]
        if view.outside[place] or is_link(line) or is_furniture(line.text):
            return
        text = line.text
        known = _SIGNED.fullmatch(text) or _ATTACHED.match(text) or FILE.search(text)
        is_fact = kind_of_line(line.text) == "fact" and not is_field_line(line.text)
        if not (known or is_fact):
            return
        yield place
