"""The adapter between mkdocs and casebook.site; all pages are made there.

The theme renders the pages of the navigation and one shell of each kind; every other page fills
a shell, which is ten times as fast.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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

from casebook.checks import check_library
from casebook.export.feeds import FEED, make_feeds
from casebook.export.open_data import make_case_file, make_tables
from casebook.export.site_files import list_export_tasks, list_word_addresses
from casebook.library.folder import Library
from casebook.model import UserError
from casebook.pipeline.publication import Publication, show_findings
from casebook.runtime.background import BackgroundTask
from casebook.runtime.build_folder import Output, mark
from casebook.runtime.cache import Store, store_of
from casebook.runtime.file_names import is_plain_file, path_below
from casebook.runtime.git_files import FileDates, read_file_dates
from casebook.site import generate_site
from casebook.site.case_page import data_address
from casebook.site.content_policy import ContentPolicy, protect_lone_page, refuse_scripts
from casebook.site.html import SitePage
from casebook.site.links import Links
from casebook.site.on_demand import open_library_on_demand
from casebook.site.prepare import PreparedCase, prepare_cases
from casebook.site.repository_links import link_repository
from casebook.site.search_page import list_search_tasks
from casebook.site.shell import (
    Shell,
    build_toc_tokens,
    choose_shell_kind,
    dump_front_matter,
    make_shell_page,
    name_shell,
    render_bare_page,
)
from casebook.site.sitemap import render_sitemap
from casebook.site.structured_data import SiteFacts, usable_address
from casebook.site.theme_assets import drop_search_worker, drop_source_map, is_unused_asset

COLORS = "styles/own-colors.css"
"""The style sheet of the colors in site.yml."""


@dataclass
class _Build:
    """What one build carries from event to event.

    `pages` are rendered by the theme, `filled` go into `shells`, by the kind of the page.
    """

    pages: dict[str, SitePage] = field(default_factory=dict)
    filled: dict[str, SitePage] = field(default_factory=dict)
    shells: dict[str, Shell] = field(default_factory=dict)
    links: Links = field(default_factory=Links)
    policy: ContentPolicy = field(default_factory=ContentPolicy)
    indexing: list[BackgroundTask] = field(default_factory=list)

    def sort_pages(self, pages: Mapping[str, SitePage], config: MkDocsConfig) -> None:
        """Leave to the theme what is in the navigation, or not one folder deep as the shells."""
        named = set(_list_paths(config.nav or ()))
        for path, page in pages.items():
            by_theme = path in named or path.count("/") != 1
            (self.pages if by_theme else self.filled)[path] = page
        for kind in {choose_shell_kind(page) for page in self.filled.values() if not page.bare}:
            self.pages[f"cases/{name_shell(kind)}.md"] = make_shell_page(kind)

    def stop(self) -> None:
        """Stop the work in the background."""
        for task in self.indexing:
            task.stop()


_build = _Build()
_serving = False


def on_startup(command: str, dirty: bool) -> None:
    """Note whether the site is built or served."""
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let `mkdocs serve` watch the library; an address that is none is not used."""
    config.watch.append(str(_folder(config)))
    config.site_url = usable_address(config.site_url)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages that the theme renders, the shells and the received documents."""
    global _build
    _build.stop()  # an unfinished index of an earlier build is stale
    _build = _Build()
    _select_theme_files(files, config)
    _use_own_files(files, config)
    with _failing_as_mkdocs_does():
        folder = _folder(config)
        store = store_of(folder)
        chosen = _choose_files(config, folder, store)
        prepared = prepare_cases(folder, store, chosen.without)
        library = open_library_on_demand(folder, chosen.without)
        tasks = list_search_tasks(prepared, library.vocabulary, _output(config))
        tasks += list_export_tasks(prepared, config.site_url or "", _output(config))
        _build.indexing += map(BackgroundTask, tasks)
        names = {each.case.id: f"{each.case.id}.md" for each in prepared}
        known = read_file_dates(folder)
        dates = {i: known[name] for i, name in names.items() if name in known}
        changed = {case_id: found.changed[:10] for case_id, found in dates.items()}
        facts = SiteFacts(config.site_name, config.site_url or "", changed)
        edit = _edit_address(config)
        made = generate_site(prepared, library, edit, store, chosen.notices, facts)
        tables = _make_data(prepared, library, dates, config)
    _build.sort_pages(made.pages, config)
    for path, page in _build.pages.items():
        files.append(File.generated(config, path, content=dump_front_matter(page)))
    for address, source in made.files.items():
        files.append(File.generated(config, address, abs_src_path=str(source)))
    for address, text in {**made.texts, **tables}.items():
        files.append(File.generated(config, address, content=text))
    data = (data_address(each.case.id) for each in prepared)
    exported = list_word_addresses(prepared)
    _build.links = Links([*exported, *data, *(file.dest_uri for file in files)])
    return files


def _list_paths(nav: Iterable[Any]) -> Iterator[str]:
    """The pages of a navigation, whatever their depth in it."""
    for entry in nav:
        for page in entry.values() if isinstance(entry, dict) else (entry,):
            yield from _list_paths(page) if isinstance(page, list) else (page,)


def _select_theme_files(files: Files, config: MkDocsConfig) -> None:
    """Leave out the files of the theme that no page loads, and what names them in the others."""
    for file in [each for each in files if each.src_uri.startswith("assets/")]:
        if is_unused_asset(file.src_uri):
            files.remove(file)
        elif file.src_uri.endswith((".min.js", ".min.css")):
            text = drop_source_map(file.content_string)
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=text))


def _use_own_files(files: Files, config: MkDocsConfig) -> None:
    """Let a library's pages, pictures and colors replace those that come with the package."""
    docs = Path(config.extra.get("own") or "") / "docs"
    for path in sorted(docs.rglob("*")) if docs != Path(config.docs_dir) else ():
        name = path.relative_to(docs).as_posix()
        hidden = config.exclude_docs and config.exclude_docs.match_file(name)
        if is_plain_file(path) and not hidden:
            if replaced := files.get_file_from_path(name):
                files.remove(replaced)
            files.append(File(name, str(docs), config.site_dir, config.use_directory_urls))
    if colors := config.extra.get("colors"):
        files.append(File.generated(config, COLORS, content=colors))
        config.extra_css.append(COLORS)


