"""What a web page or a printed page put around the text: whole lines of it, never prose.

Only a line that is nothing else is removed, and each removal is a step that can be switched off
or undone. Notices that the text is cut off stay, and are flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit

_PAGE = re.compile(
    r"[-—–·•~～\s]*第?\s*\d{1,4}\s*页?[-—–·•~～\s]*"
    r"|第\s*\d{1,4}\s*页\s*[，,/／]?\s*共?\s*\d{1,4}\s*页|\d{1,4}\s*[/／]\s*\d{1,4}"
)
_PAGE_DRESS = re.compile(r"[-—–·•~～页/／]")
_SITE = re.compile(
    r"(?:【|\[)?(?:(?:免费|立即|点击|VIP)*下载(?:本文|文档|全文|地址|此文档)?"
    r"|打印(?:本页|本文)?|收藏(?:本页|本文)?|加入收藏|分享到?|举报|侵权投诉|我要(?:投诉|举报|纠错)"
    r"|关闭(?:窗口|本页)?|返回(?:顶部|列表|首页)|VIP(?:专享|免费下载|会员)*|开通会员"
    r"|字号\s*[：:]?\s*[大中小\s]+)(?:】|\])?"
    r"|(?:文档|文件)?(?:大小|格式|页数|字数)\s*[：:]\s*[\w.,，]{1,12}"
    r"|(?:上传|下载|浏览|阅读|点击|访问)(?:者|人|量|次数|数|时间|日期)\s*[：:]\s*[\w:：. -]{1,20}"
    r"|(?:上一篇|下一篇|相关(?:文章|阅读|推荐)|分享到)\s*[：:].{0,60}"
    r"|.{0,16}(?:QQ|扣扣|微信|公众)[群号]{1,2}\s*[：:]\s*[\w一-龥]{2,20}"
    r"|温馨提示\s*[：:].{0,60}(?:充值|下载|会员|元).{0,20}"
)
_ADDRESS = re.compile(
    r"(?:(?:更多|来源|本文|原文|转载|文章)[^，。；]{0,14}[：:]?\s*)?(?:https?://|www\.)[!-~]{4,120}",
    re.A,
)
_LEADERS = re.compile(r".{1,60}?(?:\.{4,}|…{2,}|·{4,}|(?:\. ){4,})\s*[（(]?\d{1,4}[）)]?")
_CONTENTS = re.compile(r"目\s*录|目\s*次")
_CUT_OFF = re.compile(
    r"未完待续|(?:剩余|还有|余下)[^，。\n]{0,4}\d+\s*(?:字|页|%)|(?:试读|预览)(?:已)?结束"
    r"|(?:查看|阅读|下载)(?:剩余|全文|完整)[^\n]{0,10}(?:请|需)"
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def page_lines(document: Document) -> Result:
    """Lines that hold nothing but a page number in its dress (— 3 —, 第 2 页 共 9 页)."""
    lines = _lines(document.text)
    return Result(tuple(_without(span) for span, line in lines if _is_page_number(line)))


def _is_page_number(line: str) -> bool:
    return _PAGE.fullmatch(line) is not None and _PAGE_DRESS.search(line) is not None


def site_lines(document: Document) -> Result:
    """Lines of a web site's own: buttons, counters, advertisements, addresses."""
    edits = []
    previous = ""
    for span, line in _lines(document.text):
        named = previous.endswith(("：", ":"))  # then the address is what the sentence speaks of
        if _SITE.fullmatch(line) or (_ADDRESS.fullmatch(line) and not named):
            edits.append(_without(span))
        previous = line
    return Result(tuple(edits))


def contents_lines(document: Document) -> Result:
    """A table of contents with dot leaders, and its heading directly above."""
    edits: list[Edit] = []
    heading: tuple[int, int] | None = None
    for span, line in _lines(document.text):
        if _LEADERS.fullmatch(line):
            edits += [_without(heading)] if heading else []
            edits.append(_without(span))
            heading = None
        else:
            heading = span if _CONTENTS.fullmatch(line) else None
    return Result(tuple(edits))


def cut_off_notices(document: Document) -> Result:
    """Notices that the text goes on elsewhere: flagged, for what follows is missing."""
    message = "这里注明后面还有内容，文章可能不完整，请补全或核对。"
    found = _CUT_OFF.finditer(document.text)
    return Result(doubts=tuple(Doubt(place.start(), place.end(), message) for place in found))


def compatibility_characters(document: Document) -> Result:
    """Radicals and compatibility forms that PDF files give for characters, as the characters."""
    found = _COMPATIBLE.finditer(document.text)
    edits = (Edit(place.start(), place.end(), normalize("NFKC", place[0])) for place in found)
    return Result(tuple(edits))


def _lines(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Every line that is not blank, with its range including the line feed, and stripped."""
    for line in re.finditer(r"[^\n]+\n?", text):
        if stripped := line[0].strip():
            yield line.span(), stripped


def _without(span: tuple[int, int]) -> Edit:
    return Edit(*span, "", "likely")
