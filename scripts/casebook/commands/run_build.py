"""What `casebook build` does, with the site generator."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's banner says nothing to a reader

from casebook import checks
from casebook.commands.defaults import SETTINGS
from casebook.content import CONTENT
from casebook.library.folder import case_paths
from casebook.model import UserError
from casebook.pipeline.publication import Publication, leave_out, show_findings
from casebook.runtime import cli
from casebook.runtime.build_folder import build_into, previous_site
from casebook.runtime.cache import store_of
from casebook.site.site_colors import render_colors
from casebook.site.site_settings import SiteSettings, read_settings


def run(options: argparse.Namespace) -> int:
    """Check the cases, build. Returns the exit code."""
    gc.disable()  # a build makes millions of values that live until its end
    if not options.cases.is_dir():
        raise UserError(f"{options.cases}：没有这个文件夹，请用 --cases 指出案例文件夹。")
    if not case_paths(options.cases):
        raise UserError(f"{options.cases}：里面没有案例文件（*.md）。")
    if not any((options.template / name).is_file() for name in (SETTINGS, "mkdocs.yml")):
        raise UserError(f"{options.template}：里面没有 {SETTINGS} 或 mkdocs.yml。")
    findings = checks.check_library(options.cases, store_of(options.cases))
    if options.preview:
        return _build(options, show_findings(options.cases, findings))
    if not cli.exit_code(findings, options.strict):
        return _build(options, Publication())
    cli.print_findings([f for f in findings if options.strict or f.severity == "error"])
    if not options.keep_going:
        return cli.FINDINGS
    return _build(options, leave_out(options.cases, findings))


def _build(options: argparse.Namespace, publication: Publication) -> int:
    """Build by mkdocs into a scratch folder that then replaces `--out`. Returns the exit code."""
    cases, out, own = (p.resolve() for p in (options.cases, options.out, options.template))
    template = own if (own / "mkdocs.yml").is_file() else CONTENT
    settings = read_settings(own)
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    log = _Log(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(log)

    def fill(folder: Path) -> None:
        config = load_config(
            str(template / "mkdocs.yml"),
            site_dir=str(folder),
            strict=options.strict,
            hooks=[str(CONTENT / "scripts" / "mkdocs_hook.py")],  # a template need not have one
            **_name_options(settings),
        )
        if settings.logo:
            config.theme["logo"] = settings.logo
        config.extra["own"] = own
        config.extra["colors"] = render_colors(settings.color, settings.accent)
        config.extra["library"] = str(cases)
        config.extra["previous"] = previous_site(out)
        config.extra["publication"] = publication
        config.plugins.on_startup(command="build", dirty=False)
        build(config)

    try:
        build_into(
            out, fill, inputs=(cases, *(p / "docs" for p in (own, template)), CONTENT / "scripts")
        )
    except Abort:  # its reason has been logged: an error, or in strict mode a warning
        return cli.UNUSABLE if log.has_error else cli.FINDINGS
    gc.freeze()  # the exit collects nothing either
    cli.say(f"站点已生成：{cli.display_path(out)}（打开其中的 index.html 即可浏览）")
    return cli.OK


def _name_options(settings: SiteSettings) -> dict[str, str]:
    """What mkdocs calls the settings; variables that a workflow sets win over the file."""
    addresses = {"site_url": settings.url, "repo_url": settings.repository}
    named = {
        "site_name": settings.name,
        "site_description": settings.description,
        "copyright": settings.license,
        **{k: v for k, v in addresses.items() if not os.environ.get(f"CASEBOOK_{k.upper()}")},
    }
    return {name: value for name, value in named.items() if value}


class _Log(logging.Handler):
    """Passes the warnings and errors of mkdocs on to stderr."""

    has_error = False

    def emit(self, record: logging.LogRecord) -> None:
        """Print one message."""
        self.has_error |= record.levelno >= logging.ERROR
        cli.say(f"mkdocs：{record.getMessage()}", file=sys.stderr)
