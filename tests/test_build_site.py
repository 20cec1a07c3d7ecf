"""The site as built: whole or not at all, the same by either way, and safe whatever a case says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from casebook.model import Block, Case, VariantRef
from casebook.runtime.cache import PARALLEL
from frozen import LIBRARY
from site_library import HOSTILE, make_case, write_library, write_source

ROOT = Path(__file__).parents[1]
QUIET = os.environ | {"NO_MKDOCS_2_WARNING": "1"}


def run(*command: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python command in a process of its own."""
    return subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=QUIET | environment,
        timeout=600,  # seconds; a process that waits for another one for ever is a failure
    )


def build_site(cases: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run build_site.py."""
    return run(ROOT / "scripts" / "build_site.py", "--cases", cases, "--out", out, *options)


def mkdocs_build(cases: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` as a person would, on another library; it has no gate before it."""
    config = ROOT / "mkdocs.yml"
    command = ("-m", "mkdocs", "build", "--quiet", "-f", config, "-d", out)
    return run(*command, CASEBOOK_CASES=str(cases), **environment)


def files_of(site: Path) -> dict[str, bytes]:
    """Every file of a site; gzip writes the time into the compressed sitemap."""
    found = (path for path in site.rglob("*") if path.is_file() and path.suffix != ".gz")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def make_library(folder: Path) -> Path:
    """A library with a vocabulary, a source, a case and its variant."""
    shutil.copytree(LIBRARY / "vocabulary", folder / "vocabulary")
    source = write_source(folder, "流程 #1.txt", "某区经验材料\n近年来，某区做了一些事。")
    case = make_case(sources=(source,), variants=(VariantRef("b", "contains"),))
    return write_library(folder, case, variants=[make_case("b", "某区经验材料（节选）")])


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Such a library, which a test may change."""
    return make_library(tmp_path / "library")


# --- what is built


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site for tests that only read it, built from such a library without a warning."""
    folder = tmp_path_factory.mktemp("built")
    made = build_site(make_library(folder / "library"), folder / "site", "--strict")
    assert (made.returncode, made.stderr) == (0, "")
    return folder / "site"


def test_a_library_becomes_a_site_without_a_warning(built: Path) -> None:
    """Pages, lists, data, received files."""
    made = files_of(built)
    assert {"index.html", "cases/a.html", "cases/b.html", "lists/practices.html"} <= set(made)
    assert made["sources/流程 #1.txt"].decode().startswith("某区经验材料")
    assert 'http-equiv="refresh" content="0; url=a.html"' in made["cases/b.html"].decode()


def test_every_page_has_one_title(built: Path) -> None:
    """The theme adds no heading of its own above that of a page."""
    pages = {path.name: path.read_text(encoding="utf-8") for path in built.rglob("*.html")}
    assert {name: html.count("<h1") for name, html in pages.items() if html.count("<h1") != 1} == {}


def test_mkdocs_builds_the_same_site(library: Path, built: Path, tmp_path: Path) -> None:
    """`mkdocs build`, also without forking, writes the bytes that build_site.py writes.

    Either replaces the other.
    """
    spawned = mkdocs_build(library, tmp_path / "two", CASEBOOK_START_METHOD="spawn")
    assert spawned.returncode == 0, spawned.stderr
    assert files_of(built) == files_of(tmp_path / "two")
    assert build_site(library, tmp_path / "two").returncode == 0


def test_a_preview_of_many_cases_needs_no_forking(library: Path, tmp_path: Path) -> None:
    """So many that they are shared out among processes, which macOS and Windows cannot fork."""
    write_library(library, *(make_case(f"c{n:03}", f"第{n}篇") for n in range(PARALLEL)))
    made = mkdocs_build(library, tmp_path / "site", CASEBOOK_START_METHOD="spawn")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "site" / "cases" / f"c{PARALLEL - 1:03}.html").is_file()


def test_a_site_over_an_old_one_is_the_site_of_a_fresh_folder(
    library: Path, tmp_path: Path
) -> None:
    """A case that changed, one that came and one that went."""
    write_library(library, make_case("c", "某县经验材料"), make_case("d", "某镇经验材料"))
    assert build_site(library, tmp_path / "site").returncode == 0
    write_library(library, make_case("a", "某区的新经验"), make_case("e", "某村经验材料"))
    (library / "c.md").unlink()
    for name in ("site", "fresh"):
        assert build_site(library, tmp_path / name).returncode == 0
    assert files_of(tmp_path / "site") == files_of(tmp_path / "fresh")
    made = files_of(tmp_path / "site")
    assert "cases/e.html" in made
    assert "cases/c.html" not in made
    assert "新经验" in made["cases/a.html"].decode()


