"""find_duplicates.py as people and programs call it."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from casebook.library.folder import load_library
from commands import run_text
from frozen import LIBRARY, SAMPLE
from review_library import write_copies

PRACTICE = (
    "推行“一窗受理、集成服务”，把分散在八个部门的窗口合并为综合窗口，群众少跑腿、数据多跑路。"
)


def run(*arguments: object) -> CompletedProcess[str]:
    """Run find_duplicates.py."""
    return run_text("find_duplicates", *arguments)


def write(folder: Path, name: str, year: int = 2023, extra: str = "") -> Path:
    """A write-up of a service center as a text file."""
    path = folder / f"{name}.txt"
    path.write_text(
        f"区政务服务中心{year}年工作总结\n"
        f"{year}年，中心坚持以群众满意为标准，全年办理事项{year * 7}件，好评率明显提高。\n"
        f"一、主要做法\n{PRACTICE}\n"
        f"建立帮办代办队伍，为老年人和企业提供全程陪同，办理时限压缩了一半以上。\n{extra}",
        encoding="utf-8",
    )
    return path


def test_the_sample_has_one_pair() -> None:
    """Write-up 1 is a truncated copy of write-up 2; no other two are related."""
    result = run("--format", "json", SAMPLE)
    assert (result.returncode, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    (pair,) = report["pairs"]
    assert (pair["a"], pair["b"]) == (f"{SAMPLE}#1", f"{SAMPLE}#2")
    assert pair["relation"] == "contains"
    assert 90 < pair["similarity"] < 92
    assert 99 < pair["containment"] <= 100
    assert "乙比甲多：经验启示" in pair["evidence"]
    assert report["clusters"] == [{"canonical": f"{SAMPLE}#2", "members": [f"{SAMPLE}#1"]}]


def test_the_report_for_people_shows_both_sides() -> None:
    """Relation, both scores, reasons, and the two wordings under each other."""
    text = run(SAMPLE).stdout
    assert "【包含】相似度 91.1，包含度 99.9" in text
    assert text.index("各级机关党组织") < text.index("机关各级党组织")
    markdown = run("--format", "markdown", SAMPLE).stdout
    assert "| 甲 | 乙 |" in markdown
    assert "| （无） | 经验启示 |" in markdown


def test_the_library_is_compared_when_no_path_is_given() -> None:
    """The cases of the library are different ones."""
    result = run("--format", "json")
    assert result.returncode == 0
    report = json.loads(result.stdout)
    assert all(pair["relation"] in ("series", "shares") for pair in report["pairs"])


def test_only_what_a_new_file_is_involved_in_is_reported(tmp_path: Path) -> None:
    """`--new` compares the file with all others and leaves these among themselves out."""
    known = tmp_path / "known"
    known.mkdir()
    for name in ("甲", "乙"):
        write(known, name)
    new = write(tmp_path, "新", extra="近期又开通了夜间自助服务区。\n")
    pairs = json.loads(run("--format", "json", known, "--new", new).stdout)["pairs"]
    assert [pair["b"] for pair in pairs] == [str(new)] * 2
    assert len(json.loads(run("--format", "json", known).stdout)["pairs"]) == 1


def test_another_year_is_reported_as_a_series(tmp_path: Path) -> None:
    """Never as a duplicate, and the years say why."""
    for year in (2023, 2024):
        write(tmp_path, str(year), year)
    report = json.loads(run("--format", "json", tmp_path).stdout)
    (pair,) = report["pairs"]
    assert (pair["relation"], report["clusters"]) == ("series", [])
    assert any("2023年→2024年" in reason for reason in pair["evidence"])


def test_markdown_of_hostile_text_stays_text(tmp_path: Path) -> None:
    """A write-up can bring neither HTML nor a link nor a table cell into the report."""
    write(
        tmp_path,
        "甲",
        extra="<img src=x onerror=alert(1)> [点此](http://x) | 竖线 这是只有甲才有的。\n",
    )
    write(tmp_path, "乙")
    markdown = run("--format", "markdown", tmp_path).stdout
    assert "&lt;img" in markdown
    assert "<img" not in markdown
    assert "\\[点此\\]" in markdown


def _library(tmp_path: Path) -> tuple[Path, list[str]]:
    """A library of two cases, one a part of the other; their ids."""
    library = tmp_path / "cases"
    for name, extra in (
        ("全文", "二、经验启示\n贵在坚持，难在长效，要在群众满意。\n"),
        ("截短", ""),
    ):
        source = write(tmp_path, name, extra=extra)
        assert run_text("import_cases", source, "--out", library).returncode == 0
    return library, [case.id for case in load_library(library).cases]


def test_a_merge_and_its_undoing(tmp_path: Path) -> None:
    """What a person decides is written, and undoing restores every byte."""
    library, ids = _library(tmp_path)
    before = {path: path.read_bytes() for path in library.rglob("*.md")}
    assert len(ids) == 2
    merged = run("--library", library, "--merge", *ids)
    assert merged.returncode == 0, merged.stderr
    (case,) = load_library(library).cases
    (variant,) = case.variants
    assert (library / "variants" / f"{variant.id}.md").is_file()
    assert run("--library", library, "--unmerge", variant.id).returncode == 0
    assert {path: path.read_bytes() for path in library.rglob("*.md")} == before


def _related(*arguments: object) -> list[dict[str, str]]:
    report = json.loads(run("--format", "json", *arguments).stdout)
    pairs: list[dict[str, str]] = report["pairs"]
    assert report["clusters"] if pairs else not report["clusters"]
    return pairs


def _import_again(library: Path) -> object:
    """The duplicates that an import of the library's sources reports."""
    told = ("--dry-run", "--format", "json", library / "sources", "--out", library)
    return json.loads(run_text("import_cases", *told).stdout)["duplicates"]


