"""Excerpts and cases as documents; docs/scripts/export must make the same of the same excerpts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from casebook.export.excerpts import (
    Excerpt,
    make_case_document,
    make_excerpt,
    make_excerpt_document,
)
from casebook.export.passages import Passage, format_date, read_passages
from casebook.export.text_files import render_markdown_file, render_plain_file
from casebook.export.word_file import render_body
from casebook.model import Block, SourceRef
from frozen import ROOT
from site_library import make_case

GOLDEN = ROOT / "tests" / "data" / "export"


def read_excerpt(values: dict[str, Any]) -> Excerpt:
    """An excerpt as a browser has stored it."""
    passages = (
        Passage(p["kind"], p.get("text", ""), tuple(tuple(row) for row in p.get("rows", ())))
        for p in values["passages"]
    )
    return Excerpt(**{**values, "passages": tuple(passages)})


def test_excerpts_are_written_as_in_the_golden_files() -> None:
    """tests/javascript/export.test.mjs compares what the browser writes with the same files."""
    given = json.loads((GOLDEN / "excerpts.json").read_text(encoding="utf-8"))
    excerpts = [read_excerpt(each) for each in given["excerpts"]]
    passages = make_excerpt_document(given["title"], excerpts)
    made = {
        "excerpts.xml": render_body(passages),
        "excerpts.md": render_markdown_file(passages),
        "excerpts.txt": render_plain_file(passages),
    }
    assert made == {name: read_golden(GOLDEN / name) for name in made}


def read_golden(path: Path) -> str:
    """A golden file, in which each paragraph of Word has a line of its own."""
    text = path.read_text(encoding="utf-8")
    return text.replace("\n", "") if path.suffix == ".xml" else text


def test_markdown_becomes_the_passages_that_a_reader_sees() -> None:
    """Lists keep their marks, tables their cells, code its lines; soft breaks vanish."""
    html = (
        "<p>第一行\n第二行 of\ntwo</p><ol><li>甲</li><li><p>乙</p><ul><li>丙</li></ul></li></ol>"
        "<blockquote><p>引<em>文</em></p></blockquote><pre><code>一\n 二</code></pre><hr>"
        "<table><tr><th>a</th></tr><tr><td><p>b</p></td><td>c<br>d</td></tr></table><p>尾<br>巴</p>"
    )
    shown = [passage.text or passage.rows for passage in read_passages(html)]
    listed = ["1. 甲", "2. 乙", "• 丙", "引文", "一", "二"]
    table = (("a",), ("b", "c d"))
    assert shown == ["第一行第二行 of two", *listed, table, "尾", "巴"]


def test_a_case_ends_with_who_wrote_it_and_where_it_is() -> None:
    """The original publication comes first; without an address the id stands for it."""
    case = make_case(organ="某局", date="2024-03", sources=(SourceRef(name="某某日报"),))
    assert [p.text for p in make_case_document(case, "https://kb.invalid/x/")[-3:]] == [
        *("某局", "2024年3月", "来源：某某日报；收录于 https://kb.invalid/x/cases/a.html"),
    ]
    assert make_case_document(make_case(), "")[-1] == Passage("source", "来源：经验库案例 a")


def test_an_item_brings_what_stands_below_it() -> None:
    """Headings below a section are one level deeper than its own."""
    blocks = (
        Block(1, "题"),
        Block(2, "做法", "practice", "总说。", "k1"),
        Block(3, "（一）甲", "practice", "甲文。", "k2"),
        Block(4, "1.乙", "practice", "乙文。", "k3"),
        Block(2, "成效", "outcome", "丙。", "k4"),
    )
    found = make_excerpt(make_case(blocks=blocks), "k1", {"practice": "做法"}, "")
    kinds = [(passage.kind, passage.text) for passage in found.passages]
    assert kinds == [
        *(("text", "总说。"), ("heading-2", "（一）甲"), ("text", "甲文。")),
        *(("heading-3", "1.乙"), ("text", "乙文。")),
    ]
    alone = make_excerpt(make_case(blocks=blocks), "k1", {}, "", alone=True)
    assert [passage.text for passage in alone.passages] == ["总说。"]


def test_dates_have_no_leading_zeros() -> None:
    """As official documents write them; what is no date stays."""
    written = [format_date(date) for date in ("2024", "2024-03", "2024-03-08", "去年")]
    assert written == ["2024年", "2024年3月", "2024年3月8日", "去年"]
