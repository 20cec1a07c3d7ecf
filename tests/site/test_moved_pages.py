"""Former addresses of cases and items lead to where the text is now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from casebook.library.folder import load_library
from casebook.model import VariantRef
from casebook.site.html import SitePage
from site_library import make_case, make_site, write_library


def _pages(folder: Path) -> dict[str, SitePage]:
    return dict(make_site(load_library(folder)).pages)


def test_a_former_id_leads_to_the_case_and_keeps_anchors(tmp_path: Path) -> None:
    """The page refreshes, has a visible link, and a class that the script follows."""
    page = _pages(write_library(tmp_path, make_case(aliases=("jiu",))))["cases/jiu.md"]
    assert page.refresh == "a.html"
    assert '<a href="a.html" class="cb-moved cb-moved--whole">某区经验材料</a>' in page.html


def test_a_moved_item_has_its_old_anchor_on_the_old_page(tmp_path: Path) -> None:
    """Without a script the browser shows the link in the element with that id."""
    moved = make_case("b", "拆出的一篇", aliases=("a#k9aa", "a#k003", "gone#k002"))
    blocks = tuple(b for b in make_case().blocks if b.anchor != "k003")
    pages = _pages(write_library(tmp_path, make_case(blocks=blocks), moved))
    listed = pages["cases/a.md"].html
    assert (
        '<li id="k003"><a href="b.html#k003" class="cb-moved">没有小标题的一条。</a></li>' in listed
    )
    assert '<li id="k9aa"><a href="b.html" class="cb-moved">拆出的一篇</a></li>' in listed
    assert '<li id="k002"><a href="b.html#k002"' in pages["cases/gone.md"].html
    assert pages["cases/gone.md"].refresh == ""


def test_former_addresses_of_a_variant_lead_to_its_case(tmp_path: Path) -> None:
    """A case that was renamed and then merged keeps its first address, too."""
    variant = make_case("b", "同一篇", aliases=("jiu",))
    case = replace(make_case(), variants=(VariantRef("b", "near"),))
    pages = _pages(write_library(tmp_path, case, variants=[variant]))
    assert pages["cases/jiu.md"].refresh == "a.html"
