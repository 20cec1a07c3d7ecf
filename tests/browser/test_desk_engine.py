"""The engine of the page 在线整理 against the Python that it follows, all in one empty page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser_page import open_page
from casebook.library import casefile
from casebook.model import Block, Case, WriteUp
from casebook.pipeline.write_ups import case_blocks
from casebook.site.desk_data import ENGINE_SCRIPTS, render_desk_data
from casebook.vocabulary import load
from frozen import ROOT
from plain import structure
from structure_golden import golden_write_ups, read_kinds

SCRIPTS = ROOT / "docs" / "scripts" / "desk"
LEAST_EQUAL = 0.98
"""The share of blocks that must equal Python's; the issue asks for 0.90."""


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    """An empty page with the engine; it fails the tests for what the console says."""
    page = open_page(browser)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    texts = [(SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in ENGINE_SCRIPTS]
    page.add_script_tag(content=render_desk_data(texts, load()))
    page.add_script_tag(content="\n".join(texts))
    yield page
    assert faults == []


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The golden write-ups, and the short texts of one kind each, compilations too."""
    goldens = [golden.text for golden in golden_write_ups()]
    return goldens + [text for _, text, _ in read_kinds()]


@pytest.fixture(scope="module")
def expected(texts: list[str]) -> list[list[WriteUp]]:
    """What Python finds in them."""
    return list(map(structure, texts))


def describe(blocks: tuple[Block, ...]) -> list[tuple[int, str | None, str, str]]:
    return [(block.level, block.heading, block.role, block.text) for block in blocks]


def test_headings_and_roles_equal_those_of_python(
    desk: Page, texts: list[str], expected: list[list[WriteUp]]
) -> None:
    """Level, heading, role and text of each block, and what a write-up says of itself."""
    found: list[list[dict[str, Any]]] = desk.evaluate(
        "texts => texts.map(text => Desk.structure(Desk.readText(text)))", texts
    )
    blocks = equal = facts = equal_facts = 0
    for own, known in zip(found, expected, strict=True):
        right = [block for write_up in known for block in describe(write_up.blocks)]
        seen = {
            (block["level"], block["heading"], block["role"], block["text"])
            for write_up in own
            for block in write_up["blocks"]
        }
        blocks += len(right)
        equal += sum(block in seen for block in right)
        for theirs, ours in zip(own, known, strict=False):
            for name in ("title", "kind", "organ", "date"):
                facts += 1
                equal_facts += theirs[name] == getattr(ours, name)
    assert equal >= LEAST_EQUAL * blocks
    assert equal_facts >= LEAST_EQUAL * facts


def test_case_files_equal_those_of_python(
    desk: Page, texts: list[str], expected: list[list[WriteUp]]
) -> None:
    """The same bytes, for the same write-up; only the id is another's business."""
    single = [place for place, known in enumerate(expected) if len(known) == 1]
    found = desk.evaluate(
        """texts => texts.map(text => {
            const [writeUp] = Desk.structure(Desk.readText(text));
            return Desk.writeCase(Desk.makeCase(writeUp, { id: "x", region: "" }));
        })""",
        [texts[place] for place in single],
    )
    files = [casefile.dump(_make_case(expected[place][0])) for place in single]
    different = sum(own != known for own, known in zip(found, files, strict=True))
    assert different <= (1 - LEAST_EQUAL) * len(files)


def _make_case(write_up: WriteUp) -> Case:
    return Case(
        id="x",
        title=write_up.title,
        blocks=case_blocks(write_up),
        kind=write_up.kind,
        organ=write_up.organ,
        date=write_up.date,
    )
