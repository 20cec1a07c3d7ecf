"""The adapter between mkdocs and casebook.site; all pages are made there."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from casebook.building import mark
from casebook.library import load_library
from casebook.model import UserError
from casebook.site import make_site
from casebook.site.html import Page as SitePage
from casebook.site.shell import front_matter, toc_tokens

_pages: dict[str, SitePage] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let `mkdocs serve` watch the library."""
    config.watch.append(str(_folder(config)))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages and the received documents."""
    try:
        site = make_site(load_library(_folder(config)))
    except UserError as error:
        raise PluginError(str(error)) from error
    _pages.clear()
    _pages.update(site.pages)
    for path, page in site.pages.items():
        files.append(File.generated(config, path, content=front_matter(page)))
    for address, content in site.data.items():
        files.append(File.generated(config, address, content=content))
    for address, source in site.files.items():
        files.append(File.generated(config, address, abs_src_path=str(source)))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a generated page its content and its table of contents."""
    made = _pages.get(page.file.src_uri)
    if made is None:
        return html
    page.toc = get_toc(toc_tokens(made))  # type: ignore[arg-type]
    return made.html


def on_post_build(config: MkDocsConfig) -> None:
    """Say that the folder is a site, which the next build may replace."""
    mark(Path(config.site_dir))


def _folder(config: MkDocsConfig) -> Path:
    folder: str = config.extra["library"]
    return (Path(config.config_file_path).parent / folder).resolve()
