"""What `casebook new` does."""

from __future__ import annotations

import argparse

from casebook.model import UserError
from casebook.pipeline.library_skeleton import (
    NewLibrary,
    find_installed_package,
    read_package,
    write_library,
)
from casebook.runtime import cli
from casebook.site.site_settings import find_fault


def run(options: argparse.Namespace) -> int:
    """Write the library, say what comes next. Returns the exit code."""
    for key in ("name", "url", "repository"):
        if fault := find_fault(key, getattr(options, key)):
            raise UserError(f"--{fault}。")
    package = read_package(options.package) if options.package else find_installed_package()
    library = NewLibrary(options.name, options.url, options.repository, package)
    names = write_library(options.folder, library)
    place = cli.display_path(options.folder)
    cli.say(f"已建好 {place}，共 {len(names)} 个文件；下一步见 {place}/README.md。")
    return cli.OK
