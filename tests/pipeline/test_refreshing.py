"""`casebook refresh`: cases of an earlier import, edited since, meet what import makes now."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casebook.checks import check_library
from casebook.library import casefile
from casebook.library.folder import load_library
from casebook.library.imported_bases import pack_base, unpack_base
from casebook.library.merge_files import merge_files, unmerge_files
from casebook.library.source_records import STEPS_SUFFIX, dump_record, read_record
from casebook.library.stored_sources import read_stored_text
from casebook.model import WriteUp
from casebook.pipeline import reimporting
from casebook.pipeline.write_ups import SourceText, process
from casebook.reading import DecodedFile
from casebook.vocabulary import Vocabulary
from commands import run_text

WRITE_UP = """河桥镇清沟治涝经验材料
河桥镇地势低洼，过去一到汛期村道就积水，老人孩子出门要绕两里路。
一、存在问题
沟渠多年没有清过，淤泥有半人深。各村只管自己门前一段，上游清了下游堵。
二、主要做法
（一）摸清底数。请退休的水利员沿三条沟走了一遍，把堵塞的二十七处画在图上。图贴在祠堂门口。
（二）分段包干。谁家门前归谁清，先记名字，后记日子。逢初一和十五出工半天。
（三）算好工分。出工的人记一分，年底按分领菜籽油。没有劳力的人家可以出一辆板车。
三、取得成效
三条沟全部见底，雨后半个钟头路面就干了。投诉由四十一件降到两件。
"""
NAME = "清沟.txt"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the write-up, as import writes it today."""
    folder = tmp_path_factory.mktemp("imported") / "cases"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / NAME).write_text(WRITE_UP, encoding="utf-8")
    assert run_text("import_cases", "--out", folder).returncode == 0
    return folder


@pytest.fixture
def library(imported: Path, tmp_path: Path) -> Path:
    """A copy of that library."""
    return Path(shutil.copytree(imported, tmp_path / "cases"))


def case_of(library: Path) -> Path:
    """The file of the only case."""
    (path,) = library.glob("*.md")
    return path


def edit(path: Path, *swaps: tuple[str, str]) -> None:
    """Exchange words of a file, each of which must be there."""
    text = path.read_bytes().decode()
    for old, new in swaps:
        assert re.search(old, text), old
        text = re.sub(old, new, text, count=1)
    path.write_bytes(text.encode())


def age(library: Path, *swaps: tuple[str, str]) -> None:
    """Make case and base what an earlier version would have written; `swaps` are patterns."""
    edit(case_of(library), *swaps)
    change_base(library, lambda text: edit_text(text, *swaps))


def edit_text(text: str, *swaps: tuple[str, str]) -> str:
    """As edit, for a text."""
    for old, new in swaps:
        text = re.sub(old, new, text, count=1)
    return text


def change_base(library: Path, change: Callable[[str], str]) -> None:
    """Change the base in the record of the source; '' removes it."""
    path = library / "sources" / f"{NAME}{STEPS_SUFFIX}"
    record, (part,) = read_record(path), read_record(path).parts
    source = read_stored_text(library / "sources" / NAME).text[part.start : part.end]
    base = unpack_base(part.base, source)
    assert base is not None
    text = change(casefile.dump(base))
    packed = pack_base(casefile.parse(text), source) if text else ""
    path.write_text(dump_record(replace(record, parts=(replace(part, base=packed),))), "utf-8")