def _make_data(
    prepared: Sequence[PreparedCase],
    library: Library,
    dates: Mapping[str, FileDates],
    config: MkDocsConfig,
) -> dict[str, str]:
    """Write the data of each case; returns those of the library and the feeds by address."""
    url = config.site_url or ""
    output = _output(config)
    for each in prepared:
        output.write(data_address(each.case.id), make_case_file(each, url).encode())
    roles = {role.id: role.name for role in library.vocabulary.roles.values()}
    feeds = make_feeds(prepared, dates, config.site_name, config.site_description or "", url)
    config.extra["feed"] = FEED in feeds
    return make_tables(prepared, roles, url) | feeds


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let hand-written pages lead to places in the repository."""
    return link_repository(markdown, config.repo_url or "")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a generated page its content and its table of contents."""
    made = _build.pages.get(page.file.src_uri)
    if made is None:
        return html
    page.toc = get_toc(build_toc_tokens(made))  # type: ignore[arg-type]
    return made.html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep a shell and write no page for it; note the links of all others."""
    output = _protect(page.file.dest_uri, drop_search_worker(output), page.content or "")
    path = Path(page.file.src_uri)
    if path.stem.startswith(name_shell("")):
        _build.shells[path.stem.removeprefix(name_shell(""))] = Shell.parse(output)
        return ""
    _build.links.add(page.file.dest_uri, output)
    return output


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Protect a page that stands by itself."""
    if _serving or not template_name.endswith(".html"):
        return output
    return protect_lone_page(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the shells, check all links, and mark the folder as a site."""
    output = _output(config)
    for path, page in _build.filled.items():
        address = path.removesuffix(".md") + ".html"
        if page.bare:  # no page that a sitemap lists
            output.write(address, render_bare_page(page).encode())
            continue
        with _failing_as_mkdocs_does():
            refuse_scripts(address, page.html)
        filled = _build.shells[choose_shell_kind(page)].fill(page, address)
        output.write(address, filled.encode())
        _build.links.add(address, page.html)
    if not _serving:  # a preview shows the pages at once, and the index soon after
        for task in _build.indexing:
            task.wait()
    for broken in _build.links.find_broken():
        log.warning(broken)
    _write_sitemap(config)
    mark(Path(config.site_dir))


def _protect(address: str, page: str, content: str) -> str:
    """A page with its policy; a preview has none, because mkdocs writes a script into each page."""
    if _serving:
        return page
    with _failing_as_mkdocs_does():
        return _build.policy.protect_layout(address, page, content)


@contextmanager
def _failing_as_mkdocs_does() -> Iterator[None]:
    """Let mkdocs print the one sentence of an error, without a traceback."""
    try:
        yield
    except UserError as error:
        raise PluginError(str(error)) from error


def on_build_error(error: Exception) -> None:
    """Write nothing into a folder that is given up."""
    _build.stop()


def _choose_files(config: MkDocsConfig, folder: Path, store: Store) -> Publication:
    """What the build command has chosen; else all, in a preview with what the check says."""
    if _serving:
        return show_findings(folder, check_library(folder, store))
    chosen: Publication = config.extra.get("publication") or Publication()
    return chosen


def _write_sitemap(config: MkDocsConfig) -> None:
    """List all pages, not only those that mkdocs knows; none where the site has no address."""
    path = Path(config.site_dir) / "sitemap.xml"
    for made in (path, path.with_suffix(".xml.gz")):
        made.unlink(missing_ok=True)
    if config.site_url:
        pages = _build.links.list_pages()
        path.write_text(render_sitemap(config.site_url, pages), encoding="utf-8")


def _edit_address(config: MkDocsConfig) -> str:
    """Where the repository's case files are edited; '' without one, or for a library outside it."""
    own = config.extra.get("own") or Path(config.config_file_path).resolve().parent
    below = path_below(_folder(config), own)
    if not config.repo_url or not below:
        return ""
    edit = str(config.extra.get("edit_uri") or "edit/main/").strip("/")
    return f"{config.repo_url.rstrip('/')}/{edit}/{below}/"


def _output(config: MkDocsConfig) -> Output:
    """The folder that is filled; the build command says which site it replaces."""
    return Output(Path(config.site_dir), config.extra.get("previous"))


def _folder(config: MkDocsConfig) -> Path:
    folder: str = config.extra["library"]
    return (Path(config.config_file_path).parent / folder).resolve()
