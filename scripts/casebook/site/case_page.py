"""The page of a case: its facts, its blocks with their roles, its sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from casebook.library import markup
from casebook.library.folder import Library
from casebook.model import Block, Case
from casebook.site.case_items import CaseItem, name_heading, render_evidence_mark
from casebook.site.case_tools import ITEM_TOOLS, describe_case, render_case_tools
from casebook.site.citation import CITATION_ID, render_citation_section
from casebook.site.html import (
    SOURCES_ID,
    VARIANTS_ID,
    SitePage,
    TocItem,
    render_title,
    tag,
)
from casebook.site.overview import render_overview_strip
from casebook.site.provenance import name_source, render_sources_section
from casebook.site.related import NO_CONTEXT, CaseContext, render_neighbors, render_related_section
from casebook.site.variants import (
    BlockNotes,
    list_variants,
    render_annotated_text,
    render_taken_note,
    render_variants_section,
)
from casebook.vocabulary import Role

DESCRIPTION_CHARACTERS = 120
"""Characters of the lead in the page's `description`, which search engines show."""


_RESPONSES_SLOT = re.compile("<!--cb:(.*?)-->")
"""Where an item ends; no text of a case holds a comment of HTML."""


@dataclass(frozen=True, slots=True)
class CaseParts:
    """The parts of a case's page that do not depend on other cases, so that they can be cached."""

    head: str
    body: str
    citation: str
    sections: tuple[TocItem, ...]
    description: str


def render_case_parts(
    case: Case,
    library: Library,
    themes: Mapping[str, Sequence[str]],
    theme_pages: Mapping[str, str],
    notes: BlockNotes,
) -> CaseParts:
    """The parts as safe HTML; `themes` by the anchor of their block, `theme_pages` by theme."""
    roles = library.vocabulary.roles
    variants = {variant.id: variant for variant in list_variants(case, library)}
    chips = {anchor: _render_theme_chips(found, theme_pages) for anchor, found in themes.items()}
    parts = [
        _render_card(case),
        render_overview_strip(case, library),
        *(
            _render_block(
                CaseItem(case, block),
                roles.get(block.role),
                chips.get(block.anchor, "") + render_taken_note(block, variants),
                render_annotated_text(block.text, notes.get(number, ())),
            )
            for number, block in enumerate(case.blocks)
        ),
        *render_variants_section(case, library),
        *render_sources_section(case, library),
    ]
    lead = markup.to_plain(case.blocks[0].text or case.blocks[-1].text)[:DESCRIPTION_CHARACTERS]
    citation = "\n".join(render_citation_section(case))
    head = f"{_render_crumbs(themes, theme_pages)}\n{render_title(case.title)}"
    return CaseParts(head, "\n".join(parts), citation, tuple(_list_sections(case, library)), lead)


def _render_crumbs(themes: Mapping[str, Sequence[str]], theme_pages: Mapping[str, str]) -> str:
    """The way from the home page to a case: all cases, and the theme of most of its items."""
    counts = Counter(theme for found in themes.values() for theme in found)
    links = [("首页", "../index.html"), ("全部案例", "../lists/cases.html")]
    links += [(name, f"../themes/{theme_pages[name]}.html") for name, _ in counts.most_common(1)]
    steps = "".join(tag("li", tag("a", escape(name), href=href)) for name, href in links)
    return tag("nav", tag("ol", steps), class_="cb-crumbs", aria_label="所在位置")


@dataclass(frozen=True, slots=True)
class CaseExtras:
    """What stands on the page of a case besides the case.

    `box` and `foot` are safe HTML above and below all, `data` is the case as JSON-LD; `with_word`
    says that it has a Word file. `near` leads to cases that are nearly the same, `code` is the QR
    code of the page, and `responses` what worked, by the anchor of the item.
    """

    box: str = ""
    foot: str = ""
    data: str = ""
    with_word: bool = False
    near: str = ""
    code: str = ""
    responses: Mapping[str, str] = field(default_factory=dict)


NO_EXTRAS = CaseExtras()


