"""Private text in what a library publishes besides its cases, file by file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebook.checks import check_library
from casebook.checks.published_files import look_through
from casebook.content import VOCABULARY
from casebook.model import SourceRef, Step
from casebook.runtime import cache
from site_library import make_case, write_library, write_source

NUMBER = "18640573916"
LINE = f"值班电话{NUMBER}。"
PRIVATE = ("phone-number", "landline", "id-card", "source-withheld")


def found_in(folder: Path) -> list[tuple[str, int, int, str]]:
    """File, line, column and rule of each finding about private text."""
    shown = [f for f in check_library(folder) if f.rule in PRIVATE]
    assert all(NUMBER not in f.message for f in shown)
    return [(Path(f.path).name, f.line, f.column, f.rule) for f in shown]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of one clean case."""
    return write_library(tmp_path, make_case(sources=(SourceRef(name="本单位撰写"),)))


def test_shared_files_are_looked_at(library: Path) -> None:
    """The reason of a decision, a word of the vocabulary: both are in the repository."""
    (library / "decisions.yml").write_text(f"# 已与老周核对\n# {LINE}\n", encoding="utf-8")
    assert found_in(library) == [("decisions.yml", 2, 7, "phone-number")]
    (library / "decisions.yml").unlink()
    (library / "vocabulary").mkdir()
    for path in VOCABULARY.glob("*.yml"):
        (library / "vocabulary" / path.name).write_bytes(path.read_bytes())
    (library / "vocabulary" / "kinds.yml").open("a", encoding="utf-8").write(f"# {LINE}\n")
    assert [row[0] for row in found_in(library)] == ["kinds.yml"]


def test_a_record_quotes_its_source(library: Path) -> None:
    """A step shows what it replaced; the offsets beside it are no numbers of phones."""
    steps = [Step("note", 0, 5, f"电话{NUMBER}", "", "certain", ("note",))]
    write_source(library, "a.txt", "正文。", steps)
    record = look_through(library / "sources" / "a.txt.steps.json")
    assert [place.rule for place in record.places] == ["phone-number"]
    offsets = [Step("note", int(NUMBER), int(NUMBER), "x", "y", "certain", ("note",))]
    write_source(library, "b.txt", "正文。", offsets)
    assert not look_through(library / "sources" / "b.txt.steps.json").places


def test_lines_as_read_are_looked_at(library: Path) -> None:
    """A line of JSON for each line of the text."""
    path = library / "sources" / "a.docx.lines.json"
    path.parent.mkdir()
    rows = ",\n  ".join(json.dumps([text, True], ensure_ascii=False) for text in ("头", LINE))
    path.write_text(f'{{"form": "docx", "version": 1, "lines": [\n  {rows}\n]}}\n', "utf-8")
    assert [(place.rule, place.line) for place in look_through(path).places] == [
        ("phone-number", 3)
    ]


def test_a_comment_of_markdown_is_published(library: Path) -> None:
    """The reader leaves it out, but the file is offered as it was received."""
    write_source(library, "a.md", f"# 题目\n\n正文。\n\n<!-- {LINE} -->\n")
    assert ("a.md", 5, 10, "phone-number") in found_in(library)


def test_a_withheld_source_is_refused_under_any_name(library: Path) -> None:
    """A case keeps only the hash: the document and its record may not lie in the folder."""
    reference = write_source(library, "b.txt", "正文。")
    withheld = SourceRef(sha256=reference.sha256, name="a.txt")
    write_library(library, make_case(sources=(withheld,)))
    found = found_in(library)
    assert found == [
        ("b.txt", 1, 1, "source-withheld"),
        ("b.txt.steps.json", 1, 1, "source-withheld"),
    ]


def test_what_is_cached_gives_no_value_away(library: Path, tmp_path: Path) -> None:
    """The second run says the same, and the store holds the number nowhere."""
    write_source(library, "a.txt", LINE)
    store = cache.Store(tmp_path / "kept" / "store.sqlite")
    first = check_library(library, store)
    assert [f.rule for f in first if f.rule in PRIVATE] == ["phone-number"]
    assert check_library(library, store) == first
    assert NUMBER.encode() not in (tmp_path / "kept" / "store.sqlite").read_bytes()
