"""The adapter between mkdocs and casebook.site; all pages are made there."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from casebook.library import load_library
from casebook.site import site_data, site_files, site_pages
from casebook.site.html import Page as SitePage

_pages: dict[str, SitePage] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let `mkdocs serve` watch the library."""
    config.watch.append(_folder(config))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages and the received documents."""
    library = load_library(Path(_folder(config)))
    _pages.clear()
    _pages.update(site_pages(library))
    for path, page in _pages.items():
        files.append(File.generated(config, path, content=_front_matter(page)))
    for address, content in site_data(library).items():
        files.append(File.generated(config, address, content=content))
    for address, source in site_files(library).items():
        files.append(File.generated(config, address, abs_src_path=str(source)))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a generated page its content and its table of contents."""
    made = _pages.get(page.file.src_uri)
    if made is None:
        return html
    page.toc = get_toc(_toc_tokens(made))  # type: ignore[arg-type]
    return made.html


def _folder(config: MkDocsConfig) -> str:
    folder: str = config.extra["library"]
    return str((Path(config.config_file_path).parent / folder).resolve())


def _front_matter(page: SitePage) -> str:
    """Front matter for the theme, which prints it unescaped: so it is escaped here."""
    lines = [f"title: {_quoted(page.title)}", f"description: {_quoted(page.description)}"]
    lines += ["hide: [navigation, toc]" if page.wide else "hide: [navigation]"]
    lines += [f"refresh: {_quoted(page.refresh)}"] if page.refresh else []
    return "---\n" + "\n".join(lines) + "\n---\n"


def _quoted(value: str) -> str:
    return "'" + escape(" ".join(value.split()), quote=True) + "'"


def _toc_tokens(page: SitePage) -> list[dict[str, Any]]:
    """The flat table of contents as nested tokens; level 1 is the title itself."""
    root: list[dict[str, Any]] = []
    stack: list[dict[str, Any]] = []
    for item in page.toc:
        name = escape(item.title)
        token = {"level": item.level, "id": item.id, "name": name, "html": name}
        token |= {"children": [], "data-toc-label": ""}
        while stack and stack[-1]["level"] >= item.level:
            stack.pop()
        (stack[-1]["children"] if stack else root).append(token)
        stack.append(token)
    return root
