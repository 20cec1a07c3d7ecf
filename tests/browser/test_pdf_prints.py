"""Prints of Chromium in eleven layouts: equal characters, and paragraphs that end as they did."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import pytest
from playwright.sync_api import Browser
from rapidfuzz.distance import Levenshtein

from browser_page import open_page
from casebook.model import Line
from casebook.reading.pdf.pdf_reader import read_pdf
from machine import stop_without
from prose import write_paragraphs

pytestmark = pytest.mark.browser

LEAST_CHARACTERS, LEAST_ENDS = 0.997, 0.97
"""What issue 18 asks for: the share of equal characters, and F1 of paragraph ends."""

HEAD = '<div style="font-size:9px;width:100%;text-align:center">基层治理材料选编</div>'
FOOT = (
    '<div style="font-size:9px;width:100%;text-align:center">'
    '第<span class="pageNumber"></span>页 共<span class="totalPages"></span>页</div>'
)
DASHED = (
    '<div style="font-size:12px;width:100%;text-align:center">'
    '— <span class="pageNumber"></span> —</div>'
)
INDENTED = "p{text-indent:2em;margin:0}"
TITLE = "关于推动基层治理与服务群众深度融合的实践与思考"

LAYOUTS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "justified, indented": ("12pt/1.6 serif;text-align:justify", INDENTED, {}),
    "ragged, indented": ("14pt/1.8 sans-serif", INDENTED, {"margin": "25mm"}),
    "spaced": ("10.5pt/1.5 sans-serif", "p{margin:0 0 .8em}", {"margin": "15mm"}),
    "spaced, indented, large": (
        "16pt/1.7 serif;text-align:justify",
        "p{text-indent:2em;margin:0 0 .5em}",
        {"margin": "28mm"},
    ),
    "head and foot": ("12pt/1.6 serif", INDENTED, {"head": HEAD, "foot": FOOT}),
    "numbers between dashes": ("16pt/1.75 serif", INDENTED, {"foot": DASHED, "headings": True}),
    "two columns": (
        "10.5pt/1.5 serif;text-align:justify;column-count:2;column-gap:2em",
        f"{INDENTED} h1{{column-span:all}}",
        {"foot": FOOT},
    ),
    "two ragged columns": ("12pt/1.6 sans-serif;column-count:2;column-gap:24px", INDENTED, {}),
    "numbered": ("12pt/1.6 sans-serif", "p{margin:0 0 .6em}", {"list": True}),
    "tables": ("12pt/1.6 serif", f"{INDENTED} td{{border:1px solid}}", {"table": True}),
    "browser's own": ("16px serif", "", {"headings": True, "margin": "10mm"}),
}
ROWS = (("项目", "做法", "数量"), ("走访", "每周入户", "120"), ("议事", "召开会议", "12"))


def build(options: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The body of a page, and its paragraphs as they are to be read."""
    body, truth = [f"<h1>{TITLE}</h1>"], [TITLE]
    for number, text in enumerate(write_paragraphs(48), start=0):
        if options.get("headings") and number % 8 == 0:
            truth.append(f"{'一二三四五六'[number // 8]}、{text[:7].strip('，')}的做法")
            body.append(f"<h2>{truth[-1]}</h2>")
        if options.get("table") and number % 16 == 5:
            cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in ROWS)
            body.append(f'<table style="border-collapse:collapse">{cells}</table>')
            rows = [f"| {' | '.join(row)} |" for row in ROWS]
            truth += [rows[0], "| --- | --- | --- |", *rows[1:]]
        if options.get("list") and number % 8 in (3, 4):
            body.append(f'<ol start="{number % 8 - 2}"><li>{text}</li></ol>')
            truth.append(f"{number % 8 - 2}. {text}")
        else:
            body.append(f"<p>{text}</p>")
            truth.append(text)
    return "".join(body), truth


def print_page(browser: Browser, name: str) -> tuple[bytes, list[str]]:
    """The PDF file of a layout, and its paragraphs."""
    font, css, options = LAYOUTS[name]
    body, truth = build(options)
    page = open_page(browser)
    style = f"body{{margin:0;font:{font}}}{css}"
    page.set_content(f"<!doctype html><html lang=zh-CN><style>{style}</style><body>{body}")
    margin = dict.fromkeys(("top", "bottom", "left", "right"), options.get("margin", "20mm"))
    around = "head" in options or "foot" in options
    data = page.pdf(
        format="A4",
        margin=margin,  # type: ignore[arg-type]
        display_header_footer=around,
        header_template=options.get("head", "<span></span>"),
        footer_template=options.get("foot", "<span></span>"),
    )
    page.context.close()
    return data, truth


def plain(lines: Sequence[str]) -> list[str]:
    """Lines without white space, which is no character to be proofread."""
    return [re.sub(r"\s", "", line) for line in lines]


def compare(truth: Sequence[str], read: Sequence[str]) -> tuple[float, float]:
    """The share of equal characters, and F1 of the ends of paragraphs."""
    whole, got = "".join(truth), "".join(read)
    equal = [step for step in Levenshtein.opcodes(whole, got) if step.tag == "equal"]
    placed = {
        step.dest_start + k: step.src_start + k
        for step in equal
        for k in range(step.src_end - step.src_start)
    }
    ends = set(accumulate(map(len, truth)))
    found = {placed.get(end - 1, -end) + 1 for end in accumulate(map(len, read))}
    return 2 * len(placed) / (len(whole) + len(got)), 2 * len(ends & found) / len([*ends, *found])


def of_text(lines: Sequence[Line]) -> list[str]:
    """What belongs to the text."""
    return [line.text for line in lines if line.facts.origin != "outside"]


@pytest.fixture(scope="module", autouse=True)
def _chinese_font() -> None:
    listed = (
        shutil.which("fc-list")
        and subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout
    )
    if not listed:
        stop_without("a Chinese font")


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_print_is_read_as_it_was_written(browser: Browser, name: str) -> None:
    """Characters and paragraph ends; heads and page numbers are outside the text."""
    data, truth = print_page(browser, name)
    lines = read_pdf(data).lines
    characters, ends = compare(plain(truth), plain(of_text(lines)))
    assert characters >= LEAST_CHARACTERS
    assert ends >= LEAST_ENDS
    outside = {line.text for line in lines if line.facts.origin == "outside"}
    assert bool(outside) == ("foot" in LAYOUTS[name][2])
    assert all(line.certain_end and line.facts.page for line in lines)


def test_titles_and_headings_are_larger(browser: Browser) -> None:
    """The size is a fact by which structure may know them."""
    data, truth = print_page(browser, "browser's own")
    lines = read_pdf(data).lines
    body = min(line.facts.size for line in lines)
    large = [line.text for line in lines if line.facts.size > 1.2 * body]
    assert large == [text for text in truth if text == TITLE or "、" in text[:2]]
