"""What a build says of files with errors: a box on a page, a page for what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from types import MappingProxyType

from casebook.checks.rules import CHECK_RULES_BY_ID, SEVERITY_NAMES
from casebook.model import Finding
from casebook.runtime.visible_text import reveal_invisible
from casebook.site.html import SitePage, render_title, tag

UNPUBLISHED_PAGE = "lists/unpublished.md"
"""The page that lists what was left out."""

MOST_SHOWN_CHARACTERS = 20_000
"""Characters of a file that cannot be read as a case that its page in a preview shows."""


@dataclass(frozen=True, slots=True)
class Notices:
    """What a build knows of files with errors.

    `findings` by the id of a case are shown on its page, `left_out` on a page of their own.
    `unreadable` are the texts of files that are no cases, by the id that they should have.
    """

    findings: Mapping[str, Sequence[Finding]] = field(default_factory=lambda: MappingProxyType({}))
    left_out: Sequence[Finding] = ()
    unreadable: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NO_NOTICES = Notices()


def render_notice_pages(notices: Notices) -> dict[str, SitePage]:
    """The pages that only notices make, by path."""
    pages = {
        f"cases/{name}.md": _render_unreadable_page(name, text, notices.findings.get(name, ()))
        for name, text in notices.unreadable.items()
    }
    if notices.left_out:
        pages[UNPUBLISHED_PAGE] = _render_unpublished_page(notices.left_out)
    return pages


def render_findings_box(findings: Sequence[Finding]) -> str:
    """The findings of one file for the top of its page in a preview; '' without any."""
    if not findings:
        return ""
    entries = "".join(tag("li", _describe(found, found.message)) for found in findings)
    title = tag("p", f"预览：检查发现 {len(findings)} 个问题", class_="cb-findings__title")
    return tag("aside", title + tag("ul", entries), class_="cb-findings", aria_label="检查结果")


def _describe(found: Finding, words: str) -> str:
    """A finding in one line: its place, how grave it is, its rule, and what is said of it."""
    place = reveal_invisible(f"{found.path}:{found.line}")
    kind = f"{SEVERITY_NAMES[found.severity]} [{found.rule}]"
    return f"{tag('code', escape(place))} {kind} {escape(reveal_invisible(words))}"


def _render_unreadable_page(name: str, text: str, findings: Sequence[Finding]) -> SitePage:
    """A page for a file that is no case: what is wrong with it, and its text as it stands."""
    shown = tag("pre", tag("code", escape(text[:MOST_SHOWN_CHARACTERS])))
    more = "" if len(text) <= MOST_SHOWN_CHARACTERS else tag("p", "（以下未显示。）")
    title = reveal_invisible(f"{name}.md")
    return SitePage(title, render_title(title) + render_findings_box(findings) + shown + more)


def _render_unpublished_page(left_out: Sequence[Finding]) -> SitePage:
    """The files that were left out. Nothing that they say is shown, only which rule they break."""
    count = len({found.path for found in left_out})
    intro = f"{count} 个文件没有通过检查，改好以前不会发布；其余内容照常发布。"
    advice = "贡献者请运行 check_cases.py，那里写明了怎样改。"
    body = "".join(map(_render_file, groupby(left_out, key=lambda found: found.path)))
    title = render_title("未发布")
    html = title + tag("p", intro + advice, class_="cb-intro") + tag("ul", body)
    return SitePage("未发布", html)


def _render_file(group: tuple[str, Iterable[Finding]]) -> str:
    path, findings = group
    lines = [_describe(each, CHECK_RULES_BY_ID[each.rule].meaning) for each in findings]
    return tag("li", tag("b", escape(reveal_invisible(path))) + tag("ul", _list_items(lines)))


def _list_items(lines: Sequence[str]) -> str:
    return "".join(tag("li", line) for line in lines)
