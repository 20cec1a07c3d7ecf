"""A build of a library with errors: it stops, leaves faulty files out, or shows why."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.model import VariantRef
from frozen import LIBRARY
from site_library import make_case, write_library, write_source

ROOT = Path(__file__).parents[1]
SECRET = "13924681357"
"""A number that nothing published may hold."""

MARKED = "某局经验甲"
"""A title that only the faulty case has."""


def build(library: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run build_site.py."""
    script = ROOT / "scripts" / "build_site.py"
    command = [sys.executable, script, "--cases", library, "--out", out, *options]
    return subprocess.run(
        list(map(str, command)), capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound case; one with a number in it, its variant and its source; one that is no YAML."""
    folder = tmp_path_factory.mktemp("faulty") / "library"
    shutil.copytree(LIBRARY / "vocabulary", folder / "vocabulary")
    source = write_source(folder, "jia.txt", f"{MARKED}\n\n原文。")
    sound = make_case("yi", "某局经验乙", sources=(source,))
    variants = (VariantRef("bing", "near"),)
    faulty = make_case("jia", MARKED, sources=(source,), variants=variants)
    write_library(folder, sound, faulty, variants=[make_case("bing", "某局经验丙")])
    with (folder / "jia.md").open("a", encoding="utf-8") as file:
        file.write(f"\n联系电话{SECRET}。\n")
    (folder / f"{SECRET}.md").write_text("---\n", encoding="utf-8")
    (folder / "ding.md").write_text("---\nid: ding\ntitle: [\n---\n\n文字。\n", encoding="utf-8")
    return folder


def texts_of(site: Path) -> Iterator[tuple[str, str]]:
    """Every file of a site with its text."""
    for path in site.rglob("*"):
        if path.is_file():
            yield path.relative_to(site).as_posix(), path.read_bytes().decode("utf-8", "replace")


def test_by_default_an_error_stops_and_the_old_site_stays(library: Path, tmp_path: Path) -> None:
    """Each error is printed, once."""
    site = tmp_path / "site"
    assert build(LIBRARY, site).returncode == 0
    before = dict(texts_of(site))
    stopped = build(library, site)
    assert stopped.returncode == 1
    assert stopped.stderr.count("[phone-number]") == 1
    assert stopped.stderr.count("[yaml-syntax]") == 1
    assert dict(texts_of(site)) == before


def test_keep_going_leaves_out_all_that_a_faulty_case_says(library: Path, tmp_path: Path) -> None:
    """Page, variants, source, steps, lists, search; the sound case is there, and a list of rest."""
    made = build(library, tmp_path / "site", "--keep-going")
    assert made.returncode == 0, made.stderr
    assert "[phone-number]" in made.stderr
    site = dict(texts_of(tmp_path / "site"))
    assert "某局经验乙" in site["cases/yi.html"]
    assert not {"cases/jia.html", "cases/bing.html", "cases/ding.html"} & set(site)
    assert [name for name in site if name.startswith("sources/")] == []
    assert [name for name, text in site.items() if SECRET in text or MARKED in text] == []
    listed = site["lists/unpublished.html"]
    assert "<b>jia.md</b>" in listed and "phone-number" in listed and "ding.md" in listed
    assert str(library) not in listed
    assert "lists/unpublished.html" in site["index.html"]


def test_a_preview_shows_every_case_with_its_findings(library: Path, tmp_path: Path) -> None:
    """Also a file that cannot be read as a case, with its text."""
    made = build(library, tmp_path / "site", "--preview")
    assert (made.returncode, made.stderr) == (0, "")
    site = dict(texts_of(tmp_path / "site"))
    assert "[phone-number]" in site["cases/jia.html"] and SECRET in site["cases/jia.html"]
    assert "[yaml-syntax]" in site["cases/ding.html"] and "文字。" in site["cases/ding.html"]
    assert "cb-findings" not in site["cases/yi.html"]
    assert "lists/unpublished.html" not in site


def test_keep_going_stops_where_nothing_is_left(tmp_path: Path) -> None:
    """Or where an error is in a file that every page depends on."""
    folder = write_library(tmp_path / "library", make_case("jia", f"电话{SECRET}"))
    alone = build(folder, tmp_path / "site", "--keep-going")
    assert (alone.returncode, (tmp_path / "site").exists()) == (2, False)
    assert "没有一个案例通过检查" in alone.stderr
    assert "Traceback" not in alone.stderr


def test_a_site_is_whole_again_when_the_error_is_gone(library: Path, tmp_path: Path) -> None:
    """What was left out of one build is not left out of the next by the cache."""
    mended = tmp_path / "library"
    shutil.copytree(library, mended)
    assert build(mended, tmp_path / "site", "--keep-going").returncode == 0
    for name in ("ding", SECRET):
        (mended / f"{name}.md").unlink()
    text = (mended / "jia.md").read_text(encoding="utf-8")
    (mended / "jia.md").write_text(text.replace(SECRET, "略"), encoding="utf-8")
    again = build(mended, tmp_path / "site")
    assert again.returncode == 0, again.stderr
    site = dict(texts_of(tmp_path / "site"))
    assert {"cases/jia.html", "cases/bing.html", "sources/jia.txt"} <= set(site)
    assert "sources/jia.txt" in site["cases/yi.html"]
    assert "lists/unpublished.html" not in site
