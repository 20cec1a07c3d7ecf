"""What somebody contributes, as values and as a page: no markup, nothing private."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from casebook.library.folder import Library, case_names, open_library
from casebook.model import Finding
from casebook.pipeline.contribution import (
    Contribution,
    DuplicateSummary,
    OutlineLine,
    RepairSummary,
    WriteUpSummary,
    summarize_cases,
    summarize_plan,
)
from casebook.pipeline.contribution_page import COMMENT_BYTES, render_contribution
from casebook.pipeline.importing import plan_import
from casebook.runtime.json_records import from_json, to_json
from commands import run_text
from frozen import LIBRARY

TITLE = "某村@all疏通排水沟经验材料"
TEXT = f"""{TITLE}

一、存在的问题

过去每到汛期村道积水,老人孩子出门要绕两里路，四个村民小组为谁家先清吵了三年，村委会的账上又没有钱。

二、主要做法

（一）摸清底数。村委会请退休的水利员沿着三条沟走了一遍，把堵塞的二十七处画在一张图上，贴在祠堂门口。

（二）[分段](https://example.org)清淤。每逢初一和十五，各组出工半天，抬走的淤泥送到果园里作肥，两个月以后三条沟全部见底。
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """An empty library in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases" / "sources").mkdir(parents=True)
    return open_library(Path("cases"))


def bring(library: Library, text: str, name: str = "来稿.txt") -> Contribution:
    """The report on one document."""
    path = library.folder / "sources" / name
    path.write_text(text, encoding="utf-8")
    return summarize_plan(plan_import([path], library), library)


def test_a_write_up_is_shown_with_roles_facts_doubts_and_repairs(library: Library) -> None:
    """The table, the outline and the repairs of one document; the values survive JSON."""
    shown = bring(library, TEXT)
    (write_up,) = shown.write_ups
    assert (write_up.place, write_up.state) == ("cases/sources/来稿.txt#1", "新案例")
    assert ("文种", "经验材料") in write_up.facts
    assert {"问题", "做法"} <= {line.role for line in write_up.outline}
    assert write_up.unsure[0].startswith("没有写明")
    page = render_contribution(shown)
    assert "〔问题〕一、存在的问题" in page and ", → ，" in page
    assert "https://example" not in page and "@all" not in page
    assert from_json(Contribution, json.loads(json.dumps(to_json(shown)))) == shown


def test_nothing_private_is_shown(library: Library) -> None:
    """Neither in the title, nor in a heading, nor of a document that is refused."""
    text = TEXT.replace("摸清底数。", "联系13812345678。").replace("某村@all", "某村13987654321")
    for shown in (bring(library, text), bring(library, TEXT, "身份证11010519491231002X.txt")):
        everything = render_contribution(shown) + json.dumps(to_json(shown), ensure_ascii=False)
        assert "[phone-number]" in everything or "id-card" in everything or "没有收入" in everything
        assert not re.search(r"13812345678|13987654321|11010519491231002", everything)


def test_nothing_of_a_text_that_was_taken_down_is_shown(library: Library) -> None:
    """Neither its sections nor examples of its repairs, when somebody brings it again."""
    path = library.folder / "sources" / "来稿.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run_text("import_cases", path, "--out", library.folder).returncode == 0
    (case,) = [name.removesuffix(".md") for name in case_names(library.folder)]
    removed = run_text("remove_case", case, "--library", library.folder, "--reason", "应要求撤下")
    assert removed.returncode == 0, removed.stderr
    shown = bring(open_library(library.folder), TEXT, "再来.txt")
    (write_up,) = shown.write_ups
    assert (write_up.state, write_up.outline) == ("没有收入", ())
    assert shown.repairs and not any(each.examples for each in shown.repairs)


def test_likely_duplicates_come_with_the_commands_that_decide(library: Library) -> None:
    """Two texts that differ by some words: the ids that the import will give, and both commands."""
    other = TEXT.replace("三条沟", "四条沟").replace("二十七", "二十八").replace("初一", "初二")
    (library.folder / "sources" / "乙.txt").write_text(other, encoding="utf-8")
    (pair,) = bring(library, TEXT).duplicates or summarize_both(library).duplicates
    assert pair.needs_import
    page = render_contribution(Contribution(duplicates=(pair,)))
    assert f"--merge {pair.a} {pair.b} --library cases" in page
    assert f"--distinct {pair.a} {pair.b} --library cases --reason 理由" in page


def summarize_both(library: Library) -> Contribution:
    """The report on all documents of the library."""
    return summarize_plan(plan_import([library.folder / "sources"], library), library)


def test_cases_that_changed_are_summarized() -> None:
    """Each readable case file with its roles and themes; one that is none is left to the gate."""
    paths = sorted(LIBRARY.glob("*.md"))
    library = open_library(LIBRARY)
    found = list(summarize_cases([*paths, LIBRARY / "decisions.yml"], [], library.vocabulary))
    assert [Path(each.place).name for each in found] == [path.name for path in paths]
    assert all(each.state == "改动的案例" and each.title for each in found)
    assert any(each.themes for each in found)


def test_a_page_of_too_much_is_cut_honestly() -> None:
    """Hundreds of everything fit a comment, and the page says what it leaves out."""
    write_up = WriteUpSummary(
        "a.txt#1", "a", "题" * 200, "新案例", outline=(OutlineLine(2, "", "文"),)
    )
    much = Contribution(
        (write_up,) * 500,
        (RepairSummary("a.txt", "x", "理由", 3, 1),) * 500,
        (DuplicateSummary("a", "b", "近似", 97.0),) * 500,
        (Finding("raw-html", "error", "cases/a.md", 1, 1, "说明" * 50),) * 500,
    )
    page = render_contribution(much)
    assert COMMENT_BYTES * 0.9 < len(page.encode()) <= COMMENT_BYTES
    assert {"个问题", "篇", "对", "项"} == set(re.findall(r"另有 \d+ (\w+)未列出", page))
