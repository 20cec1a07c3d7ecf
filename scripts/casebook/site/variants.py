"""The variants of a case: their differences, their full text, and their old addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from casebook.dedupe.differences import Difference, find_differences
from casebook.dedupe.pair_report import RELATION_NAMES
from casebook.library import markup
from casebook.library.folder import Library
from casebook.library.markup import plain_text
from casebook.model import Case, VariantRef
from casebook.site.html import (
    VARIANTS_ID,
    SitePage,
    render_markdown,
    render_title,
    tag,
    wrap_scrolling_table,
)


def render_variants_section(case: Case, library: Library) -> Iterator[str]:
    """The variants of a case whose files exist, each with its differences and its text."""
    found = [(ref, library.variants[ref.id]) for ref in case.variants if ref.id in library.variants]
    if not found:
        return
    yield tag("h2", "异文", id=VARIANTS_ID, class_="cb-head")
    for reference, variant in found:
        yield _render_variant(reference, case, variant)


def _render_variant(reference: VariantRef, case: Case, variant: Case) -> str:
    found = find_differences(_extract_own_text(case), _extract_own_text(variant))
    relation = RELATION_NAMES[reference.relation]
    count = f"{len(found)} 处不同" if found else "文字没有不同"
    intro = tag("p", f"{escape(variant.title)}（与本篇的关系：{relation}；{count}）")
    table = tag(
        "details", tag("summary", "查看不同之处") + _render_differences(found), class_="cb-repairs"
    )
    whole = tag(
        "details", tag("summary", "查看异文全文") + _render_whole_text(variant), class_="cb-repairs"
    )
    return tag("section", intro + (table if found else "") + whole, id=build_variant_id(variant.id))


def build_variant_id(variant_id: str) -> str:
    """The id of a variant on the canonical case's page."""
    return f"cb_variant_{variant_id}"


def _extract_own_text(case: Case) -> str:
    own = [block for block in case.blocks if not block.source]
    return f"{case.title}\n{markup.to_plain(plain_text(own, chr(10) * 2))}"


def _render_differences(found: list[Difference]) -> str:
    head = tag("tr", tag("th", "本篇") + tag("th", "异文"))
    rows = "".join(tag("tr", "".join(tag("td", side) for side in _render_sides(d))) for d in found)
    return wrap_scrolling_table(tag("table", head + rows), "不同之处")


def _render_sides(difference: Difference) -> tuple[str, str]:
    if difference.kind == "changed":
        left = _mark_spans(difference.a_text, difference.a_spans, "del")
        return left, _mark_spans(difference.b_text, difference.b_spans, "ins")
    left = tag("del", escape(difference.a_text)) if difference.a_text else "（无）"
    return left, tag("ins", escape(difference.b_text)) if difference.b_text else "（无）"


def _mark_spans(value: str, spans: Sequence[tuple[int, int]], name: str) -> str:
    """A paragraph with its changed parts in elements with that name."""
    parts, position = [], 0
    for start, end in spans:
        parts.append(escape(value[position:start]))
        parts.append(tag(name, escape(value[start:end])) if start < end else "")
        position = end
    return "".join((*parts, escape(value[position:])))


def _render_whole_text(variant: Case) -> str:
    parts = []
    for block in variant.blocks:
        heading = variant.title if block.level == 1 else block.heading
        parts.append(tag("p", tag("b", escape(heading))) if heading else "")
        parts.append(render_markdown(block.text))
    return tag("div", "".join(parts), class_="cb-whole")


def render_redirect_page(name: str, canonical: Case) -> SitePage:
    """The page at a variant's old address: a visible link and a refresh to the canonical case."""
    target = f"{canonical.id}.html"
    body = render_title(name) + tag(
        "p",
        f"这篇文章已并入 {tag('a', escape(canonical.title), href=target)}，"
        f"原文保存在该页的{tag('a', '异文', href=f'{target}#{VARIANTS_ID}')}里。",
    )
    return SitePage(name, body, refresh=target)