def test_a_template_is_settings_and_pages_and_nothing_else(library: Path, tmp_path: Path) -> None:
    """What another organization changes; the hook comes from the package."""
    template = tmp_path / "template"
    shutil.copytree(ROOT / "docs", template / "docs")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = settings.replace("site_name: 经验库", "site_name: 某市经验库")
    (template / "mkdocs.yml").write_text(named, encoding="utf-8")
    made = build_site(library, tmp_path / "site", "--template", str(template))
    assert (made.returncode, made.stderr) == (0, "")
    assert "某市经验库" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    (template / "docs" / "about.md").write_text("# 关于\n\n<script>a()</script>", encoding="utf-8")
    refused = build_site(library, tmp_path / "refused", "--template", str(template))
    assert (refused.returncode, (tmp_path / "refused").exists()) == (2, False)
    assert "about.html：正文里有 <script>" in refused.stderr
    assert "Traceback" not in refused.stderr
    missing = build_site(library, tmp_path / "none", "--template", str(tmp_path))
    assert (missing.returncode, missing.stderr) == (
        2,
        f"{tmp_path}：里面没有 site.yml 或 mkdocs.yml。\n",
    )


def test_a_published_site_knows_its_repository_and_its_address(
    library: Path, tmp_path: Path
) -> None:
    """Edit links, sitemap, the page for lost addresses, a notice; also of a site below another.

    None shows a path of the machine that built it; a library elsewhere has no edit links.
    """
    repository = "https://example.org/casebook"
    addresses = {
        "CASEBOOK_REPO_URL": repository,
        "CASEBOOK_SITE_URL": "https://ku.casebook.test/ku",
        "CASEBOOK_EDIT_URI": "edit/trunk/",
        "CASEBOOK_NOTICE": "网站在试用，请<联系>我们。",
    }
    template = tmp_path / "checkout"
    shutil.copytree(ROOT / "docs", template / "docs")
    shutil.copy(ROOT / "mkdocs.yml", template)
    shutil.copytree(library, template / "cases")
    for cases, address in (
        (template / "cases", f"{repository}/edit/trunk/cases/a.md"),
        (library, ""),
    ):
        out = tmp_path / f"site-{bool(address)}"
        command = [ROOT / "scripts" / "build_site.py", "--cases", cases, "--out", out]
        made = run(*command, "--template", template, **addresses)
        assert made.returncode == 0, made.stderr
        page = (out / "cases" / "a.html").read_text(encoding="utf-8")
        assert re.findall(r'href="([^"]*/edit/[^"]*)"', page) == [address] * bool(address)
        assert '"https://ku.casebook.test/ku/"' in (out / "404.html").read_text(encoding="utf-8")
        listed = re.findall("<loc>(.*)</loc>", (out / "sitemap.xml").read_text(encoding="utf-8"))
        assert "https://ku.casebook.test/ku/cases/a.html" in listed
        assert all(each.startswith("https://ku.casebook.test/ku/") for each in listed)
        pages = [path.read_text(encoding="utf-8") for path in out.rglob("*.html")]
        assert not [page for page in pages if str(tmp_path) in page]
        full = [page for page in pages if 'http-equiv="refresh"' not in page]
        assert all("网站在试用，请&lt;联系&gt;我们。" in page for page in full)
        guide = (out / "contributing.html").read_text(encoding="utf-8")
        assert f'href="{repository}/issues/new/choose"' in guide
        assert f'href="{repository}/tree/HEAD/cases/sources"' in guide


def test_pages_without_a_repository_name_none(built: Path) -> None:
    """What would lead there is text."""
    guide = (built / "contributing.html").read_text(encoding="utf-8")
    assert "repository:" not in guide and "新建一个 issue" in guide
    assert not re.search(r"<a[^>]*>新建一个 issue", guide)


@pytest.mark.skipif(os.name == "nt", reason="file numbers of Windows are not stable")
def test_a_file_that_did_not_change_is_linked_to_the_previous_build(
    library: Path, tmp_path: Path
) -> None:
    """Pages and index of the second build are the files of the first one, not copies."""
    files: list[dict[str, int]] = []
    for _ in range(2):
        assert build_site(library, tmp_path / "site").returncode == 0
        made = [tmp_path / "site" / "cases" / "a.html", *(tmp_path / "site").rglob("data/*.js")]
        files.append({path.name: path.stat().st_ino for path in made})
    assert len(files[0]) > 2
    assert files[0] == files[1]


def test_no_page_asks_another_host_or_the_root_for_anything(built: Path) -> None:
    """Every stylesheet, script and picture is named relative to its page."""
    for path in built.rglob("*.html"):
        loaded = [value for _, value in Elements.of(path).loads]
        assert loaded or path.name == "404.html"
        assert [value for value in loaded if re.match(r"/|[a-z]+:", value)] == [], path


# --- what a case may not do


class Elements(HTMLParser):
    """What of a page can run or load: scripts, event handlers, addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.loads: list[tuple[str, str]] = []
        self._inside = False

    @classmethod
    def of(cls, path: Path) -> Elements:
        """Parse a file as a browser would."""
        parser = cls()
        parser.feed(path.read_text(encoding="utf-8"))
        parser.close()
        return parser

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect an element's scripts and addresses."""
        values = {name: value or "" for name, value in attrs}
        self._inside = tag == "script"
        self.handlers += [f"{tag} {name}" for name in values if name.startswith("on")]
        if tag in ("script", "img", "iframe", "link", "object", "embed", "svg:script"):
            source = values.get("src") or values.get("href", "")
            self.loads += [(tag, source)] if source else []
        elif "href" in values:
            self.links.append(values["href"])

    def handle_data(self, data: str) -> None:
        """Collect the text of a script."""
        if self._inside:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """A script ends."""
        self._inside = False


