"""`casebook refresh`: cases of an earlier import, edited since, meet what import makes now."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from casebook.library import casefile
from casebook.library.folder import load_library
from casebook.library.imported_bases import pack_base, unpack_base
from casebook.library.merge_files import merge_files, unmerge_files
from casebook.library.source_records import STEPS_SUFFIX, dump_record, read_record
from casebook.library.stored_sources import read_stored_text
from commands import run_text
from refreshed import (
    NAME,
    WRITE_UP,
    age,
    block_text,
    case_of,
    change_base,
    edit,
    edit_text,
    errors_of,
    list_addresses,
    refresh,
)


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
