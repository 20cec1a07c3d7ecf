"""我的摘录: the page of what a reader has collected; it lives in the browser alone."""

from __future__ import annotations

from casebook.site.html import SitePage, render_title, tag

EXCERPTS_NAME = "我的摘录"

_INTRO = (
    "在案例里、列表里和查找结果里按“收入摘录夹”，条目就收到这里。"
    "摘录只存在您自己的浏览器里，不会上传；可以调整顺序，连同出处导出为 Word、Markdown 或纯文本，"
    "也可以打印成册。"
)
_FONTS = (
    "Word 文件按 GB/T 9704—2012《党政机关公文格式》排版，只写明字体，不附字体文件："
    "标题用方正小标宋简体，正文用仿宋_GB2312，小标题用黑体和楷体_GB2312。"
    "电脑上没有的，请装上，或者由 Word 用宋体、仿宋、楷体代替。"
)


def render_excerpts_page() -> SitePage:
    """The page whose empty element the script fills."""
    parts = [
        render_title(EXCERPTS_NAME),
        tag("p", _INTRO, class_="cb-intro"),
        tag("div", "", id="cb-excerpts"),
        tag("noscript", tag("p", "摘录需要浏览器允许脚本；复制、打印案例不需要。")),
        tag("p", _FONTS, class_="cb-note"),
    ]
    html = tag("div", "\n".join(parts), class_="cb-excerpts-page")
    return SitePage(EXCERPTS_NAME, html, wide=True)
