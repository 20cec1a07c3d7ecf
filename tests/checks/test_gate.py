"""The gate over whole files: the awful library, good cases, hostile files, limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.checks import check_file, check_library, check_paths
from casebook.checks.gate import LARGEST_CASE_BYTES, MOST_CASE_LINES
from casebook.checks.rules import CHECK_RULES, MOST_FINDINGS_PER_RULE
from casebook.library import casefile
from casebook.library.markup import MOST_SIGNS
from casebook.model import Block, Case, Finding, SourceRef, UserError, VariantRef
from effort import cpu_limit
from site_library import write_source

DATA = Path(__file__).parent / "data"

GOOD = Case(
    id="good",
    title="破解“两张皮”经验材料",
    kind="经验材料",
    organ="XX市直机关工委",
    region="湖南省长沙市",
    date="2023-05",
    themes=("责任落实",),
    sources=(SourceRef(name="本单位撰写"),),
    blocks=(
        Block(1, "破解“两张皮”经验材料", "background", "导语，见 [原文](https://example.org/a)。"),
        Block(2, "二、主要做法", "practice", "", "k111"),
        Block(3, "（一）一岗双责。", "practice", "做法 5 < 6，R&D，15.4%。", "k222", ("责任落实",)),
        Block(3, None, "outcome", "没有小标题的一条。", "k333"),
    ),
)

FILE_RULES = {
    "removed-text",
    "removed-id",
    "removed-source",
    "removed-format",
    "hidden-content",
    "source-withheld",
    "unreadable-content",
    "file-name",
    "file-place",
    "file-too-large",
    "file-unreadable",
    "symlink",
    "conflict-marker",
    "encoding",
    "front-matter-missing",
    "front-matter-unclosed",
    "yaml-syntax",
    "yaml-alias",
    "yaml-too-deep",
    "heading-too-long",
    "too-many-headings",
    "too-much-markup",
    "source-part",
    "source-unread",
    "steps-missing",
    "steps-broken",
    "steps-mismatch",
    "address-lost",
    "duplicate-case",
    "near-identical",
    "case-link",
}
"""Rules after which little else can be checked, and those of sources; each has its own test."""


def _rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def _check(text: str, name: str = "good.md", folder: Path = DATA) -> list[Finding]:
    return check_file(folder / name, text)


def _lines(findings: list[Finding], folder: Path) -> list[str]:
    lines = []
    for f in findings:
        name = Path(f.path).resolve().relative_to(folder).as_posix()
        lines.append(f"{name}:{f.line}:{f.column} {f.severity} {f.rule} {f.message}")
    return lines


def test_awful_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every finding of the awful library, with its place and its whole sentence."""
    monkeypatch.chdir(DATA / "awful")
    expected = (DATA / "awful.expected.txt").read_text(encoding="utf-8").splitlines()
    assert _lines(check_library(DATA / "awful"), DATA / "awful") == expected


def test_every_rule_is_seen_in_the_awful_library_or_below() -> None:
    """Every rule of the table has a test, and every finding has a rule of the table."""
    expected = (DATA / "awful.expected.txt").read_text(encoding="utf-8").splitlines()
    seen = {line.split(" ")[2] for line in expected}
    assert seen | FILE_RULES == {rule.id for rule in CHECK_RULES}
    assert not seen & FILE_RULES


def test_canonical_case_has_no_finding() -> None:
    """The output of `casefile.dump` passes the gate."""
    assert _check(casefile.dump(GOOD)) == []


def test_references_that_agree_have_no_finding(tmp_path: Path) -> None:
    """A stored source with its hash, a source with only a hash, and a variant that exists."""
    (tmp_path / "variants").mkdir()
    references = (write_source(tmp_path, "原件.txt", "as received"), SourceRef("", "0" * 64))
    variant = Case("old", "旧的", (Block(1, "旧的", "background", "正文。"),))
    case = Case(
        **{name: getattr(GOOD, name) for name in ("id", "title", "kind", "blocks")},
        sources=references,
        variants=(VariantRef("old", "contains"),),
    )
    (tmp_path / "good.md").write_text(casefile.dump(case), encoding="utf-8")
    (tmp_path / "variants" / "old.md").write_text(casefile.dump(variant), encoding="utf-8")
    assert check_library(tmp_path) == []


