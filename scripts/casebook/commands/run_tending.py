"""What `casebook rename` and `casebook split` do."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook.library.case_renaming import plan_case_renaming
from casebook.library.case_splitting import plan_splitting
from casebook.library.folder_edits import Edits, apply_edits
from casebook.model import UserError
from casebook.runtime import cli


def rename(options: argparse.Namespace) -> int:
    """Give a case another id. Returns the exit code."""
    folder = find_library(options.library)
    edits = plan_case_renaming(folder, options.old, options.new)
    perform(edits)
    cli.say(f"{options.old} 已改名为 {options.new}；旧网址 cases/{options.old}.html 会转到新网址。")
    return cli.OK


def split(options: argparse.Namespace) -> int:
    """Make several cases of one. Returns the exit code."""
    folder = find_library(options.library)
    edits, parts = plan_splitting(folder, options.id, options.at)
    if not options.dry_run:
        perform(edits)
    done = "会拆出" if options.dry_run else "已拆出"
    for part in parts:
        cli.say(f"{done} {part.id}《{part.title}》：{len(part.aliases)} 个旧网址转到这里。")
    return cli.OK


def find_library(folder: Path) -> Path:
    """The folder of a library. Raises UserError if there is none."""
    if not folder.is_dir():
        raise UserError(f"{folder}：没有这个案例文件夹。")
    return folder


def perform(edits: Edits) -> None:
    """Carry out edits, and list them."""
    apply_edits(edits)
    list_edits(edits, "已写入", "已移除")


def list_edits(edits: Edits, written: str, removed: str) -> None:
    """The files of edits, each on a line after what happens to it."""
    for said, is_gone in ((written, False), (removed, True)):
        for path in sorted(path for path, text in edits.items() if (text is None) is is_gone):
            cli.say(f"  {said} {cli.display_path(path)}")
