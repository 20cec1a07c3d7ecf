"""How a case and its items are cited."""

from __future__ import annotations

import re

from casebook.model import SourceRef
from casebook.site.citation import (
    fill_citation,
    format_bibtex,
    format_gb_t_7714,
    format_original,
)
from casebook.site.publications import find_publication
from site_library import HOSTILE, make_case


def test_a_citation_names_item_day_and_address() -> None:
    """In the order of the standard; what is not known leaves no gap, and no file name."""
    case = make_case(organ="市直机关工委", date="2023-05")
    known = ("：第“（一）环节多”条", "2026-11-27", "https://kb.invalid/cases/a.html#k1")
    assert fill_citation(format_gb_t_7714(case), *known) == (
        "市直机关工委. 某区经验材料：第“（一）环节多”条[EB/OL]. (2023-05)[2026-11-27]. "
        "https://kb.invalid/cases/a.html#k1."
    )
    assert fill_citation(format_gb_t_7714(case)) == "市直机关工委. 某区经验材料[EB/OL]. (2023-05)."
    assert fill_citation(format_gb_t_7714(make_case())) == "某区经验材料[EB/OL]."


def test_a_reader_cites_the_original_publication_first() -> None:
    """A newspaper in print or online; who merely brought a text is no publication."""
    printed = make_case(date="2023", sources=(SourceRef(name="《某某日报》"),))
    online = make_case(sources=(SourceRef(file="a.html", url="https://paper.invalid/1"),))
    assert find_publication(make_case(sources=(SourceRef(name="本单位撰写"),))) is None
    shown = [
        fill_citation(format_original(case, found), accessed="2026-11-27")
        for case in (printed, online)
        if (found := find_publication(case))
    ]
    assert shown == [
        "某区经验材料[N]. 某某日报, 2023.",
        "某区经验材料[EB/OL]. [2026-11-27]. https://paper.invalid/1.",
    ]


def test_a_bibtex_entry_is_valid_for_any_title() -> None:
    """Braces cannot end a field; empty fields are left out."""
    entry = fill_citation(format_bibtex(make_case(title=HOSTILE + "}{", organ="某局")))
    assert entry.count("{") == entry.count("}")
    assert re.findall(r"^  (\w+) =", entry, re.M) == ["title", "author", "organization"]
