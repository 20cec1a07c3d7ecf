"""The variants of a case: their differences, their full text, and their old addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from casebook.dedupe.differences import Difference, find_differences
from casebook.dedupe.pair_report import RELATION_NAMES
from casebook.library import markup
from casebook.library.folder import Library
from casebook.library.markup import plain_text
from casebook.library.outline_numbers import strip_outline_number
from casebook.library.variant_notes import (
    HEADING,
    VariantNote,
    find_variant_notes,
    split_paragraphs,
)
from casebook.model import Block, Case, Relation
from casebook.site.html import (
    VARIANTS_ID,
    SitePage,
    render_markdown,
    render_title,
    tag,
    wrap_scrolling_table,
)

BlockNotes = Mapping[int, Sequence[VariantNote]]
"""Notes by the index of the block that they are at, in their order."""


def list_variants(case: Case, library: Library) -> list[Case]:
    """The variants of a case whose files exist."""
    return [library.variants[ref.id] for ref in case.variants if ref.id in library.variants]


def render_variants_section(case: Case, library: Library) -> Iterator[str]:
    """The variants of a case whose files exist, each with its differences and its text."""
    relations = {reference.id: reference.relation for reference in case.variants}
    found = list_variants(case, library)
    if not found:
        return
    yield tag("h2", "异文", id=VARIANTS_ID, class_="cb-head")
    for variant in found:
        yield _render_variant(relations[variant.id], case, variant)


def _render_variant(relation: Relation, case: Case, variant: Case) -> str:
    found = find_differences(_extract_own_text(case), _extract_own_text(variant))
    count = f"{len(found)} 处不同" if found else "文字没有不同"
    known = f"与本篇的关系：{RELATION_NAMES.get(relation, '没有写明')}；{count}"
    other = _render_other_facts(case, variant)
    intro = tag("p", f"{escape(variant.title)}（{known}）{other}")
    table = tag(
        "details", tag("summary", "查看不同之处") + _render_differences(found), class_="cb-repairs"
    )
    whole = tag(
        "details", tag("summary", "查看异文全文") + _render_whole_text(variant), class_="cb-repairs"
    )
    return tag("section", intro + (table if found else "") + whole, id=build_variant_id(variant.id))


def _render_other_facts(case: Case, variant: Case) -> str:
    """The facts of a variant that are not those of the case."""
    facts = (
        ("文种", case.kind, variant.kind),
        ("单位", case.organ, variant.organ),
        ("地区", case.region, variant.region),
        ("日期", case.date, variant.date),
        ("供稿", case.contributor, variant.contributor),
    )
    other = [f"{name}作“{escape(held)}”" for name, own, held in facts if held not in ("", own)]
    return f"异文中{'，'.join(other)}。" if other else ""


def build_variant_id(variant_id: str) -> str:
    """The id of a variant on the canonical case's page."""
    return f"cb_variant_{variant_id}"


def _extract_own_text(case: Case) -> str:
    own = [block for block in case.blocks if not block.source]
    return f"{case.title}\n{markup.to_plain(plain_text(own, chr(10) * 2))}"


def collect_variant_notes(case: Case, library: Library) -> BlockNotes:
    """What the variants of a case say otherwise, by the index of the block; equal notes once."""
    found: dict[tuple[int, int, str], VariantNote] = {}
    for variant in list_variants(case, library):
        for note in find_variant_notes(case, variant):
            found.setdefault((note.block, note.paragraph, note.text), note)
    notes: dict[int, list[VariantNote]] = {}
    for _, note in sorted(found.items(), key=lambda item: item[0][:2]):
        notes.setdefault(note.block, []).append(note)
    return notes


def name_variant_note(note: VariantNote) -> str:
    """What a note is, before its text."""
    if note.added:
        return "另一版本此处还有"
    if not note.is_news:
        return "另一版本此处措辞不同"
    return "另一版本的小标题作" if note.paragraph == HEADING else "另一版本此处作"


def render_annotated_text(markdown: str, notes: Sequence[VariantNote]) -> str:
    """A block's text as safe HTML, each note after its paragraph.

    Where a blank line divides no paragraphs (within a list), the notes follow the whole text.
    """
    whole = render_markdown(markdown) if markdown else ""
    if not notes:
        return whole
    parts = list(map(render_markdown, split_paragraphs(markdown)))
    if "\n".join(parts) != whole:
        return whole + "".join(map(_render_variant_note, notes))
    noted = [HEADING, *range(len(parts))]
    return "\n".join(
        part + "".join(_render_variant_note(note) for note in notes if note.paragraph == place)
        for place, part in zip(noted, ["", *parts], strict=True)
    )


def _render_variant_note(note: VariantNote) -> str:
    link = tag("a", "见异文", href=f"#{build_variant_id(note.variant)}")
    text = tag("p", f"{mark_spans(note.text, note.spans, 'ins')} {link}")
    opened = {"open": "open"} if note.is_news else {}
    name = tag("summary", f"{name_variant_note(note)}：")
    return tag("details", name + text, class_="cb-otherwise", **opened)


def render_taken_note(block: Block, variants: Mapping[str, Case]) -> str:
    """A line that says from which variant a block was taken, and with which number; else ''."""
    if not block.source:
        return ""
    variant = variants.get(block.source)
    if variant is None:
        return tag("p", "本段取自异文。", class_="cb-note")
    name = tag("a", "异文", href=f"#{build_variant_id(variant.id)}")
    there = (held.heading for held in variant.blocks if held.text == block.text and held.heading)
    was = next((heading for heading in there if strip_outline_number(heading) == block.heading), "")
    number = f"，在异文中是“{escape(was)}”" if was and was != block.heading else ""
    return tag("p", f"本段取自{name}{number}。", class_="cb-note")


def _render_differences(found: list[Difference]) -> str:
    head = tag("tr", tag("th", "本篇") + tag("th", "异文"))
    rows = "".join(tag("tr", "".join(tag("td", side) for side in _render_sides(d))) for d in found)
    return wrap_scrolling_table(tag("table", head + rows), "不同之处")


def _render_sides(difference: Difference) -> tuple[str, str]:
    if difference.kind == "changed":
        left = mark_spans(difference.a_text, difference.a_spans, "del")
        return left, mark_spans(difference.b_text, difference.b_spans, "ins")
    left = tag("del", escape(difference.a_text)) if difference.a_text else "（无）"
    return left, tag("ins", escape(difference.b_text)) if difference.b_text else "（无）"


def mark_spans(value: str, spans: Sequence[tuple[int, int]], name: str) -> str:
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
