"""A record of repair is proof only where it leads from the source to what import wrote."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.checks import check_library
from casebook.library.folder import load_library
from casebook.library.source_records import dump_record, read_record
from casebook.model import Finding, UserError
from casebook.pipeline.import_writing import write_plan
from casebook.pipeline.importing import plan_import
from frozen import LIBRARY
from site_library import make_site

NAME = "渠水.txt"
STEPS = f"sources/{NAME}.steps.json"
TEXT = """某镇疏通渠道经验材料

一、存在的問題

渠道淤堵(yū)嚴重,下游三個村用不上水。

二、主要做法

(一)分段包干。每個組認領兩百米。

(二)錯時放水。上游讓下游三天。
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library into which a damaged text was imported."""
    folder = tmp_path_factory.mktemp("made") / "cases"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / NAME).write_text(TEXT, encoding="utf-8")
    library = load_library(folder)
    write_plan(plan_import([folder / "sources"], library), library)
    return folder


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(made, tmp_path / "cases")


def _errors(folder: Path) -> list[Finding]:
    return [found for found in check_library(folder) if found.severity == "error"]


def _rewrite(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / STEPS
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _step(column: str, value: object, at: int = 1) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data["steps"][at][data["columns"].index(column)] = value

    return change


def test_what_import_wrote_fits(library: Path) -> None:
    """Steps were made, a step has a line of its own, and nothing is found."""
    lines = (library / STEPS).read_text(encoding="utf-8").splitlines()
    record = read_record(library / STEPS)
    assert len(record.steps) > 8
    assert len(lines) <= len(record.steps) + len(record.parts) + 12
    assert _errors(library) == []


MISFITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "negative": _step("start", -3),
    "huge": _step("end", 10**12),
    "reversed": _step("end", 0),
    "another before": _step("before", "別"),
    "another after": _step("after", "别"),
    "another after with the length of the old": lambda data: _step("after", "兽")(data),
    "a step less": lambda data: data["steps"].pop(2),
    "a step twice": lambda data: data["steps"].insert(2, data["steps"][1]),
    "two steps exchanged": lambda data: data["steps"].insert(1, data["steps"].pop(2)),
    "no step": lambda data: data["steps"].clear(),
    "the last steps gone": lambda data: data["steps"].__delitem__(slice(-3, None)),
    "another source": lambda data: data.update(sha256="0" * 64),
    "another name": lambda data: data.update(file="別.txt"),
    "another length": lambda data: data.update(characters=5),
    "another text": lambda data: data.update(text_sha256="0" * 64),
    "a part outside": lambda data: data["parts"][0].__setitem__(2, 10**9),
    "a part before the start": lambda data: data["parts"][0].__setitem__(1, -1),
    "a block outside": lambda data: data["parts"][0][3].update(k111=10**9),
    "a doubt outside": lambda data: data["flags"].append(["x", 1, 10**9, "y", "z"]),
}


@pytest.mark.parametrize("change", MISFITS.values(), ids=MISFITS)
def test_a_record_that_does_not_fit(
    library: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    """One error at the record, with what to do; the site refuses it by itself, in one sentence."""
    _rewrite(library, change)
    (found,) = _errors(library)
    assert (found.rule, found.path) == ("steps-mismatch", (library / STEPS).as_posix())
    assert "import_cases.py 重新生成" in found.message


@pytest.mark.parametrize("name", ["negative", "huge", "another before", "another after"])
def test_pages_are_not_made_of_it(library: Path, name: str) -> None:
    """Whoever builds without the gate gets the same sentence, not a traceback."""
    _rewrite(library, MISFITS[name])
    (found,) = _errors(library)
    with pytest.raises(UserError) as raised:
        make_site(load_library(library))
    assert str(raised.value) == f"{library / STEPS}：{found.message}"


def test_the_finding_stands_on_the_line_of_the_step(library: Path) -> None:
    """Import writes a step a line, so an editor can go there."""
    path = library / STEPS
    record = read_record(path)
    wrong = record.steps[3]._replace(before="別")
    steps = (*record.steps[:3], wrong, *record.steps[4:])
    changed = dump_record(record.__class__(**{
        **{name: getattr(record, name) for name in record.__slots__}, "steps": steps,
    }))  # fmt: skip
    path.write_text(changed, encoding="utf-8")
    (found,) = _errors(library)
    assert '"別"' in changed.splitlines()[found.line - 1] and "第 4 步" in found.message


DAMAGES: dict[str, Callable[[str], str]] = {
    "cut": lambda text: text[:200],
    "empty": lambda text: "",
    "a list": lambda text: "[1, 2]",
    "nothing": lambda text: "null",
    "deep": lambda text: "[" * 200_000,
    "conflict": lambda text: f"<<<<<<< HEAD\n{text}",
    "a text for a number": lambda text: text.replace('"characters":', '"characters":"7","x":'),
    "a truth for a number": lambda text: text.replace("[1,", "[true,", 1),
    "half a character": lambda text: text.replace('"after"', '"\\ud800"'),
    "no columns": lambda text: text.replace('"columns"', '"colums"'),
    "another certainty": lambda text: text.replace('"certain"', '"sure"'),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_record_that_cannot_be_read(library: Path, damage: Callable[[str], str]) -> None:
    """One error that says so, at the record; import says the same sentence."""
    path = library / STEPS
    before = path.read_text(encoding="utf-8")
    path.write_text(damage(before), encoding="utf-8")
    assert damage(before) != before
    (found,) = _errors(library)
    assert (found.rule, found.path) == ("steps-broken", path.as_posix())
    with pytest.raises(UserError, match="修复记录损坏") as raised:
        load_library(library)
    assert str(raised.value) == f"{path}：{found.message}"


def test_import_writes_a_missing_record_again(library: Path) -> None:
    """Without its record a source proves nothing; the remedy of the message works."""
    before = (library / STEPS).read_bytes()
    (library / STEPS).unlink()
    (found,) = _errors(library)
    assert (found.rule, found.path) == ("steps-missing", (library / "sources" / NAME).as_posix())
    opened = load_library(library)
    write_plan(plan_import([library / "sources"], opened, only_new=True), opened)
    assert (library / STEPS).read_bytes() == before and _errors(library) == []


def test_a_part_that_the_source_does_not_have(library: Path) -> None:
    """The case names the third write-up of a source of one."""
    (path,) = library.glob("*.md")
    path.write_text(path.read_text(encoding="utf-8").replace("part: 1", "part: 3"), "utf-8")
    (found,) = _errors(library)
    assert (found.rule, "（共 1 篇）" in found.message) == ("source-part", True)


@pytest.mark.parametrize(
    ("name", "said"),
    [("新稿.txt", "还没有导入"), ("新稿.docx", "还没有导入"), ("新稿.xlsx", "不会被读取")],
)
def test_a_source_that_nobody_read(library: Path, name: str, said: str) -> None:
    """A warning: publishing the others is right, but the pull request must not be silent."""
    (library / "sources" / name).write_text(TEXT, encoding="utf-8")
    found = [f for f in check_library(library) if f.rule == "source-unread"]
    assert [(f.path, f.severity) for f in found] == [
        ((library / "sources" / name).as_posix(), "warning")
    ]
    assert said in found[0].message


# --- records of earlier versions, which do not say to which text they led


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The frozen library, whose record has six thousand steps and no hash of its text."""
    folder = shutil.copytree(LIBRARY, tmp_path / "cases")
    assert read_record(next((folder / "sources").glob("*.steps.json"))).text_sha256 == ""
    return folder


