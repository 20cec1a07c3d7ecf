"""The Content-Security-Policy of each page: no script runs but the site's own.

A page allows the scripts of its own folder and, by their hashes, the inline scripts of the theme's
layout. What stands in the layout's place for content is never counted among them, so that a script
that got past the gate and the sanitizer still does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.model import UserError

BARE_POLICY = "default-src 'none'; img-src 'self'; base-uri 'none'"
"""For a page that has neither scripts nor styles."""

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
        policy = render_policy(build_policy(scripts, _INLINE_STYLE.findall(layout)))
        if _CHARSET not in layout:
            raise UserError(f"{address}：页面模板里没有 {_CHARSET}，内容安全策略无处可放。")
        return page.replace(_CHARSET, _CHARSET + policy, 1)

    def _compare(self, address: str, scripts: Sequence[str]) -> None:
        """Refuse a page of the theme whose layout has scripts that other pages lack."""
        # How deep a page lies is the one thing in which the theme's scripts differ.
        known = frozenset(_SITE_ADDRESS.sub("", script) for script in scripts)
        if self._scripts not in (None, known):
            raise UserError(f"{address}：页面模板里的脚本与其他页面不同，未生成站点。")
        self._scripts = known


def protect_lone_page(page: str) -> str:
    """A page that stands by itself, with the policy for the scripts and styles that it holds."""
    policy = build_policy(_INLINE_SCRIPT.findall(page), _INLINE_STYLE.findall(page))
    return page.replace(_CHARSET, _CHARSET + render_policy(policy), 1)


def refuse_scripts(address: str, content: str) -> None:
    """Raise UserError where the content of a page holds a script."""
    if _SCRIPT_TAG.search(content):
        raise UserError(
            f"{address}：正文里有 <script>，它在站点上不会运行，"
            "请把脚本放进 docs/scripts/ 并列在 mkdocs.yml 的 extra_javascript 里。"
        )


def build_policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """A policy that allows own files, and the inline scripts and styles with these texts."""
    rules = (
        "default-src 'none'",
        _allow("script-src", scripts),
        _allow("style-src", styles),
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    )
    return "; ".join(rules)


def render_policy(policy: str) -> str:
    """The meta tag of a policy."""
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def _allow(directive: str, texts: Sequence[str]) -> str:
    """A directive that allows own files and, by their hashes, these texts."""
    return " ".join((directive, "'self'", *sorted({_hash(text) for text in texts})))


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
