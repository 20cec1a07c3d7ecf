"""The Content-Security-Policy of each page: no script runs but the site's own.

A page allows the scripts of its own folder and, by their hashes, the inline scripts of the theme's
layout. What stands in the layout's place for content is never counted among them, so that a script
that got past the gate and the sanitizer still does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from casebook.model import UserError

_CHARSET = '<meta charset="utf-8">'
"""After this tag the policy is put: it holds only for what follows it."""

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.S | re.I)
_INLINE_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S | re.I)
_SCRIPT_TAG = re.compile(r"<script\b", re.I)
_SITE_ADDRESS = re.compile(r'new URL\("[./]*",location\)')


@dataclass(slots=True)
class ContentPolicy:
    """The policies of one build: all layouts must hold the same inline scripts."""

    _scripts: frozenset[str] | None = None

    def protect_layout(self, address: str, page: str, content: str) -> str:
        """`page` (a whole document that holds `content`) with its policy in the head.

        Raises UserError for a script in the content or a layout that differs from the others'.
        """
        refuse_scripts(address, content)
        layout = page.replace(content, "", 1) if content else page
        scripts = _INLINE_SCRIPT.findall(layout)
        self._compare(address, scripts)
        policy = render_policy(scripts, _INLINE_STYLE.findall(layout))
        if _CHARSET not in layout:
            raise UserError(f"{address}：页面模板里没有 {_CHARSET}，内容安全策略无处可放。")
        return page.replace(_CHARSET, _CHARSET + policy, 1)

    def _compare(self, address: str, scripts: list[str]) -> None:
        """Refuse a page of the theme whose layout has scripts that other pages lack."""
        if not scripts:  # a page that stands by itself
            return
        # How deep a page lies is the one thing in which the theme's scripts differ.
        known = frozenset(_SITE_ADDRESS.sub("", script) for script in scripts)
        if self._scripts not in (None, known):
            raise UserError(f"{address}：页面模板里的脚本与其他页面不同，未生成站点。")
        self._scripts = known


def refuse_scripts(address: str, content: str) -> None:
    """Raise UserError where the content of a page holds a script."""
    if _SCRIPT_TAG.search(content):
        raise UserError(
            f"{address}：正文里有 <script>，它在站点上不会运行，"
            "请把脚本放进 docs/scripts/ 并列在 mkdocs.yml 的 extra_javascript 里。"
        )


def render_policy(scripts: list[str] | None = None, styles: list[str] | None = None) -> str:
    """The meta tag: own files, and the inline scripts and styles with these texts."""
    rules = (
        "default-src 'none'",
        _allow("script-src", scripts or ()),
        _allow("style-src", styles or ()),
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


def _allow(directive: str, texts: list[str] | tuple[str, ...]) -> str:
    """A directive that allows own files and, by their hashes, these texts."""
    return " ".join((directive, "'self'", *sorted({_hash(text) for text in texts})))


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
