"""The text of a web page as a tree, within limits, and as a browser shows it after its scripts."""

from __future__ import annotations

import re

from lxml import etree

from casebook.model import UserError
from casebook.reading.web.html_style import HIDES, find_hidden_names

_EMBEDDED = re.compile(r"data:[\w/+.-]{0,80};base64,[\w+/=%\s]{100,}", re.A)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_WECHAT_TIME = re.compile(r"""createTime\s?=\s?["'](\d{4}-\d\d-\d\d \d\d:\d\d)""")

MOST_CHARACTERS = 5_500_000
"""Characters of a page without the images in it; long pages have some 300,000."""

MOST_TAGS = 100_000
"""Tags of a page; long ones have some 20,000."""

SHOWN_SHARE = 0.3
"""Share of a page's sentences from which a hidden block is one that a script shows."""

MOST_HIDDEN_BLOCKS = 50
"""Hidden blocks of a page that are looked at."""

TOO_LARGE = "网页太大或标签太多：请把正文复制到 Word 或文本文件里再导入。"
_TOO_DEEP = "网页的标签嵌套太深，无法读取：请把正文复制到 Word 或文本文件里再导入。"
_NO_PAGE = "文件不是网页，或网页里没有内容。"


def parse_page(text: str) -> etree._Element:
    """The tree of a page. Raises UserError where a parser could not read all of it."""
    if "base64," in text:
        text = _EMBEDDED.sub("", text)
    text = _CONTROL.sub("", text)
    if len(text) > MOST_CHARACTERS or text.count("<") > MOST_TAGS:
        raise UserError(TOO_LARGE)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UserError(_NO_PAGE) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UserError(_TOO_DEEP)
    if root is None:
        raise UserError(_NO_PAGE)
    _run_scripts(root, text)
    return root


def _run_scripts(root: etree._Element, text: str) -> None:
    """Do what the scripts of a page do in a browser: show its text, write the day of an article."""
    hidden = [
        element
        for element in root.xpath("//body//*[@style]")
        if element.tag not in ("span", "font") and HIDES.search(element.get("style").lower())
    ]
    if hidden:
        whole = _count_sentences(root)
        for element in hidden[:MOST_HIDDEN_BLOCKS]:
            if element.get("id") == "js_content" or _count_sentences(element) > SHOWN_SHARE * whole:
                del element.attrib["style"]
    for element in root.xpath("//em[@id='publish_time']"):
        written = _WECHAT_TIME.search(text)
        if written and not (element.text or "").strip():
            element.text = written[1]


def _count_sentences(element: etree._Element) -> int:
    return str(element.xpath("string()")).count("。")


def body_of(root: etree._Element) -> etree._Element:
    """The body of a page, or the whole where it has none."""
    body = root.find("body")
    return root if body is None else body


def hidden_names(root: etree._Element) -> set[str]:
    """The classes and ids that the style sheets in a page hide."""
    sheets = (sheet.text for sheet in root.iter("style") if sheet.text)
    return {name for sheet in sheets for name in find_hidden_names(sheet)}


def why_empty(root: etree._Element) -> str:
    """The sentence for a page without text."""
    if next(root.iter("frame", "iframe", "frameset"), None) is not None:
        return "这个网页由框架组成，正文在别的文件里：请单独打开正文所在的框架，另存后再导入。"
    if next(root.iter("script"), None) is not None:
        return "网页里没有文字，正文由脚本显示：请在浏览器里打开，把正文复制到 Word 里再导入。"
    return "网页里没有文字。"
