"""What `casebook remove` does."""

from __future__ import annotations

import argparse
import shlex

from casebook.commands.run_tending import find_library, list_edits, perform
from casebook.library.case_removal import plan_removal
from casebook.library.folder import SOURCES, load_library
from casebook.library.folder_edits import Edits
from casebook.pipeline.one_against_many import forget_fingerprints
from casebook.runtime import cache, cli


def remove(options: argparse.Namespace) -> int:
    """Take cases down. Returns the exit code."""
    library = load_library(find_library(options.library))
    edits, entry = plan_removal(library, options.ids, options.reason.strip())
    if options.dry_run:
        list_edits(edits, "会写入", "会移除")
        return cli.OK
    perform(edits)
    cache.forget(library.folder)
    forget_fingerprints(library.folder)
    cli.say(f"已撤下 {'、'.join(entry.ids)}，登记在 {library.folder / 'removed.yml'}。")
    cli.say(*_list_left(edits))
    return cli.OK


def _list_left(edits: Edits) -> list[str]:
    """What a command of this project cannot remove, and how it is done."""
    old = [path for path, text in edits.items() if text is None or path.parent.name == SOURCES]
    paths = " ".join(f"--path {shlex.quote(cli.display_path(path))}" for path in sorted(old))
    return [
        "还要做：",
        "  1. 重新生成站点（casebook build 或 make site）并发布；"
        "删去旧的 zip、review.html 和别处的副本。",
        "  2. git 的历史里仍有原文。提交以后，在全新的克隆里（仓库根目录）运行，再强制推送：",
        f"     git filter-repo --invert-paths {paths}",
        "     其中还在的文件（缩减了的修复记录）先另存，清理以后再提交一次。"
        "别人的克隆和复刻不受影响；代码托管站点的缓存要请它清除。",
        "  3. 别的文件（其他案例、文档）里引用过的句子，filter-repo 要另用 --replace-text。",
    ]
