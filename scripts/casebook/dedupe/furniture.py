"""What the page of a web site puts around a text: it says nothing of what the text is about.

Posting dates, sources, navigation, links to other texts and rights are neither facts that tell two
texts apart nor wording that makes them alike. Only whole lines count, and the dateline of a report.
"""

from __future__ import annotations

import re

from casebook.text.dates import ANY_DAY, CLOCK, STAMP

_TIME = rf"(?:\s{{0,3}}[T ]?{CLOCK}(?:[:：]\d{{2}})?)"
_FIELD = (
    r"(?:发布|来源|作者|编辑|责任编辑|责编|信息来源|稿源|浏览|点击|阅读|访问|字号|字体|撰稿|供稿|录入"
    r"|原标题|转自|摘自|标签|上一篇|下一篇|上一条|下一条|相关链接|相关阅读|相关文章|备案号|网站标识码|免责声明|版权声明)"
)  # not 时间, 日期, 地址 alone: in a notice they are what it is about
_BUTTON = (
    r"(?:打印|关闭|收藏|返回|分享|下载|复制|纠错|繁体|大|中|小|首页|上一页|下一页|尾页|本页|窗口|顶部"
    r"|页面|列表|到|加入|设为|网站|地图|\d{1,3}(?!\d))"
)
_SIGNER = r"(?![^\n]{0,12}(?:时间|日期|期限|截止))[^\d\n，。；：:]{1,24}"
_PLACE = r"(?:您?(?:当前|现在)?的?位置|首页)"
_RIGHTS = r"(?:版权所有|Copyright|©|ICP备|公网安备)"
_LINE = re.compile(
    rf"^[^\w\n]{{0,9}}(?:"
    rf"{_FIELD}[^。\n]{{0,8}}[:：][^\n]{{0,120}}"
    rf"|(?:时间|日期)[:：]\s?{ANY_DAY}{_TIME}?[^\w\n]{{0,9}}{_FIELD}[^。\n]{{0,60}}"
    rf"|(?:时间[:：]\s?{STAMP}|日期[:：]\s?{ANY_DAY}){_TIME}?\s{{0,9}}"
    rf"|{_SIGNER}[ \t\u3000]{{1,9}}{ANY_DAY}{_TIME}?[^\w\n]{{0,9}}(?:{_FIELD}[^。\n]{{0,60}})?"
    rf"|第\s?\d{{1,3}}\s?页[^。\n]{{0,12}}"
    rf"|{ANY_DAY}{_TIME}?[^\w\n]{{0,9}}(?:{_FIELD}[^。\n]{{0,60}})?"
    rf"|{_PLACE}[^。\n]{{0,12}}[:：>＞»›|｜/][^。\n]{{0,80}}"
    rf"|(?:{_BUTTON}[^\w\n]{{0,4}}){{1,9}}"
    rf"|[^。\n]{{0,60}}{_RIGHTS}[^。\n]{{0,90}}"
    rf")$",
    re.M | re.I,
)
"""Fields (发布时间：…), the day of posting or signing, pages, the way from the home page, buttons,
rights."""

_DATELINE = re.compile(
    r"^\s{0,9}(?:本报|本网|本刊|新华社|中新社|中新网|人民网|新华网|央视网)[^，。\n]{0,24}?[电讯]"
    r"(?:\s?[（(][^）)\n]{0,40}[）)])?\s?",
    re.M,
)

_NOTE = re.compile(
    r"[（(](?:来源|稿源|作者|记者|通讯员|责任编辑|编辑|摄影|转自|摘自|原载)[:：\s][^（）()\n]{0,60}[）)]"
)
"""Who wrote it and where it stood, in parentheses within the text."""


def without_furniture(text: str) -> str:
    """The text without such lines and notes; as it is where nothing else would be left."""
    rest = _NOTE.sub("", _DATELINE.sub("", _LINE.sub("", text)))
    return rest if rest.strip() else text
