"""What `casebook pull-request comment` and `push` do, in a workflow of the default branch."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from casebook.content import VOCABULARY as DEFAULT_VOCABULARY
from casebook.forge.pull_comment import comment_on_run
from casebook.forge.pull_fixes import push_fixes
from casebook.forge.run_event import read_run_event
from casebook.library.folder import VOCABULARY, own_folder
from casebook.model import UserError
from casebook.runtime import cli
from casebook.runtime.github_api import GitHub


def run(options: argparse.Namespace) -> int:
    """Read the event, comment or commit. Returns the exit code."""
    if not (event := os.environ.get("GITHUB_EVENT_PATH")):
        raise UserError("没有设置环境变量 GITHUB_EVENT_PATH；这个命令在 GitHub 的工作流里运行。")
    finished, github = read_run_event(Path(event)), GitHub.from_environment()
    if options.step == "comment":
        server = os.environ.get("GITHUB_SERVER_URL") or "https://github.com"
        cli.say(comment_on_run(finished, github, server))
        return cli.OK
    own = own_folder(options.cases, VOCABULARY)
    cli.say(push_fixes(finished, github, own if own.is_dir() else DEFAULT_VOCABULARY))
    return cli.OK
