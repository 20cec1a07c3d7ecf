"""What a variant says otherwise: at its place on the case's page, and found by search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from casebook.library import markup
from casebook.library.folder import Library
from casebook.library.merging import merge
from casebook.model import Block, Case
from casebook.search.collection import index_case
from casebook.site.prepare import prepare_case
from site_library import HOSTILE, make_case, page_of

Make = Callable[..., Library]
OUTCOME = "经过一年运行，投诉下降七成。居民满意度由六成上升到八成。"
SAYS_MORE = "经过一年运行，投诉下降七成，管护成本每吨降低四角二分。"


def _merged(library: Make, text: str, *further: Block, own: str = OUTCOME) -> tuple[Case, Library]:
    """A case with an outcome, and the variant that has that text in its place."""
    case = make_case()
    blocks = (*case.blocks[:-1], replace(case.blocks[-1], text=own))
    other = (*case.blocks[:-1], replace(case.blocks[-1], text=text), *further)
    variant = make_case("b", blocks=other)
    merged = merge(make_case(blocks=blocks), variant, "near")
    return merged, library(merged, variants=(variant,))


def test_a_clause_that_only_the_variant_has_is_shown_at_its_paragraph(library: Make) -> None:
    """Open, between that paragraph and the next; the case's own words stay as they are."""
    own = f"{OUTCOME}\n\n下一步还要扩大试点。"
    case, held = _merged(library, f"{SAYS_MORE}\n\n下一步还要扩大试点。", own=own)
    html = page_of(case, held).html
    note = html[html.index('<details class="cb-otherwise" open') :].split("</details>")[0]
    assert "<summary>另一版本此处作：</summary>" in note
    assert "投诉下降七成，<ins>管护成本每吨降低四角二分</ins>。" in note
    assert 'href="#cb_variant_b"' in note
    places = [html.index(words) for words in (f"<p>{OUTCOME}</p>", note, "<p>下一步还要")]
    assert places == sorted(places)


def test_another_wording_is_closed_and_equal_texts_have_no_note(library: Make) -> None:
    """A reader sees that there is one, and opens it."""
    html = page_of(*_merged(library, OUTCOME.replace("上升到", "升至"))).html
    assert '<details class="cb-otherwise"><summary>另一版本此处措辞不同：' in html
    assert "cb-otherwise" not in page_of(*_merged(library, OUTCOME)).html


def test_a_note_to_a_list_follows_it(library: Make) -> None:
    """A list with blank lines cannot be divided: its notes come after the whole text."""
    own = "- 甲项完成三个\n\n    其中一个是新建\n\n- 乙项完成五个"
    html = page_of(*_merged(library, own.replace("五个", "六个"), own=own)).html
    assert html.index("</ul>") < html.index("cb-otherwise") < html.index("<ins>六</ins>")


@pytest.mark.parametrize("where", ["text", "heading", "title"])
def test_a_hostile_variant_stays_text(library: Make, where: str) -> None:
    """Neither in a note nor in a block that was taken over does it become an element."""
    text = SAYS_MORE + (markup.from_plain(HOSTILE) if where == "text" else "")
    extra = Block(2, HOSTILE if where == "heading" else "启示", "lesson", "小事办实才能长久坚持。")
    case, held = _merged(library, text, extra)
    if where == "title":
        held.variants["b"] = replace(held.variants["b"], title=HOSTILE)  # type: ignore[index]
    html = page_of(case, held).html
    assert "<script" not in html
    assert "<img" not in html
    assert "四角二分" in html


def test_a_section_taken_over_says_which_number_it_had(library: Make) -> None:
    """The number is taken in the case, so the heading has none, and a line says so."""
    variant = make_case("b", blocks=(make_case().blocks[0], _section("三、经验启示", "小事办实。")))
    own = make_case(blocks=(make_case().blocks[0], _section("三、工作成效", OUTCOME)))
    case = merge(own, variant, "near")
    html = page_of(case, library(case, variants=(variant,))).html
    assert "在异文中是“三、经验启示”。" in html
    assert [block.heading for block in case.blocks[1:]] == ["三、工作成效", "经验启示"]


def _section(heading: str, text: str) -> Block:
    return Block(2, heading, "outcome", text)


def test_search_finds_what_only_the_variant_says(library: Make) -> None:
    """It is in the text of the item at whose place it is shown."""
    prepared = prepare_case(*_merged(library, SAYS_MORE))
    entry = index_case(prepared.case, prepared.themes, prepared.searched)
    (found,) = [item for item in entry.items if "四角二分" in item.text]
    assert (found.anchor, found.text.split("\n")[0]) == ("k004", OUTCOME)
    assert "四角二分" not in "".join(prepared.plain)


def test_the_title_and_facts_of_a_variant_are_not_lost(library: Make) -> None:
    """The page names those that differ; the other title is found at the case's own."""
    case, held = _merged(library, OUTCOME)
    other = replace(held.variants["b"], title="就地处置垃圾", date="2022-05", organ="某镇")
    held = library(case, variants=(other,))
    prepared = prepare_case(case, held)
    assert "异文中单位作“某镇”，日期作“2022-05”。" in page_of(case, held).html
    assert prepared.searched[0] == "近年来，某区做了一些事。\n（另一版本题为：就地处置垃圾）"
    assert prepared.searched[1:] == prepared.plain[1:]
