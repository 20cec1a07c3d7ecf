"""A write-up whose import is refreshed: its library, and how tests call the command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from casebook.checks import check_library
from casebook.library import casefile
from casebook.library.imported_bases import pack_base, unpack_base
from casebook.library.source_records import STEPS_SUFFIX, dump_record, read_record
from casebook.library.stored_sources import read_stored_text
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


def block_text(library: Path, number: str) -> str:
    """An item of the case with its heading, as the file has it."""
    text = case_of(library).read_text("utf-8")
    found = re.search(rf"### （{number}）[^#]*(?:#k[^#]*)?", text)
    assert found
    return found[0]
