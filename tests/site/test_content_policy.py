"""Policies of pages: the theme's scripts by hash, none of the content's."""

from __future__ import annotations

import base64
import hashlib

import pytest

from casebook.model import UserError
from casebook.site.content_policy import ContentPolicy, build_policy, refuse_scripts

LAYOUT = '<head><meta charset="utf-8"><script>{script}</script></head><body>{body}</body>'


def protect(body: str, script: str = "a()", policy: ContentPolicy | None = None) -> str:
    """A page with its policy."""
    page = LAYOUT.format(script=script, body=body)
    return (policy or ContentPolicy()).protect_layout("x.html", page, body)


def test_a_script_of_the_layout_is_allowed_by_its_hash() -> None:
    """As a browser computes it; nothing is allowed for being inline."""
    digest = base64.b64encode(hashlib.sha256(b"a()").digest()).decode()
    page = protect("<p>正文</p>")
    assert f"script-src 'self' 'sha256-{digest}';" in page
    assert "unsafe" not in page
    assert page.index("Content-Security-Policy") < page.index("<script>")


@pytest.mark.parametrize("tag", ["<script>b()</script>", "<SCRIPT src=x>", "<p><script\n>b()"])
def test_a_script_in_the_content_stops_the_build(tag: str) -> None:
    """Whether the theme renders the page or it fills a shell."""
    with pytest.raises(UserError, match=r"^x\.html：正文里有 <script>"):
        protect(tag)
    with pytest.raises(UserError, match="extra_javascript"):
        refuse_scripts("x.html", tag)


def test_an_escaped_script_is_text() -> None:
    """A case may write about scripts."""
    assert "&lt;script&gt;" in protect("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")


def test_a_page_whose_layout_has_other_scripts_stops_the_build() -> None:
    """What only one page holds did not come from the theme; its depth alone may differ."""
    policy = ContentPolicy()
    protect("", 's=new URL(".",location)', policy)
    protect("", 's=new URL("..",location)', policy)
    with pytest.raises(UserError, match="脚本与其他页面不同"):
        protect("", "evil()", policy)


def test_a_template_without_a_place_for_the_policy_stops_the_build() -> None:
    """Rather than a page without one."""
    with pytest.raises(UserError, match="无处可放"):
        ContentPolicy().protect_layout("x.html", "<head></head>", "")


def test_a_page_without_scripts_allows_none_inline() -> None:
    """Former addresses, which only lead on."""
    assert "script-src 'self';" in build_policy([], [])
