"""The adapter between mkdocs and casebook.site; all pages are made there.

The theme renders the pages of the navigation and one shell of each kind; every other page fills
a shell, which is ten times as fast.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
if (SCRIPTS / "casebook").is_dir():  # a checkout; elsewhere the package is installed
    sys.path.insert(0, str(SCRIPTS))
    import checkout  # noqa: F401 (says where the content is)

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import log

from casebook.model import UserError
from casebook.runtime.background import BackgroundTask
from casebook.runtime.build_folder import Output, mark
from casebook.runtime.cache import store_of
from casebook.site import site_of
from casebook.site.html import SitePage
from casebook.site.links import Links
from casebook.site.on_demand import library_on_demand
from casebook.site.prepare import prepared_cases
from casebook.site.search_page import search_tasks
from casebook.site.shell import (
    Shell,
    front_matter,
    kind_of,
    shell_name,
    shell_page,
    toc_tokens,
)
from casebook.site.sitemap import sitemap

_pages: dict[str, SitePage] = {}
_filled: dict[str, SitePage] = {}
_shells: dict[str, Shell] = {}
_links = Links()
_indexing: list[BackgroundTask] = []
_commands: list[str] = []


def on_startup(command: str, dirty: bool) -> None:
    """Note whether the site is built or served."""
    _commands[:] = [command]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let `mkdocs serve` watch the library."""
    config.watch.append(str(_folder(config)))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages that the theme renders, the shells and the received documents."""
    try:
        folder = _folder(config)
        store = store_of(folder)
        prepared = prepared_cases(folder, store)
        library = library_on_demand(folder)
        _index(search_tasks(prepared, library.vocabulary, store, _output(config)))
        made = site_of(prepared, library, _edit_address(config), store)
    except UserError as error:
        raise PluginError(str(error)) from error
    _sort_out(made.pages, config)
    for path, page in _pages.items():
        files.append(File.generated(config, path, content=front_matter(page)))
    for address, source in made.files.items():
        files.append(File.generated(config, address, abs_src_path=str(source)))
    _links.start(file.dest_uri for file in files)
    return files


def _index(tasks: Iterable[Callable[[], None]]) -> None:
    """Make the search index beside the pages; that of the build before is of no use any more."""
    while _indexing:
        _indexing.pop().stop()
    _indexing.extend(map(BackgroundTask, tasks))


def _sort_out(pages: Mapping[str, SitePage], config: MkDocsConfig) -> None:
    """Leave to the theme what stands in the navigation, or not one folder deep as the shells."""
    named = {path for entry in config.nav or () for path in entry.values()}
    for kept in (_pages, _filled, _shells):
        kept.clear()
    for path, page in pages.items():
        (_pages if path in named or path.count("/") != 1 else _filled)[path] = page
    for kind in {kind_of(page) for page in _filled.values()}:
        _pages[f"cases/{shell_name(kind)}.md"] = shell_page(kind)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a generated page its content and its table of contents."""
    made = _pages.get(page.file.src_uri)
    if made is None:
        return html
    page.toc = get_toc(toc_tokens(made))  # type: ignore[arg-type]
    return made.html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep a shell and write no page for it; note the links of all others."""
    path = Path(page.file.src_uri)
    if path.stem.startswith(shell_name("")):
        _shells[path.stem.removeprefix(shell_name(""))] = Shell.of(output)
        return ""
    _links.add(page.file.dest_uri, output)
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the shells, check all links, and say that the folder is a site."""
    output = _output(config)
    for path, page in _filled.items():
        address = path.removesuffix(".md") + ".html"
        filled = _shells[kind_of(page)].fill(page, address)
        output.write(address, filled.encode())
        _links.add(address, page.html)
    if _commands != ["serve"]:  # a preview shows the pages at once, the index is ready soon after
        for indexing in _indexing:
            indexing.wait()
    for broken in _links.broken():
        log.warning(broken)
    _write_sitemap(config)
    mark(Path(config.site_dir))


def on_build_error(error: Exception) -> None:
    """Nothing is written into a folder that is given up."""
    for indexing in _indexing:
        indexing.stop()


def _write_sitemap(config: MkDocsConfig) -> None:
    """All pages in place of those that mkdocs knows; none where the site has no address."""
    path = Path(config.site_dir) / "sitemap.xml"
    for made in (path, path.with_suffix(".xml.gz")):
        made.unlink(missing_ok=True)
    if config.site_url:
        path.write_text(sitemap(config.site_url, _links.pages()), encoding="utf-8")


def _edit_address(config: MkDocsConfig) -> str:
    """Where the repository's case files are edited; '' without a repository."""
    if not config.repo_url:
        return ""
    return f"{config.repo_url.rstrip('/')}/edit/main/{config.extra['library']}/"


def _output(config: MkDocsConfig) -> Output:
    """The folder that is filled; `mkdocs` by itself knows of no site built before."""
    return Output(Path(config.site_dir), config.extra.get("before"))


def _folder(config: MkDocsConfig) -> Path:
    folder: str = config.extra["library"]
    return (Path(config.config_file_path).parent / folder).resolve()
