"""What `casebook refresh` does, with the tables that it needs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from casebook.library.case_refresh import RefreshConflict
from casebook.library.folder import load_library
from casebook.library.three_way import split_sentences
from casebook.model import as_dict
from casebook.pipeline.refreshing import (
    RefreshedCase,
    RefreshPlan,
    plan_refresh,
    write_refresh,
)
from casebook.runtime import cli

_NAMES = {
    "title": "标题",
    "kind": "文种",
    "organ": "单位",
    "region": "地区",
    "date": "日期",
    "level": "层级",
    "heading": "小标题",
    "role": "角色",
    "text": "正文",
    "repeated": "这一句合并后会在两处重复",
    "block": "这一块今天不再单独成块，固定链接不能丢",
}
"""What a conflict is about, for people."""


def run(options: argparse.Namespace) -> int:
    """Compare, write if asked, report. Returns the exit code."""
    library = load_library(options.library)
    chosen = frozenset(Path(name).name.removesuffix(".md") for name in options.cases)
    plan = plan_refresh(library, chosen)
    written = write_refresh(plan) if options.write else []
    if options.format == "json":
        cli.print_json(_as_json(plan, written))
    else:
        _report(plan, written, options.write)
    return cli.exit_code(plan.findings, options.strict)


def _as_json(plan: RefreshPlan, written: Sequence[Path]) -> dict[str, object]:
    cases = [
        {
            "id": case.id,
            "path": cli.display_path(case.path),
            "places": case.places,
            "reason": case.reason[0] if case.reason else "",
            "diff": "\n".join(_list_difference(case)),
            "conflicts": [as_dict(conflict) for conflict in case.conflicts],
        }
        for case in plan.cases
    ]
    return {
        "cases": cases,
        "written": [cli.display_path(path) for path in written],
        "findings": [as_dict(finding) for finding in plan.findings],
    }


def _report(plan: RefreshPlan, written: Sequence[Path], asked: bool) -> None:
    for case in plan.cases:
        cli.say(f"{cli.display_path(case.path)}：{case.places} 处", *_list_difference(case))
        for conflict in case.conflicts:
            cli.say(*_describe_conflict(conflict))
    cli.print_findings(plan.findings)
    places = sum(case.places for case in plan.cases)
    ready = sum(case.is_to_write for case in plan.cases)
    found = f"今天的规则会改 {places} 处，涉及 {len(plan.cases)} 个案例，其中 {ready} 个可以写入"
    if not plan.cases:
        cli.say("今天的规则不改任何案例。")
    elif written:
        cli.say(f"{found}；已写入 {len(written)} 个文件（案例和来源的记录）。")
    else:
        cli.say(f"{found}；没有写入文件{'' if asked or not ready else '，加 --write 写入'}。")


def _list_difference(case: RefreshedCase) -> Iterator[str]:
    """The difference between the file as it is and as it would be, in lines."""
    name = cli.display_path(case.path)
    before, after = (text.splitlines() for text in (case.before, case.after))
    yield from unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="", n=1)


def _describe_conflict(conflict: RefreshConflict) -> Iterator[str]:
    place = f"#{conflict.anchor} " if conflict.anchor else ""
    yield f"! {place}{_NAMES[conflict.field]}"
    if conflict.field == "text":
        yours, today = set(split_sentences(conflict.yours)), split_sentences(conflict.today)
        old = [piece for piece in split_sentences(conflict.yours) if piece not in set(today)]
        new = [piece for piece in today if piece not in yours]
        yield f"!   现在：{_show(old)}"
        yield f"!   今天：{_show(new)}"
    elif conflict.field != "block":
        yield f"!   现在：{conflict.yours}"
        yield f"!   今天：{conflict.today}"


def _show(pieces: Sequence[str]) -> str:
    return "".join(pieces).replace("\n", "") or "（没有）"