def _old_steps(folder: Path) -> Path:
    return next((folder / "sources").glob("*.steps.json"))


def test_an_old_record_fits(old: Path) -> None:
    """And so it does after people have edited the case."""
    assert _errors(old) == []
    for path in old.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("党建", "党的建设").replace("机关", "单位"), "utf-8")
    assert _errors(old) == []


@pytest.mark.parametrize("at", [5, 3000, -5])
def test_an_old_record_with_another_text_after(old: Path, at: int) -> None:
    """The case, or repair itself, says what the source becomes, the record something else."""
    path = _old_steps(old)
    data = json.loads(path.read_text(encoding="utf-8"))
    rows = [row for row in data["steps"][at:] if row[3]]
    rows[0][3] = "伪"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert {found.rule for found in _errors(old)} == {"steps-mismatch"}


def test_an_old_record_without_some_steps(old: Path) -> None:
    """What the record leaves out would be shown as words of the source."""
    path = _old_steps(old)
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["steps"][4000:4010]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert {found.rule for found in _errors(old)} == {"steps-mismatch"}


def test_a_record_read_and_written_says_the_same(old: Path) -> None:
    """The compact form holds what the old one held."""
    path = _old_steps(old)
    record = read_record(path)
    path.write_text(dump_record(record), encoding="utf-8")
    assert read_record(path) == record