def refresh(library: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON of a call."""
    ended = run_text("refresh_cases", "--library", library, "--format", "json", *options)
    return ended.returncode, json.loads(ended.stdout)


def list_addresses(path: Path) -> list[str]:
    """The id and the anchors of a case, in their order."""
    case = casefile.read_case(path)
    return [case.id, *(block.anchor for block in case.blocks)]


def errors_of(library: Path) -> list[str]:
    """What the gate refuses."""
    return [found.message for found in check_library(library) if found.severity == "error"]


def test_a_fresh_import_has_nothing_to_refresh(library: Path) -> None:
    """The same rules give the same case, whatever people have changed in it."""
    edit(case_of(library), ("半人深", "一人深"), ("organ: .*", "organ: 河桥镇农业办"))
    before = case_of(library).read_bytes()
    assert refresh(library, "--write") == (0, {"cases": [], "written": [], "findings": []})
    assert case_of(library).read_bytes() == before


def test_a_base_is_small(imported: Path) -> None:
    """Its words are in the source already."""
    (part,) = read_record(imported / "sources" / f"{NAME}{STEPS_SUFFIX}").parts
    assert 0 < len(part.base) < case_of(imported).stat().st_size / 2


EVERY_BLOCK = (
    ("两里路", "两 里 路"),
    ("半人深", "半人申"),
    ("二十七处", "廿七处"),
    ("后记日子", "后记日之"),
    ("菜籽油", "菜仔油"),
    ("见底", "见抵"),
)
"""A word of each block, and what an earlier version read there."""


def test_an_edit_in_each_block_meets_a_change_in_each_block(library: Path) -> None:
    """Other sentences of the same paragraphs, the front matter, and a comment in it."""
    age(library, *EVERY_BLOCK, ("kind: .*", 'kind: ""'))
    edit(
        case_of(library),
        ("上游清了下游堵", "上游清了，下游又堵"),
        ("图贴在祠堂门口", "图挂在祠堂门口"),
        ("逢初一和十五出工半天", "每逢初一、十五出工半天"),
        ("出一辆板车", "出一辆板车或一头牛"),
        ("由四十一件降到两件", "由41件降到2件"),
        ("organ: .*", "organ: 河桥镇农业办 # 来信补充"),
    )
    edited, addresses = case_of(library).read_text("utf-8"), list_addresses(case_of(library))
    code, found = refresh(library)
    assert (code, len(found["cases"]), found["written"]) == (0, 1, [])
    assert case_of(library).read_text("utf-8") == edited
    assert refresh(library, "--write")[1]["findings"] == []
    expected = edit_text(edited, *((re.escape(old), new) for new, old in EVERY_BLOCK))
    assert case_of(library).read_text("utf-8") == expected.replace('kind: ""', "kind: 经验材料")
    assert list_addresses(case_of(library)) == addresses
    assert errors_of(library) == []
    assert refresh(library, "--write") == (0, {"cases": [], "written": [], "findings": []})


def block_text(library: Path, number: str) -> str:
    """An item of the case with its heading, as the file has it."""
    text = case_of(library).read_text("utf-8")
    found = re.search(rf"### （{number}）[^#]*(?:#k[^#]*)?", text)
    assert found
    return found[0]


def test_an_item_added_removed_and_moved(library: Path) -> None:
    """What people did to the outline stays; the words of blocks that moved are refreshed."""
    age(library, *EVERY_BLOCK)
    first, second, third = (block_text(library, number) for number in "一二三")
    text = case_of(library).read_text("utf-8")
    own = "### （四）年底算账。 {.practice #kown}\n\n算账那天全村到场。\n\n"
    text = text.replace(first + second + third, third + own + first)
    case_of(library).write_text(text, encoding="utf-8")
    addresses = list_addresses(case_of(library))
    assert refresh(library, "--write")[1]["findings"] == []
    case = casefile.read_case(case_of(library))
    assert [b.heading for b in case.blocks if b.level == 3] == [
        "（三）算好工分。", "（四）年底算账。", "（一）摸清底数。"
    ]  # fmt: skip
    assert list_addresses(case_of(library)) == addresses
    assert "菜籽油" in case.blocks[3].text
    assert "二十七处" in case.blocks[5].text
    assert errors_of(library) == []
    assert refresh(library)[1]["cases"] == []


def test_headings_and_roles(library: Path) -> None:
    """A heading that a person re-worded stays, one that was read wrongly is mended."""
    age(library, ("摸清底数", "摸清底敉"), ("分段包干", "分段包千"), (r"\{\.outcome", "{.practice"))
    edit(case_of(library), ("（一）摸清底敉。", "（一）先摸清底数。"))
    addresses = list_addresses(case_of(library))
    _, found = refresh(library, "--write")
    (case,) = found["cases"]
    assert case["reason"] == "refresh-conflict"
    assert [c["field"] for c in case["conflicts"]] == ["heading"]
    edit(case_of(library), ("（一）先摸清底数。", "（一）摸清底数。"))
    assert refresh(library, "--write")[1]["findings"] == []
    blocks = casefile.read_case(case_of(library)).blocks
    assert [b.heading for b in blocks if b.level == 3][:2] == [
        "（一）摸清底数。",
        "（二）分段包干。",
    ]
    assert blocks[-1].role == "outcome"
    assert list_addresses(case_of(library)) == addresses


def test_a_heading_that_only_today_sees_becomes_a_block(library: Path) -> None:
    """It comes after the block that it was part of, and gets an anchor of its own."""
    item = re.escape(block_text(library, "二"))
    heading = re.compile(r"### （二）分段包干。 \{[^}]*\}\n\n")
    age(library, (item, lambda f: heading.sub("（二）分段包干。", f[0])))  # type: ignore[arg-type]
    before = list_addresses(case_of(library))
    edit(case_of(library), ("半人深", "一人深"))
    assert refresh(library, "--write")[1]["findings"] == []
    after = list_addresses(case_of(library))
    assert [anchor for anchor in after if anchor in before] == before
    assert len(after) == len(before) + 1
    case = casefile.read_case(case_of(library))
    assert [b.heading for b in case.blocks if b.level == 3] == [
        "（一）摸清底数。", "（二）分段包干。", "（三）算好工分。"
    ]  # fmt: skip
    assert "一人深" in case.blocks[1].text
    assert refresh(library)[1]["cases"] == []


def test_a_block_that_today_does_not_make_keeps_its_address(library: Path) -> None:
    """Its anchor was published, so a person has to decide."""
    age(library, ("图贴在祠堂门口。", "\n\n### 图贴在祠堂门口。 {.practice #kold}"))
    before = case_of(library).read_bytes()
    code, found = refresh(library, "--write", "--strict")
    assert code == 1
    assert [f["rule"] for f in found["findings"]] == ["refresh-conflict"]
    assert case_of(library).read_bytes() == before


def test_the_same_sentence_is_a_conflict_and_nothing_is_written(library: Path) -> None:
    """Not even the places of the file that do not conflict, nor the record."""
    age(library, ("二十七处", "廿七处"), ("见底", "见抵"))
    edit(case_of(library), ("廿七处", "二十八处"))
    files = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    code, found = refresh(library, "--write")
    assert (code, found["written"]) == (0, [])
    assert {path: path.read_bytes() for path in files} == files
    (conflict,) = found["cases"][0]["conflicts"]
    assert "二十八处" in conflict["yours"]
    assert "二十七处" in conflict["today"]
    said = run_text("refresh_cases", "--library", library)
    assert "今天的规则会改 2 处，涉及 1 个案例，其中 0 个可以写入" in said.stdout
    assert "[refresh-conflict]" in said.stderr


def test_without_base_and_git_it_only_reports(library: Path) -> None:
    """Nobody knows which words are a person's."""
    age(library, ("二十七处", "廿七处"))
    change_base(library, lambda _: "")
    before = case_of(library).read_bytes()
    _, found = refresh(library, "--write")
    assert [f["rule"] for f in found["findings"]] == ["refresh-no-base"]
    assert "二十七处" in str(found["cases"][0]["diff"])
    assert case_of(library).read_bytes() == before


def git(folder: Path, *words: str) -> None:
    """Run git in a folder."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)


@pytest.fixture
def committed(library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library of an earlier version, which kept no base; since then rules have changed."""
    change_base(library, lambda _: "")
    git(library.parent, "init", "-q")
    monkeypatch.setattr(reimporting, "process", process_otherwise)
    return library


SWAPS = (("二十七处", "廿七处"), ("见底", "到底"))


def process_otherwise(document: DecodedFile, vocabulary: Vocabulary | None = None) -> SourceText:
    """As process, by rules that read two words of the source otherwise."""
    source = process(document, vocabulary)
    return replace(source, write_ups=tuple(map(read_otherwise, source.write_ups)))


def read_otherwise(write_up: WriteUp) -> WriteUp:
    """The write-up with the two words exchanged."""
    blocks = write_up.blocks
    for old, new in SWAPS:
        blocks = tuple(replace(block, text=block.text.replace(old, new)) for block in blocks)
    return replace(write_up, blocks=blocks)


def commit(library: Path) -> None:
    """Commit all of the library."""
    git(library.parent, "add", "-A")
    git(library.parent, "commit", "-qm", "case: 清沟")


def test_the_first_committed_version_is_the_base(committed: Path) -> None:
    """Also of a case that has another name since."""
    commit(committed)
    path = case_of(committed)
    edit(path, ("上游清了下游堵", "上游清了，下游又堵"), (r"(?m)^id: .*$", "id: qinggou"))
    path = path.rename(path.with_name("qinggou.md"))
    commit(committed)
    assert refresh(committed, "--write", "qinggou")[1]["findings"] == []
    text = path.read_text("utf-8")
    assert all(words in text for words in ("廿七处", "到底", "下游又堵"))
    assert refresh(committed, "--write")[1]["cases"] == []


def test_an_edit_before_the_first_commit_is_a_persons(committed: Path) -> None:
    """Contributors complete and correct a case first of all: nothing of that is taken back."""
    removed = block_text(committed, "二")
    edit(
        case_of(committed),
        ("上游清了下游堵", "上游清了，下游又堵"),
        ("没有劳力的人家可以出一辆板车。", ""),
        ("organ: .*", "organ: 河桥镇农业办"),
        ("kind: .*", "kind: 典型案例"),
        (r"\{\.outcome", "{.lesson"),
        (re.escape(removed), ""),
    )
    own = "\n## 四、补充 {.lesson #kown}\n\n账目每月贴一次。\n"
    edited = case_of(committed).read_text("utf-8") + own
    case_of(committed).write_text(edited, encoding="utf-8")
    commit(committed)
    assert refresh(committed, "--write")[1]["findings"] == []
    expected = edit_text(edited, *SWAPS)
    assert case_of(committed).read_text("utf-8") == expected


def test_a_shallow_clone_knows_no_first_version(committed: Path, tmp_path: Path) -> None:
    """Its oldest commit may hold years of edits."""
    commit(committed)
    edit(case_of(committed), ("半人深", "一人深"))
    commit(committed)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", committed.parent.as_uri(), str(clone))
    _, found = refresh(clone / "cases", "--write")
    assert [f["rule"] for f in found["findings"]] == ["refresh-no-base"]


LONGER = WRITE_UP + "四、几点启示\n办法要让群众自己定，账目要让群众看得见，工分榜每月贴一次。\n"


def test_blocks_taken_over_from_a_variant(library: Path, tmp_path: Path) -> None:
    """The variant and what a merge took over from it say the same afterwards: it can be undone."""
    other = tmp_path / "清沟（增补）.txt"
    other.write_text(LONGER.replace("41", "四十一"), encoding="utf-8")
    assert run_text("import_cases", other, "--out", library).returncode == 0
    short, long = sorted(library.glob("*.md"), key=lambda path: len(path.read_text("utf-8")))
    merge_files(library, short.stem, long.stem)
    files = [*library.glob("*.md"), *(library / "variants").glob("*.md")]
    taken = [path for path in files if "工分榜" in path.read_text("utf-8")]
    names = [path.name + STEPS_SUFFIX for path in (library / "sources").glob("*.txt")]
    for name in names:
        path = library / "sources" / name
        record, (part,) = read_record(path), read_record(path).parts
        source = read_stored_text(path.with_name(record.file)).text[part.start : part.end]
        base = unpack_base(part.base, source)
        assert base is not None
        old = casefile.parse(casefile.dump(base).replace("工分榜", "工分傍"))
        packed = pack_base(old, source)
        path.write_text(dump_record(replace(record, parts=(replace(part, base=packed),))), "utf-8")
    for path in taken:
        edit(path, ("工分榜", "工分傍"))
    assert refresh(library, "--write")[1]["findings"] == []
    assert all("工分榜" in path.read_text("utf-8") for path in taken)
    variants = list(load_library(library).variants)
    for variant in variants:
        assert unmerge_files(library, variant)[1] == []
    assert errors_of(library) == []


def test_line_ends_stay(library: Path) -> None:
    """A file that was saved on Windows keeps its line ends, and its blank lines."""
    age(library, ("二十七处", "廿七处"))
    path = case_of(library)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    before = path.read_bytes()
    refresh(library, "--write")
    assert path.read_bytes() == before.replace("廿七处".encode(), "二十七处".encode())


def test_an_unknown_case_is_one_sentence(library: Path) -> None:
    """Exit code 2, and nothing is written."""
    ended = run_text("refresh_cases", "meiyou", "--library", library, "--write")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "meiyou" in ended.stderr
