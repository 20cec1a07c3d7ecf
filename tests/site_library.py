"""Cases and libraries, written by hand, for tests of pages and of the build."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from casebook.library import casefile
from casebook.library.folder import SOURCES, VARIANTS, Library
from casebook.library.source_records import PartRange, SourceRecord, dump_record
from casebook.model import Block, Case, Flag, SourceRef, Step
from casebook.site import Site, generate_site
from casebook.site.case_items import CaseItem
from casebook.site.case_page import render_case_page
from casebook.site.html import SitePage
from casebook.site.prepare import prepare_case

HOSTILE = "<script>alert(1)</script></title><img src=x onerror=alert(2)>\"'&amp;"


def make_case(case_id: str = "a", title: str = "某区经验材料", **fields: object) -> Case:
    """A case with a lead, a practice section with two items, and an outcome."""
    blocks = (
        Block(1, title, "background", "近年来，某区做了一些事。"),
        Block(2, "主要做法", "practice", "总的来说是这样做的。", "k001"),
        Block(3, "（一）建立清单。", "practice", "梳理事项86项。", "k002"),
        Block(3, None, "practice", "没有小标题的一条。", "k003"),
        Block(2, "取得成效", "outcome", "满意度达到98%。", "k004"),
    )
    values: dict[str, object] = {"blocks": blocks, "kind": "经验材料", "region": "XX市"}
    return Case(case_id, title, **(values | fields))  # type: ignore[arg-type]


def write_library(folder: Path, *cases: Case, variants: Sequence[Case] = ()) -> Path:
    """Write case files, and the variants in their folder, into a new library."""
    for place, written in ((folder, cases), (folder / VARIANTS, variants)):
        place.mkdir(parents=True, exist_ok=True)
        for case in written:
            (place / f"{case.id}.md").write_text(casefile.dump(case), encoding="utf-8")
    return folder


def write_source(
    folder: Path, name: str, content: str, steps: Sequence[Step] = (), flags: Sequence[Flag] = ()
) -> SourceRef:
    """Write a received document of one part with its record; returns the reference to it."""
    sources = folder / SOURCES
    sources.mkdir(parents=True, exist_ok=True)
    data = content.encode()
    (sources / name).write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    parts = (PartRange(1, 0, len(content)),)
    record = SourceRecord(name, sha256, "utf-8", len(content), parts, tuple(steps), tuple(flags))
    (sources / f"{name}.steps.json").write_text(dump_record(record), encoding="utf-8")
    return SourceRef(name, sha256)


def page_of(case: Case, library: Library) -> SitePage:
    """The page of a case without links to other cases."""
    return render_case_page(case, prepare_case(case, library).parts)


def items_of(library: Library) -> list[CaseItem]:
    """All items of a library in their order."""
    return [item for case in library.cases for item in prepare_case(case, library).items]


def make_site(library: Library, edit: str = "") -> Site:
    """The site of a library in memory; `edit` is the address that case files are edited below."""
    return generate_site([prepare_case(case, library) for case in library.cases], library, edit)
