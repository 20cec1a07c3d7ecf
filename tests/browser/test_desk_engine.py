"""The engine of the page 在线整理 against the Python that it follows, all in one empty page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from casebook.checks import check_file
from casebook.checks.private import find_private
from casebook.library import casefile
from casebook.model import Block, Case, Finding, UserError, WriteUp
from casebook.pipeline.write_ups import case_blocks
from casebook.reading import read_bytes
from casebook.reading.markdown_text import read_markdown
from casebook.site.desk_data import ENGINE_SCRIPTS, collect_desk_data
from casebook.vocabulary import load
from checks.test_private import CLEAN, FOUND
from frozen import ROOT
from plain import structure
from structure_golden import golden_write_ups, read_kinds

SCRIPTS = ROOT / "docs" / "scripts" / "desk"
CHECKS = ROOT / "tests" / "checks" / "data"
LEAST_EQUAL = 0.98
"""The share of blocks that must equal Python's; the issue asks for 0.90."""


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


NEEDS_LIBRARY = {
    *("source-missing", "source-changed", "source-part", "source-unread", "source-withheld"),
    *("steps-missing", "steps-broken", "steps-mismatch", "variant-missing", "variant-shared"),
    *("variant-orphan", "id-of-variant", "id-duplicate", "case-link", "address-lost"),
    *("duplicate-case", "near-identical", "decision-format", "decision-unknown"),
    *("file-name", "file-place", "file-unreadable", "file-too-large", "symlink", "encoding"),
    *("hidden-content", "unreadable-content"),
}
"""Rules that look at other files than the case, or at the file as such."""


def test_findings_of_the_awful_cases_equal_those_of_the_gate(desk: Page) -> None:
    """Rule, severity, place and sentence of each finding that needs no library."""
    for name in ("awful", "layout", "empty", "claims"):
        path = CHECKS / "awful" / f"{name}.md"
        text = path.read_text(encoding="utf-8")
        known = [f for f in check_file(path, text) if _needs_no_library(f)]
        found = desk.evaluate("([text, name]) => Desk.checkFile(text, name)", [text, path.name])
        assert sorted(_describe(each) for each in found) == sorted(map(_describe_finding, known))


def test_rules_seen_in_cases_with_mistakes_equal_those_of_the_gate(desk: Page) -> None:
    """Each mistake of the gate's own list; only the place of broken YAML may differ."""
    path = CHECKS / "good.md"
    mistakes = yaml.safe_load((CHECKS / "mutations.yml").read_text(encoding="utf-8"))
    case = (CHECKS / "mutated.md").read_text(encoding="utf-8")
    swaps = [swap.split(" ") for swap in mistakes["swaps"]]
    texts = [case.replace(old, new, 1) for old, new in swaps]
    lines = case.split("\n")
    for place, line in enumerate(mistakes["lines"], start=3):
        texts.append("\n".join([*lines[:place], line, *lines[place:]]))
    found = desk.evaluate("texts => texts.map(text => Desk.checkFile(text, 'good.md'))", texts)
    for text, own in zip(texts, found, strict=True):
        known = [f for f in check_file(path, text) if _needs_no_library(f)]
        places = sorted((f.line, f.rule) for f in known if f.rule != "yaml-syntax")
        assert places == sorted(
            (each["line"], each["rule"]) for each in own if each["rule"] != "yaml-syntax"
        )
        assert {f.rule for f in known} == {each["rule"] for each in own}


def _needs_no_library(finding: Finding) -> bool:
    renames = finding.rule == "id-mismatch" and "git mv" in finding.message
    return finding.rule not in NEEDS_LIBRARY and not renames


def _describe(found: dict[str, Any]) -> tuple[str, str, int, int, str]:
    return tuple(found[key] for key in ("rule", "severity", "line", "column", "message"))


def _describe_finding(found: Finding) -> tuple[str, str, int, int, str]:
    return found.rule, found.severity, found.line, found.column, found.message


FIND_ALL = """lines => {
    const found = [];
    const walk = (value) => {
        if (value && value.re !== undefined) {
            const pattern = new RegExp(value.re, `gu${value.flags || ""}`);
            found.push(lines.map((line) =>
                Array.from(line.matchAll(pattern), (each) => [each.index, each[0].length])));
        } else if (value && typeof value === "object") {
            Object.values(value).forEach(walk);
        }
    };
    const { slug, ...tables } = deskData; // "re" is a syllable there
    walk(tables);
    return JSON.stringify(found);
}"""


