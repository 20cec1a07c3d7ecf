#!/usr/bin/env python3
"""Build the site: cases/ and docs/ become a folder that opens by double-click."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from casebook import checks, cli
from casebook.building import build_into
from casebook.library import FOLDER, case_paths
from casebook.model import UserError

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, check the cases, build. Returns the exit code."""
    parser = cli.Parser(description="把案例和页面生成为静态站点。")
    parser.add_argument("--cases", type=Path, default=FOLDER, metavar="DIR", help="案例文件夹")
    parser.add_argument("--out", type=Path, default=ROOT / "site", metavar="DIR", help="站点文件夹")
    parser.add_argument("--strict", action="store_true", help="有警告也以 1 退出")
    options = parser.parse_args(arguments)
    if not case_paths(options.cases):
        raise UserError(f"{options.cases}：里面没有案例文件（*.md）。")
    errors = [f for f in checks.check_library(options.cases) if f.severity == "error"]
    if errors:
        cli.print_findings(errors)
        return cli.FINDINGS
    warnings = _build(options.cases.resolve(), options.out.resolve())
    print(f"站点已生成：{cli.shown(options.out)}（打开其中的 index.html 即可浏览）")
    return cli.FINDINGS if options.strict and warnings else cli.OK


def _build(cases: Path, out: Path) -> int:
    """Build by mkdocs into a scratch folder that then replaces `out`; returns its warnings."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    counter = _Warnings()
    logging.getLogger("mkdocs").addHandler(counter)

    def fill(folder: Path) -> None:
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder))
        config.extra["library"] = str(cases)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)

    build_into(out, fill)
    return counter.count


class _Warnings(logging.Handler):
    """Counts the warnings of mkdocs and passes them on to stderr."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Print one warning."""
        self.count += 1
        print(f"mkdocs：{record.getMessage()}", file=sys.stderr)


if __name__ == "__main__":
    cli.run(main)