@pytest.mark.parametrize(
    ("front", "rule", "line"),
    [
        ("title： 全角冒号", "yaml-syntax", 3),
        ("title:没有空格", "yaml-syntax", 3),
        ("themes: [a, b", "yaml-syntax", 3),
        ("- a\n- b", "yaml-syntax", 2),
        ("? [a]\n: b", "yaml-syntax", 3),
        ("title: &x [1]", "yaml-alias", 3),
        ("title: !!python/object/apply:os.system [true]", "yaml-alias", 3),
        ("title: " + "[" * 30_000 + "]" * 30_000, "yaml-too-deep", 3),
        ("title: " + "{a: " * 15_000, "yaml-too-deep", 3),
    ],
)
def test_broken_front_matter_is_one_finding(front: str, rule: str, line: int) -> None:
    """Broken or hostile YAML is a finding with its line, and never a crash."""
    prefix = "" if front.startswith("-") else "id: good\n"
    found = _check(f"---\n{prefix}{front}\n---\n\n正文。\n")
    assert [(f.rule, f.line) for f in found] == [(rule, line)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "front-matter-missing"),
        ("正文。\n", "front-matter-missing"),
        ("---\nid: good\n", "front-matter-unclosed"),
        ("---\nid: good\n" + "x" * 70_000 + "\n---\n", "front-matter-unclosed"),
        (
            "---\nid: good\ntitle: 好\nsources: [{name: 自撰}]\n---\n\n## " + "长" * 600 + "\n",
            "heading-too-long",
        ),
    ],
)
def test_file_without_structure(text: str, rule: str) -> None:
    """A file that cannot be parsed has one finding that says so."""
    assert _rules(_check(text)) == [rule]


def test_file_name_in_chinese_gets_a_suggestion() -> None:
    """The finding of a file with a Chinese name suggests a valid name."""
    found = _check(casefile.dump(GOOD), "我的案例.md")
    assert _rules(found) == ["file-name"]
    assert "good.md" in found[0].message


def test_files_that_are_not_read(tmp_path: Path) -> None:
    """Too large, not UTF-8, a symbolic link: refused without reading on."""
    (tmp_path / "large.md").write_bytes(b"x" * (LARGEST_CASE_BYTES + 1))
    (tmp_path / "lines.md").write_bytes(b"\n" * (MOST_CASE_LINES + 1))
    (tmp_path / "gbk.md").write_bytes("编码".encode("gbk"))
    (tmp_path / "link.md").symlink_to(tmp_path / "large.md")
    found = {Path(f.path).name: f.rule for f in check_library(tmp_path)}
    large = dict.fromkeys(("large.md", "lines.md"), "file-too-large")
    assert found == large | {"gbk.md": "encoding", "link.md": "symlink"}


@pytest.mark.parametrize("sign", ["\\*", "`a` ", "|a", "- a\n", "## 做法\n\n", "*a* "])
def test_a_body_that_costs_seconds_is_refused(sign: str) -> None:
    """Signs of Markdown and headings up to a number; a sound case is far from it."""
    heavy = {"too-much-markup", "too-many-headings"}
    head = casefile.dump(GOOD)
    assert heavy & {*_rules(_check(head + "\n" + sign * MOST_SIGNS + sign))}
    assert not heavy & {*_rules(_check(head + "\n" + sign * 500))}


def test_source_outside_the_library_is_not_opened(tmp_path: Path) -> None:
    """A source that leaves the folder through a link is not hashed."""
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    library = tmp_path / "cases"
    (library / "sources").mkdir(parents=True)
    (library / "sources" / "link.txt").symlink_to(tmp_path / "secret.txt")
    text = casefile.dump(
        Case(
            "good",
            "好",
            (Block(1, "好", "background", "正文。"),),
            sources=(SourceRef("link.txt", "0" * 64),),
        )
    )
    assert _rules(_check(text, folder=library)) == ["source-missing"]


def test_many_findings_of_one_rule_are_counted() -> None:
    """One rule lists at most MOST_FINDINGS places of a file and counts the others."""
    found = _check(casefile.dump(GOOD) + "\n<b>\n" * 100)
    assert _rules(found) == ["raw-html"] * MOST_FINDINGS_PER_RULE
    assert f"至少还有 {100 - MOST_FINDINGS_PER_RULE} 处" in found[-1].message


@pytest.mark.parametrize(
    "line",
    [
        " " * 900_000,
        "[" * 900_000,
        "<" * 900_000,
        "\\" * 900_000,
        "1" * 900_000,
        "-" * 900_000,
        "a@" * 450_000,
        "](" * 400_000,
        "关(" * 400_000,
        ("## " + " \t" * 240 + "x\n") * 1800,
    ],
)
def test_hostile_text_does_not_exhaust_the_gate(line: str) -> None:
    """A file at the limit of size is checked within seconds, whatever it repeats."""
    with cpu_limit(10):
        _check(f"---\nid: good\ntitle: 好\nlead_role: background\n---\n\n{line}\n")


def test_paths_that_are_unusable(tmp_path: Path) -> None:
    """A missing path, an empty folder and a file of another type end the command."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for path in (tmp_path / "none.md", tmp_path, tmp_path / "a.txt"):
        with pytest.raises(UserError):
            check_paths([path])