def test_a_decision_counts_wherever_the_folder_is_given(tmp_path: Path) -> None:
    """As PATH, as one of several, against a new file, and for the sources that were imported."""
    library, ids = _library(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    write(other, "别处")
    sources = library / "sources"
    new = library / f"{ids[0]}.md"
    ways = ([library], [*library.glob("*.md")], [sources], ["--new", new, "--against", library])
    assert all(_related(*way) for way in ways)
    assert _import_again(library)
    assert len(_related(library, other)) == 3
    why = ("--reason", "两个年度")
    assert run("--library", library, "--distinct", *ids, *why).returncode == 0
    assert [_related(*way) for way in ways] == [[], [], [], []]
    assert _import_again(library) == []
    assert len(_related(library, other)) == 2
    assert len(_related("--new", sources / "全文.txt", "--against", library)) == 1
    assert (
        run("--library", library, "--format", "json").stdout
        == run(library, "--format", "json").stdout
    )


def test_a_merge_says_what_only_the_variant_has(tmp_path: Path) -> None:
    """A clause in a paragraph that both have, which the page shows at its place."""
    library = tmp_path / "cases"
    for name, extra in (("甲", "投诉下降七成，每吨降四角二分。\n"), ("乙", "投诉下降七成。\n")):
        more = "二、经验启示\n贵在坚持，难在长效，要在群众满意。\n" if name == "乙" else ""
        source = write(tmp_path, name, extra=extra + more)
        assert run_text("import_cases", source, "--out", library).returncode == 0
    ids = [case.id for case in load_library(library).cases]
    told = run("--library", library, "--relation", "revision", "--merge", *ids).stdout
    assert "异文另有说法，案例页在原处注明：投诉下降七成，每吨降四角二分。" in told


def test_pairs_are_reviewed_as_a_page_and_a_file(tmp_path: Path) -> None:
    """Written side by side, filled in, carried out; what was filled in survives a second run."""
    library = write_copies(tmp_path / "cases", ("", ""))
    page, file = tmp_path / "queue.html", tmp_path / "queue.yml"
    told = run(library, "--review", page)
    assert told.returncode == 0, told.stderr
    assert f"--library {library} --decide {file}" in told.stdout
    assert page.read_text("utf-8").count("<article") == 2
    empty = 'decision: ""\n  reason: ""'
    assert file.read_text("utf-8").count(empty) == 2
    filled = file.read_text("utf-8").replace(empty, "decision: distinct\n  reason: 两个年度", 1)
    file.write_text(filled.replace(empty, "decision: merge"), encoding="utf-8")
    run(library, "--review", page)
    assert 'reason: "两个年度"' in file.read_text("utf-8")
    assert page.read_text("utf-8").count(" checked>") == 2
    done = run("--library", library, "--decide", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert "并入" in done.stdout
    assert (library / "decisions.yml").is_file()
    again = run("--library", library, "--decide", file)
    assert again.stdout == "判定执行完毕：0 对留到以后，2 对先前已经办过。\n"
    assert "没有待判定的案例" in run(library, "--review", page).stdout


def test_a_wrong_decision_is_named_with_rule_and_line(tmp_path: Path) -> None:
    """Exit code 1, one sentence a mistake on stderr, nothing written; a review stops at it."""
    library = write_copies(tmp_path / "cases", ("",))
    page, file = tmp_path / "queue.html", tmp_path / "queue.yml"
    run(library, "--review", page)
    wrong = file.read_text("utf-8").replace('decision: ""', "decision: mrege")
    file.write_text(wrong, encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = run("--library", library, "--decide", file)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{file}:3:1: 错误 [review-decision] decision “mrege”")
    assert run(library, "--review", page).returncode == 2
    assert run(library, "--review", tmp_path).returncode == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["没有这个文件.txt"],
        ["--engine", "hadoop"],
        ["--merge", "a"],
        ["--merge", "没有", "也没有"],
        ["--unmerge", "没有"],
        ["--merge", "a", "b", "--unmerge", "c"],
        ["--new", "没有这个文件.txt"],
        ["--against", str(LIBRARY)],
        ["--new", str(LIBRARY), "--against", "没有这个文件夹"],
        ["--distinct", "a", "b"],
        ["--decide", "没有这个文件.yml"],
        ["--decide", "a.yml", "--merge", "a", "b"],
    ],
)
def test_unusable_calls_say_so_in_one_line(arguments: list[str], tmp_path: Path) -> None:
    """Exit code 2, one sentence on stderr, no traceback, nothing on stdout."""
    result = run("--library", tmp_path, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_folders_and_files_without_write_ups(tmp_path: Path) -> None:
    """An empty folder, an empty file and bytes that are no text cannot be compared."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    for name in ("folder", "empty.txt", "binary.txt"):
        result = run(tmp_path / name)
        assert (result.returncode, result.stderr.count("\n")) == (2, 1), name
