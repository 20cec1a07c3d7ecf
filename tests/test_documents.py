"""What documents, docstrings and comments refer to is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

import casebook
from frozen import ROOT

DOCUMENT = re.compile(r"(?<![\w/.-])((?:[\w.-]+/)*[A-Z][A-Z_]+(?:\.zh-CN)?\.(?:md|cff))\b")
"""Documents have names in capital letters."""

PLACE = re.compile(r"(?<![\w/.<-])((?:scripts|tests|docs|cases|\.github|\.ci)/[\w./-]*\w)")
"""A path from the top of the repository."""

MADE = {
    *("cases/decisions.yml", "cases/removed.yml", "cases/sources/NAME.steps.json"),
    "scripts/export/templates.js",
}
"""Files that the tool writes when there is something to write."""

GUIDES = [
    "README.md",
    "README.zh-CN.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CONTRIBUTING.zh-CN.md",
]


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository that fit a pattern of git."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def missing_documents(path: Path, text: str) -> list[str]:
    """Documents that a text names and that are neither at the top nor in the text's folder."""
    places = (ROOT, path.parent, ROOT / "cases", ROOT / ".github")
    named = {name for name in DOCUMENT.findall(text) if not name.endswith("/ID.md")}
    return sorted(name for name in named if not any((place / name).is_file() for place in places))


def test_every_document_that_is_named_is_there() -> None:
    """No docstring, comment, message or document cites a file that a reader cannot open."""
    files = tracked(
        "*.py", "*.js", "*.md", "*.yml", "*.toml", "*.txt", "*.cff", "*.html", "Makefile"
    )
    own = [f for f in files if not f.is_relative_to(ROOT / "tests" / "data")]
    assert own
    found = {
        f.relative_to(ROOT).as_posix(): missing_documents(f, f.read_text("utf-8")) for f in own
    }
    assert {name: gone for name, gone in found.items() if gone} == {}


def test_a_document_that_is_missing_is_seen() -> None:
    """The search above finds what was cited once and was never there."""
    assert missing_documents(ROOT / "scripts" / "x.py", "see DESIGN" + ".md §3") == [
        "DESIGN" + ".md"
    ]


@pytest.mark.parametrize("name", GUIDES)
def test_paths_in_the_guides_exist(name: str) -> None:
    """Whoever follows a guide finds each file and folder that it names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    named = {found.rstrip(".") for found in PLACE.findall(text)} - MADE
    real = {path for path in named if not re.search(r"[A-Z]{2}|<|pojie-liangzhangpi", path)}
    assert real
    assert sorted(path for path in real if not (ROOT / path).exists()) == []


def test_paths_in_docstrings_and_tables_exist() -> None:
    """A comment or docstring that names a file of the repository names one that is there."""
    files = [
        f for f in tracked("scripts/*", "docs/scripts/*") if f.suffix in (".py", ".js", ".yml")
    ]
    files += tracked("cases/vocabulary/*")
    named = {
        (f.relative_to(ROOT).as_posix(), path)
        for f in files
        for path in PLACE.findall(f.read_text(encoding="utf-8"))
        if path.endswith((".py", ".js", ".yml", ".mjs")) and path not in MADE
    }
    assert named
    assert sorted((f, path) for f, path in named if not (ROOT / path).exists()) == []


def test_one_version_in_the_change_log_and_the_citation() -> None:
    """The newest version has a date; the package and the citation name the same one."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version, date = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", log, re.M)[0]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert version == casebook.__version__ == str(citation["version"])
    assert date == str(citation["date-released"])


def test_the_change_log_has_one_line_for_each_change() -> None:
    """Under Added, Changed, Deprecated, Removed, Fixed or Security."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    kinds = set(re.findall(r"^### (.*)$", log, re.M))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert re.findall(r"^- ", log, re.M)
    assert re.findall(r"^  .*", log, re.M) == []
