"""Texts that were merged into a case: what differs, their full wording, their old addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.dedupe.differences import Difference, find_differences
from casebook.dedupe.pair_report import RELATION_NAMES
from casebook.library import markup
from casebook.library.folder import Library
from casebook.library.markup import plain_text
from casebook.model import Case, VariantRef
from casebook.site.html import VARIANTS, SitePage, markdown, scrolling, tag, text, title


def variants_section(case: Case, library: Library) -> Iterator[str]:
    """The variants of a case, each with its differences and its text."""
    kept = [(ref, library.variants[ref.id]) for ref in case.variants if ref.id in library.variants]
    if not kept:
        return
    yield tag("h2", "异文", id=VARIANTS, class_="cb-head")
    for reference, variant in kept:
        yield _variant(reference, case, variant)


def _variant(reference: VariantRef, case: Case, variant: Case) -> str:
    found = find_differences(_plain(case), _plain(variant))
    relation = RELATION_NAMES[reference.relation]
    count = f"{len(found)} 处不同" if found else "文字没有不同"
    intro = tag("p", f"{text(variant.title)}（与本篇的关系：{relation}；{count}）")
    table = tag("details", tag("summary", "查看不同之处") + _table(found), class_="cb-repairs")
    whole = tag("details", tag("summary", "查看异文全文") + _whole(variant), class_="cb-repairs")
    return tag("section", intro + (table if found else "") + whole, id=variant_anchor(variant.id))


def variant_anchor(variant_id: str) -> str:
    """Where the canonical case's page shows a variant."""
    return f"cb_variant_{variant_id}"


def _plain(case: Case) -> str:
    own = [block for block in case.blocks if not block.source]
    return f"{case.title}\n{markup.to_plain(plain_text(own, chr(10) * 2))}"


def _table(found: list[Difference]) -> str:
    head = tag("tr", tag("th", "本篇") + tag("th", "异文"))
    rows = "".join(tag("tr", "".join(tag("td", side) for side in _sides(d))) for d in found)
    return scrolling(tag("table", head + rows), "不同之处")


def _sides(difference: Difference) -> tuple[str, str]:
    if difference.kind == "changed":
        left = _marked(difference.a_text, difference.a_spans, "del")
        return left, _marked(difference.b_text, difference.b_spans, "ins")
    left = tag("del", text(difference.a_text)) if difference.a_text else "（无）"
    return left, tag("ins", text(difference.b_text)) if difference.b_text else "（无）"


def _marked(value: str, spans: Sequence[tuple[int, int]], name: str) -> str:
    """A paragraph with its changed parts in elements of that name."""
    parts, position = [], 0
    for start, end in spans:
        parts.append(text(value[position:start]))
        parts.append(tag(name, text(value[start:end])) if start < end else "")
        position = end
    return "".join((*parts, text(value[position:])))


def _whole(variant: Case) -> str:
    parts = []
    for block in variant.blocks:
        heading = variant.title if block.level == 1 else block.heading
        parts.append(tag("p", tag("b", text(heading))) if heading else "")
        parts.append(markdown(block.text))
    return tag("div", "".join(parts), class_="cb-whole")


def redirect_page(name: str, canonical: Case) -> SitePage:
    """The page at a variant's old address: a visible link and a refresh to the canonical case."""
    target = f"{canonical.id}.html"
    body = title(name) + tag(
        "p",
        f"这篇文章已并入 {tag('a', text(canonical.title), href=target)}，"
        f"原文保存在该页的{tag('a', '异文', href=f'{target}#{VARIANTS}')}里。",
    )
    return SitePage(name, body, refresh=target)