def render_case_page(
    case: Case,
    parts: CaseParts,
    context: CaseContext = NO_CONTEXT,
    extras: CaseExtras = NO_EXTRAS,
) -> SitePage:
    """The page of a case; `context` is what it links to in the library.

    `extras` is what else stands on it.
    """
    whole = [
        *filter(None, (extras.box,)),
        parts.head,
        *filter(None, (extras.near,)),
        render_case_tools(case, extras.with_word, extras.code),
        _RESPONSES_SLOT.sub(lambda slot: extras.responses.get(slot[1], ""), parts.body),
        *render_related_section(context),
        parts.citation,
        render_neighbors(context),
        *filter(None, (extras.foot,)),
    ]
    described = describe_case(case, extras.with_word)
    return SitePage(
        title=case.title,
        html=tag("article", "\n".join(whole), class_="cb-case", **described),
        sections=parts.sections,
        description=parts.description,
        data=extras.data,
    )


def render_case_foot(case_id: str, changed: str) -> str:
    """When the case last changed, '' where that is not known, and where its data lie."""
    link = tag("a", "本案例的数据（JSON）", href=f"../{data_address(case_id)}")
    return tag("p", (f"最后修改：{changed}　" if changed else "") + link, class_="cb-changed")


def data_address(case_id: str) -> str:
    """Where the data of one case lie within the site."""
    return f"data/cases/{case_id}.json"


def _render_card(case: Case) -> str:
    """The facts of a case; empty ones are left out."""
    facts = (
        ("文种", case.kind),
        ("单位", case.organ),
        ("地区", case.region),
        ("日期", case.date),
        ("主题", "、".join(case.themes)),
        ("供稿", case.contributor),
        ("人工智能", case.ai_use),
    )
    shown = [(name, escape(value)) for name, value in facts if value]
    if case.sources:
        names = "、".join(dict.fromkeys(name_source(source) for source in case.sources))
        shown.append(("来源", tag("a", escape(names), href=f"#{SOURCES_ID}")))
    rows = [tag("div", tag("dt", name) + tag("dd", value)) for name, value in shown]
    return tag("dl", "".join(rows), class_="cb-card") if rows else ""


def _render_block(item: CaseItem, role: Role | None, facts: str, body: str) -> str:
    """A block of a case: its heading, the lines of facts below it, its text."""
    block = item.block
    if block.level == 1:
        return tag("div", render_role_label(role) + body, class_="cb-lead") if body else ""
    level = f"h{min(block.level, 6)}"
    heading = escape(block.heading or "")
    label = render_role_label(role)
    name = "本段的固定链接"
    link = tag("a", "¶", class_="headerlink", href=f"#{block.anchor}", title=name, aria_label=name)
    mark = render_evidence_mark(item)
    head = tag(
        level, f"{label}{heading}{mark}{link}", id=block.anchor, class_=_choose_heading_class(block)
    )
    return head + ITEM_TOOLS + facts + body + f"<!--cb:{block.anchor}-->"


def _render_theme_chips(themes: Sequence[str], names: Mapping[str, str]) -> str:
    """Links to the themes of a block."""
    links = (
        tag("a", escape(theme), href=f"../themes/{names[theme]}.html", class_="cb-chip")
        for theme in themes
    )
    chips = "".join(links)
    return tag("p", chips, class_="cb-chips") if chips else ""


def _choose_heading_class(block: Block) -> str:
    return "cb-head" if block.heading else "cb-head cb-head--untitled"


def render_role_label(role: Role | None) -> str:
    """A role as a colored word; '' where the role is not known."""
    if role is None:
        return ""
    classes = f"cb-role cb-role--{role.id}"
    return tag("span", escape(role.name), class_=classes, title=role.description) + " "


def _list_sections(case: Case, library: Library) -> Iterator[TocItem]:
    for block in case.blocks[1:]:
        yield TocItem(block.level, block.anchor, describe_block(block))
    if list_variants(case, library):
        yield TocItem(2, VARIANTS_ID, "异文")
    if case.sources:
        yield TocItem(2, SOURCES_ID, "原文与修复")
    yield TocItem(2, CITATION_ID, "引用")


def describe_block(block: Block, length: int = 40) -> str:
    """What a block's heading says, or the first words of its text, as plain text."""
    words = name_heading(block.heading or "") or markup.to_plain(block.text).split("\n", 1)[0]
    return words if len(words) <= length else words[:length] + "…"
