"""The page 在线整理, on which a text becomes a case file without a server, and its one script."""

from __future__ import annotations

import json

from casebook.content import CONTENT
from casebook.runtime.cache import NOTHING, Store
from casebook.site.desk_data import ENGINE_SCRIPTS, render_desk_data
from casebook.site.html import SitePage, render_title, tag
from casebook.vocabulary import Vocabulary

DESK_SCRIPT = "assets/desk.js"
"""The address of the script; docs/overrides/main.html loads it on this page alone."""

_PAGE_SCRIPTS = (
    *("sketch", "alike_cases", "draft", "form_parts", "outline_view", "facts_view"),
    *("results_view", "taking", "keeping", "desk_page"),
)
"""The scripts that make the page, in docs/scripts/desk, after those of the engine."""

_FOLDER = CONTENT / "docs" / "scripts" / "desk"


def render_desk_page() -> SitePage:
    """The page; its script fills the empty element."""
    intro = (
        "把文章粘贴进来，核对分段，补几项信息，就能下载成一个可以提交的案例文件。"
        "一切都在这个网页里完成：文章不会上传，关掉页面就什么都不留。"
    )
    parts = [
        render_title("在线整理"),
        tag("p", intro, class_="cb-intro"),
        tag("div", "", id="cb-desk", class_="cb-desk"),
        tag("noscript", tag("p", "在线整理需要浏览器允许脚本；也可以直接把文件交上来。")),
        tag("p", tag("a", "还有哪些办法投稿", href="contributing.html"), class_="cb-up"),
    ]
    return SitePage("在线整理", "\n".join(parts), wide=True)


def render_desk_script(vocabulary: Vocabulary, edit: str = "", store: Store = NOTHING) -> str:
    """The script: what Python knows, the engine and the page, in one file.

    They stand in a function, so that no name of theirs meets one of another script of the page.
    `edit` is the address below which the repository's case files are edited, '' without one;
    `store` keeps tables between builds.
    """
    engine, page = (
        [(_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names]
        for names in (ENGINE_SCRIPTS, _PAGE_SCRIPTS)
    )
    place = f"globalThis.deskEditAddress = {json.dumps(edit)};\n"
    data = render_desk_data(engine, vocabulary, store)
    return "\n".join((data, place, "(() => {", *engine, *page, "})();", ""))
