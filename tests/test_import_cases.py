"""Import end to end: from a received document to case files, once and repeatably."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import one_write_up as whole
from casebook.library import casefile
from casebook.library.folder import load_library
from casebook.repair import replay, undo
from commands import run_text
from frozen import LIBRARY, SAMPLE
from prose import WRITE_UP


def run(*arguments: object, out: Path | None = None) -> CompletedProcess[str]:
    """Run import_cases.py as a user would."""
    return run_text("import_cases", *arguments, *(("--out", out) if out else ()))


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An empty library with one write-up among its sources."""
    sources = tmp_path / "cases" / "sources"
    sources.mkdir(parents=True)
    (sources / "流程.txt").write_text(WRITE_UP, encoding="utf-8")
    return tmp_path / "cases"


def test_a_dropped_file_becomes_a_case(library: Path) -> None:
    """A write-up in sources/ is a case with provenance after one import."""
    assert run(out=library).returncode == 0
    (case,) = load_library(library).cases
    assert case.title == "某区优化办事流程经验材料"
    assert (case.kind, case.region) == ("经验材料", "某区")
    assert [block.role for block in case.blocks] == [
        "background", "practice", "practice", "practice", "outcome"
    ]  # fmt: skip
    assert case.sources[0].file == "流程.txt"


def test_importing_again_changes_nothing_and_says_so(library: Path) -> None:
    """The second import writes no byte."""
    run(out=library)
    before = snapshot(library)
    again = run(out=library)
    assert snapshot(library) == before
    assert again.returncode == 0
    assert "没有新的文章" in again.stdout


def test_an_edited_case_is_never_rewritten(library: Path) -> None:
    """People own a case: their words survive the next import."""
    run(out=library)
    (path,) = library.glob("*.md")
    path.write_text(path.read_text("utf-8").replace("帮办", "代办"), encoding="utf-8")
    edited = path.read_bytes()
    run(out=library)
    assert path.read_bytes() == edited


def test_an_interrupted_import_is_completed(library: Path) -> None:
    """Without its steps file a source is not finished; known cases are kept as they are."""
    run(out=library)
    before = snapshot(library)
    (library / "sources" / "流程.txt.steps.json").unlink()
    run(out=library)
    assert snapshot(library) == before


def test_a_document_from_elsewhere_is_kept_as_received(tmp_path: Path) -> None:
    """The received bytes lie in sources/, whatever their encoding."""
    received = tmp_path / "来稿.txt"
    received.write_bytes(WRITE_UP.encode("gb18030"))
    assert run(received, out=tmp_path / "lib").returncode == 0
    assert (tmp_path / "lib" / "sources" / "来稿.txt").read_bytes() == received.read_bytes()
    record = load_library(tmp_path / "lib").sources["来稿.txt"]
    assert record.encoding == "gb18030"


def test_another_document_of_the_same_name_is_not_overwritten(library: Path) -> None:
    """Two different documents named alike are both kept."""
    run(out=library)
    other = library.parent / "流程.txt"
    other.write_text(WRITE_UP.replace("某区", "某县").replace("86", "57"), encoding="utf-8")
    run(other, out=library)
    assert len(list((library / "sources").glob("流程*.txt"))) == 2
    assert (library / "sources" / "流程.txt").read_text("utf-8") == WRITE_UP