def test_patterns_find_the_same_in_both_languages(desk: Page, texts: list[str]) -> None:
    """Each exported pattern, in lines of all kinds: all places and lengths."""
    awful = (CHECKS / "awful" / "awful.md").read_text(encoding="utf-8")
    private = [line for lines in FOUND.values() for line in lines]
    lines = [*"\n".join((awful, *texts[::9])).split("\n"), *private, texts[0].strip()]
    lines = [line for line in dict.fromkeys(lines) if line and max(line) <= "\uffff"]
    engine = [(SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in ENGINE_SCRIPTS]
    patterns = list(_list_patterns(collect_desk_data(engine, load())))
    found = json.loads(desk.evaluate(FIND_ALL, lines))
    assert len(patterns) > 300
    for pattern, own in zip(patterns, found, strict=True):
        for line, places in zip(lines, own, strict=True):
            known = [[m.start(), m.end() - m.start()] for m in pattern.finditer(line)]
            assert (pattern.pattern, line, places) == (pattern.pattern, line, known)


def _list_patterns(value: Any) -> Iterator[re.Pattern[str]]:
    if hasattr(value, "groupindex"):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _list_patterns(each)
    elif not isinstance(value, str) and isinstance(value, Iterable):
        for each in value:
            yield from _list_patterns(each)


def test_private_text_is_found_as_in_python(desk: Page) -> None:
    """Each way of writing it, and what only resembles it: rule, place, mask, severity."""
    texts = [text for group in (FOUND, CLEAN) for each in group.values() for text in each]
    texts = [text.replace("⟦", "").replace("⟧", "") for text in texts]
    found = desk.evaluate("texts => texts.map(findPrivate)", texts)
    for text, own in zip(texts, found, strict=True):
        known = [asdict(each) for each in find_private(text)]
        assert (text, own) == (text, known)


def test_written_cases_pass_the_gate(desk: Page, texts: list[str], tmp_path: Path) -> None:
    """Thirty goldens become files without an error, here and there."""
    written = desk.evaluate(
        """texts => texts.map(text => {
            const [writeUp] = Desk.structure(Desk.readText(text));
            const made = Desk.makeCase(writeUp, { sources: [{ name: "本单位撰写" }] });
            const file = Desk.writeCase(made);
            return [`${made.id}.md`, file, Desk.checkFile(file, `${made.id}.md`)];
        })""",
        texts[:30],
    )
    for name, file, findings in written:
        known = check_file(tmp_path / name, file)
        assert not [found for found in known if found.severity == "error"]
        assert sorted(map(_describe, findings)) == sorted(map(_describe_finding, known))


def _make_case(write_up: WriteUp) -> Case:
    return Case(
        id="x",
        title=write_up.title,
        blocks=case_blocks(write_up),
        kind=write_up.kind,
        organ=write_up.organ,
        date=write_up.date,
    )


MARKDOWN = (
    "# 某县治水\n\n近年来，某县推进\n治理。\n\n## 一、背景\n\n基础薄弱，*投入*不足。  \n另起一行。",
    "1. 建机制\n2. 强保障\n   - 子项\n\n   补充说明。\n\n* 要点\n\n结尾，见[某报](http://a.cn/b)。",
    "前文：\n\n| 项目 | 数量 |\n|---|--:|\n| 走访 | **3** \\| 2 |\n\n后文。![图](a.png)",
    "---\ntitle: 某区经验\nauthor: [张三, 李四]\ntags: [党建]\n---\n**一、做法**\n\n> 引一\n> 引二",
    "[TOC]\n\n## 目录\n\n- [一](#a)\n- [二](#b)\n\n##二、成效\n\n```py\nx = 1\n```",
    "## 题\n\n计5*3*2件，王*和李*参加，\\*用`code`。",
    "标题\n一、做法\n全区压实责任。",
)


def test_markdown_is_read_as_in_python(desk: Page) -> None:
    """Headings, lists, tables, quotations, code, links, front matter; text without any mark."""
    found = desk.evaluate(
        """texts => texts.map((text) =>
            Desk.readFile("a.md", new TextEncoder().encode(text)).lines)""",
        MARKDOWN,
    )
    for text, own in zip(MARKDOWN, found, strict=True):
        lines = read_markdown(text.encode()).lines
        keys = ("level", "label", "origin")
        none = {"level": 0, "label": "", "origin": "text"}
        known = [(line.text, *(getattr(line.facts, key) for key in keys)) for line in lines]
        shown = [(each["text"], *(each.get("facts", none)[key] for key in keys)) for each in own]
        assert shown == known


TEXT = "某区推进老旧小区改造的做法\n一、主要做法\n区里逐户走访，建立台账，解决了停车难。\n"


def test_text_is_decoded_as_in_python(desk: Page) -> None:
    """The encodings in which Chinese write-ups arrive, and what is no text at all."""
    encodings = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5hkscs")
    wide = TEXT.replace("区", "區")
    files = [(wide if name == "big5hkscs" else TEXT).encode(name, "ignore") for name in encodings]
    files += [TEXT.encode() + TEXT.encode("gb18030"), bytes(range(256)) * 9, b" \n"]
    found = desk.evaluate(
        """files => files.map((file) => {
            try {
                const { encoding, lines } = Desk.readFile("a.txt", Uint8Array.from(file));
                return [encoding, lines.map((line) => line.text).join("\\n")];
            } catch (error) {
                return ["", error.message];
            }
        })""",
        [list(data) for data in files],
    )
    for data, own in zip(files, found, strict=True):
        try:
            read = read_bytes(data, "a.txt")
        except UserError as error:
            assert own[0] == "" and str(error).endswith(own[1])
        else:
            assert own == [read.encoding, read.text.removeprefix("\ufeff")]


HOSTILE = (
    "一、主要做法\n",
    "“《（",
    "13912345678 ",
    "](a ",
    "*a ",
    "`a",
    "# a {",
    "|a",
    "\t",
    "（一）",
)


def test_hostile_text_takes_linear_time(desk: Page) -> None:
    """What is repeated ten thousand times is read, structured, written and checked."""
    texts = [piece * (50_000 // len(piece)) for piece in HOSTILE]
    found = desk.evaluate(
        """texts => texts.map((text) => {
            const { lines } = Desk.readFile("a.md", new TextEncoder().encode(`# 题\\n\\n${text}`));
            const [writeUp] = Desk.structure(Desk.readText(text)).concat(Desk.structure(lines));
            const file = Desk.writeCase(Desk.makeCase(writeUp, { title: "题" }));
            return Desk.checkFile(file, "a.md").length;
        })""",
        texts,
    )
    assert all(found)