def hostile_case() -> Case:
    """A case with markup wherever a contributor can write anything."""
    links = "[x](javascript:alert(1)) [y](data:text/html,z) <a onclick=alert(1)>z</a>"
    blocks = (
        Block(1, HOSTILE, "background", f"{HOSTILE} {links}"),
        Block(2, f"主要做法 {HOSTILE}", "practice", HOSTILE, "k001"),
        Block(3, None, "practice", HOSTILE, "k002"),
    )
    fields = dict.fromkeys(("kind", "organ", "region", "contributor"), HOSTILE)
    return make_case("a", HOSTILE, blocks=blocks, themes=(HOSTILE,), **fields)


def test_nothing_that_a_case_says_can_run(library: Path, built: Path, tmp_path: Path) -> None:
    """Even without the gate, a hostile case adds no script, handler, load or odd link to a page."""
    hostile = replace(hostile_case(), variants=(VariantRef("b", "near"),))
    write_library(library, hostile, variants=[replace(hostile, id="b", variants=())])
    assert mkdocs_build(library, tmp_path / "site").returncode == 0
    for path in sorted((tmp_path / "site").rglob("*.html")):
        found = Elements.of(path)
        usual = Elements.of(built / path.relative_to(tmp_path / "site"))
        assert found.scripts == usual.scripts, path
        assert found.loads == usual.loads, path
        assert found.handlers == [], path
        assert [link for link in found.links if re.match("(?!https?:)[a-z]+:", link)] == [], path
    title = (tmp_path / "site" / "cases" / "a.html").read_text(encoding="utf-8")
    assert "<title>&lt;script&gt;" in title


# --- refusals: one sentence, nothing written


def refusals(folder: Path) -> Iterator[tuple[Path, Path, str]]:
    """Calls that cannot work: cases, out, what the sentence says."""
    good = write_library(folder / "good", make_case())
    (folder / "empty").mkdir()
    mine = folder / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("my only copy", encoding="utf-8")
    new = folder / "new"
    yield folder / "missing", new, "没有这个文件夹"
    yield good / "a.md", new, "没有这个文件夹"
    yield folder / "empty", new, "没有案例文件"
    yield good, mine, "不是先前生成的站点"
    yield good, mine / "thesis.txt", "不是先前生成的站点"
    yield good, good / "site", "不能放在那里"
    yield good, ROOT / "docs" / "site", "不能放在那里"


def test_what_cannot_be_built_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """Exit code 2, one line, no traceback; no file of anybody is touched."""
    for cases, out, sentence in refusals(tmp_path):
        before = files_of(tmp_path)
        built = build_site(cases, out)
        assert built.returncode == 2, built.stderr
        assert sentence in built.stderr and len(built.stderr.splitlines()) == 1
        assert files_of(tmp_path) == before
        assert not (ROOT / "docs" / "site").exists()


def test_a_broken_case_stops_the_build_and_keeps_the_old_site(
    library: Path, tmp_path: Path
) -> None:
    """Findings with their place, exit code 1, and what was published stays as it was."""
    site = tmp_path / "site"
    assert build_site(library, site).returncode == 0
    before = files_of(site)
    (library / "a.md").write_text("---\nid: a\n---\n\n没有标题。\n", encoding="utf-8")
    built = build_site(library, site)
    assert built.returncode == 1
    assert "a.md:1:1: 错误 [field-missing]" in built.stderr and "警告" not in built.stderr
    assert files_of(site) == before


def test_strict_takes_warnings_of_the_gate_for_errors(library: Path, tmp_path: Path) -> None:
    """A case without anchors builds; with --strict it does not, and nothing is written."""
    blocks = (Block(1, "标题", "background", "导语。"), Block(2, "主要做法", "practice", "正文。"))
    write_library(library, make_case(blocks=blocks, variants=(VariantRef("b", "near"),)))
    strict = build_site(library, tmp_path / "site", "--strict")
    assert strict.returncode == 1 and "missing-anchor" in strict.stderr
    assert not (tmp_path / "site").exists()
    assert build_site(library, tmp_path / "site").returncode == 0


def test_a_broken_record_is_one_sentence(library: Path, tmp_path: Path) -> None:
    """A damaged steps file is named, whoever builds; there is no traceback."""
    (library / "sources" / "流程 #1.txt.steps.json").write_text("{", encoding="utf-8")
    for build, code in ((build_site, 1), (mkdocs_build, 1)):
        built = build(library, tmp_path / "site")
        assert built.returncode == code
        assert "修复记录损坏" in built.stderr and "Traceback" not in built.stderr
        assert not (tmp_path / "site" / "index.html").exists()