@pytest.mark.skipif(os.name == "nt", reason="such names cannot come from there")
def test_sources_are_kept_under_names_that_every_system_takes(tmp_path: Path) -> None:
    """Marks that Windows refuses, and names that it takes for one, even in one import."""
    folders = [tmp_path / name for name in "abc"]
    for number, (folder, name) in enumerate(
        zip(folders, ("经验:一?.txt", "甲.txt", "甲.TXT"), strict=True)
    ):
        folder.mkdir()
        text = WRITE_UP.replace("86", str(57 + number)).replace("某区", f"某{number + 2}区")
        (folder / name).write_text(text, encoding="utf-8")
    assert run(*folders, out=tmp_path / "lib").returncode == 0
    records = load_library(tmp_path / "lib").sources
    assert len(records) == len({name.casefold() for name in records}) == 3
    assert {"经验_一_.txt", "甲.txt"} < set(records)
    for name, record in records.items():
        data = (tmp_path / "lib" / "sources" / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == record.sha256


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of nothing but the sample."""
    folder = tmp_path_factory.mktemp("imported") / "lib"
    assert run(SAMPLE, out=folder).returncode == 0
    return folder


def test_the_sample_becomes_four_cases_and_a_variant(imported: Path) -> None:
    """The truncated copy is merged into the complete text; both keep their addresses."""
    library = load_library(imported)
    assert len(library.cases) == 4
    (merged,) = [case for case in library.cases if case.variants]
    (variant,) = library.variants.values()
    assert [v.id for v in merged.variants] == [variant.id]
    assert merged.variants[0].relation == "contains"
    assert (merged.sources[0].part, variant.sources[0].part) == (2, 1)
    assert "经验启示" in [block.heading for block in merged.blocks]


def test_the_frozen_cases_are_what_the_sample_gives(imported: Path) -> None:
    """Cases can be made again from their source."""
    for path in imported.glob("*.md"):
        made, kept = casefile.read_case(path), casefile.read_case(LIBRARY / path.name)
        assert [(b.level, b.heading, b.text) for b in made.blocks] == [
            (b.level, b.heading, b.text) for b in kept.blocks
        ]


def test_the_record_leads_from_source_to_text_and_back(imported: Path) -> None:
    """The steps beside a source replay on it, and parts lie where they say."""
    (record,) = load_library(imported).sources.values()
    source = SAMPLE.read_text(encoding="utf-8")
    text = replay(source, record.steps)
    assert undo(text, record.steps) == source
    assert source[record.parts[2].start :].startswith("第三篇")
    assert [part.part for part in record.parts] == [1, 2, 3, 4, 5]


def test_dry_run_lists_every_write_up_and_writes_nothing(tmp_path: Path) -> None:
    """Five write-ups before merging, as JSON, also when they are imported already."""
    shutil.copytree(LIBRARY, tmp_path / "cases")
    before = snapshot(tmp_path / "cases")
    for out in (tmp_path / "cases", tmp_path / "empty"):
        found = json.loads(run(SAMPLE, "--dry-run", "--format", "json", out=out).stdout)
        (source,) = found["sources"]
        assert set(source) == {"path", "sha256", "encoding", "cases"}
        assert len(source["cases"]) == 5
        assert set(source["cases"][0]) == {"id", "title", "kind", "organ", "region", "blocks"}
        assert set(source["cases"][0]["blocks"][0]) == {"level", "heading", "role", "text"}
        assert [pair["relation"] for pair in found["duplicates"]] == ["contains"]
    assert snapshot(tmp_path / "cases") == before
    assert not (tmp_path / "empty").exists()


@pytest.mark.parametrize("content", [None, b"", b" \n", bytes(range(256)) * 9])
def test_bad_input_gets_one_sentence_and_nothing_is_written(
    tmp_path: Path, content: bytes | None
) -> None:
    """Missing, empty and binary files: exit code 2, one line, no files."""
    path = tmp_path / "稿.txt"
    if content is not None:
        path.write_bytes(content)
    result = run(path, out=tmp_path / "lib")
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "lib").exists()


def test_a_folder_without_write_ups_is_refused(tmp_path: Path) -> None:
    """Nothing to import is said, not passed over in silence."""
    result = run(tmp_path, out=tmp_path / "lib")
    assert (result.returncode, len(result.stderr.strip().splitlines())) == (2, 1)


def test_a_library_without_sources_is_fine(tmp_path: Path) -> None:
    """`make site` on a library that nobody has brought a document to has nothing to import."""
    result = run(out=tmp_path / "lib")
    assert (result.returncode, result.stderr) == (0, "")
    assert not (tmp_path / "lib").exists()


def test_explain_says_why_with_the_runner_up(library: Path) -> None:
    """Every block is printed with the signs of its level and what spoke for its role."""
    result = run("--dry-run", "--explain", library / "sources" / "流程.txt", out=library)
    assert "3 级 [做法] （一）建立清单制度。" in result.stdout
    assert "序号前后相连 +3" in result.stdout
    assert "其次是" in result.stdout


def test_explain_names_what_the_form_says(tmp_path: Path) -> None:
    """The page, the look and the label of a heading's line, where the document has them."""
    (tmp_path / "a.docx").write_bytes(whole.as_docx())
    result = run("--dry-run", "--explain", tmp_path / "a.docx", out=tmp_path / "lib")
    lines = [line for line in result.stdout.splitlines() if "原文：" in line]
    assert len(lines) == len(whole.headings())
    assert "自动编号“一、”" in lines[0]
    assert all("段落到此结束" in line for line in lines)


def test_explain_in_json_names_the_decision(library: Path) -> None:
    """The machine output of --explain adds why; without it the contract is unchanged."""
    source = library / "sources" / "流程.txt"
    told = json.loads(run("--dry-run", "--explain", "--format", "json", source, out=library).stdout)
    block = told["sources"][0]["cases"][0]["blocks"][1]
    assert set(block) == {"level", "heading", "role", "text", "why"}
    assert block["why"]["role"] == "practice"


def test_what_a_write_up_does_not_state_is_one_warning(tmp_path: Path) -> None:
    """Fields that stay empty are named together, with the fields of the file to fill in."""
    text = "石桥镇党委抓实积分的做法\n一、主要做法\n每周调度了一次。\n二、成效\n问题解决了。\n"
    source = tmp_path / "积分.txt"
    source.write_text(text, encoding="utf-8")
    result = run("--dry-run", source, out=tmp_path / "lib")
    (line,) = [line for line in result.stderr.splitlines() if "metadata-missing" in line]
    assert (
        "没有写明地区、日期，或看不准，已留空；请核对后在案例文件的 region、date 里补上。" in line
    )


def test_a_notice_is_reported_and_left_out_unless_asked_for(tmp_path: Path) -> None:
    """A text that is no experience becomes a case only with --all."""
    notice = tmp_path / "通知.txt"
    notice.write_text(
        "关于开展检查的通知\n各单位：\n一、提高认识\n要高度重视。\n特此通知。\n", encoding="utf-8"
    )
    result = run(notice, out=tmp_path / "lib")
    assert "not-a-case" in result.stdout + result.stderr
    assert not list((tmp_path / "lib").rglob("*.md"))
    run("--all", notice, out=tmp_path / "lib")
    (path,) = (tmp_path / "lib").glob("*.md")
    assert casefile.read_case(path).title == "关于开展检查的通知"


TOILETS = """\
某市推行农村改厕长效管护经验材料
近年来，某市把农村改厕作为民生实事来抓，探索出一条政府引导、村民自管的路子。
一、主要做法
（一）健全机构。市里成立管护中心，乡镇设管护站，村里配管护员，三级联动。
（二）统一抽运。全市分成十二个片区，配备抽粪车三十六台，群众打电话两小时内上门。
二、取得的成效
全市厕所普及率达到92.6%，群众满意度比上年提高11个百分点，亩均节约开支一百二十元。
"""


@pytest.mark.parametrize(
    ("old", "new", "cases"),
    [
        ("探索出", "走出", 1),
        ("三十六台", "三十九台", 2),
        ("92.6%", "82.6%", 2),
        ("两小时内", "", 2),
    ],
)
def test_only_what_says_nothing_else_is_merged_unasked(
    tmp_path: Path, old: str, new: str, cases: int
) -> None:
    """A truncated copy is; with another figure it is for a person to decide."""
    more = "三、几点启示\n改厕三分建、七分管。只有把管护的账算明白，才能让群众用得上、用得好。\n"
    files = [tmp_path / name for name in ("全文.txt", "节选.txt")]
    for file, text in zip(files, (TOILETS + more, TOILETS.replace(old, new)), strict=True):
        file.write_text(text, encoding="utf-8")
    told = run(*files, out=tmp_path / "cases")
    assert len(load_library(tmp_path / "cases").cases) == cases
    assert ("possible-duplicate" in told.stderr) is (cases == 2)
