"""Kept results: the same as fresh ones, whatever changed, whatever became of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from casebook.library.casefile import CaseFileError
from casebook.library.folder import load_library
from casebook.model import UserError, VariantRef
from casebook.runtime import cache
from casebook.runtime.cache import Store, load_or_make
from casebook.runtime.json_records import from_json, to_json
from casebook.site import generate_site
from casebook.site.on_demand import open_library_on_demand
from casebook.site.prepare import PreparedCase, prepare_case, prepare_cases
from frozen import LIBRARY
from site_library import make_case, make_site, write_library, write_source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store.sqlite")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Three cases; one has a source and a variant."""
    folder = tmp_path / "library"
    source = write_source(folder, "a.txt", "某区经验材料\n近年来，某区做了一些事。")
    first = make_case("a", sources=(source,), variants=(VariantRef("v", "contains"),))
    variant = make_case("v", "某区经验材料（节选）", sources=(source,))
    write_library(folder, first, make_case("b", "乙"), make_case("c", "丙"), variants=[variant])
    return folder


def count(calls: list[Path], path: Path) -> cache.Made:
    """A value, and a note that it was made."""
    calls.append(path)
    return [], path.read_text(encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    """Replace words of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def change_case(library: Path) -> None:
    """Another wording."""
    edit(library / "b.md", "梳理事项86项", "梳理事项87项")


def delete_case(library: Path) -> None:
    """One case fewer."""
    (library / "c.md").unlink()


def rename_case(library: Path) -> None:
    """The same text under another id."""
    edit(library / "c.md", "id: c", "id: d")
    (library / "c.md").rename(library / "d.md")


def change_variant(library: Path) -> None:
    """A variant that a case shows."""
    edit(library / "variants" / "v.md", "近年来", "这几年来")


def delete_variant(library: Path) -> None:
    """A variant that is missing now."""
    (library / "variants" / "v.md").unlink()


def change_source(library: Path) -> None:
    """A received document that no longer is what its record says."""
    edit(library / "sources" / "a.txt", "某区", "某市")


def change_vocabulary(library: Path) -> None:
    """A vocabulary of the library's own, with another name for a role."""
    own = library / "vocabulary"
    own.mkdir()
    for path in (LIBRARY / "vocabulary").glob("*.yml"):
        (own / path.name).write_bytes(path.read_bytes())
    edit(own / "roles.yml", "name: 做法", "name: 办法")


CHANGES = (
    *(change_case, delete_case, rename_case, change_variant, delete_variant),
    *(change_source, change_vocabulary),
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_site_of_cached_cases_equals_a_fresh_one(
    library: Path, store: Store, change: Callable[[Path], None]
) -> None:
    """After any change the pages are those of a first build, and not those of before."""
    before = generate_site(
        prepare_cases(library, store), open_library_on_demand(library), store=store
    )
    change(library)
    again = generate_site(
        prepare_cases(library, store), open_library_on_demand(library), store=store
    )
    assert again == make_site(load_library(library))
    assert again != before


def test_only_what_changed_is_made_again(library: Path, store: Store) -> None:
    """One changed file is one call."""
    calls: list[Path] = []
    paths = sorted(library.glob("*.md"))
    for expected in (paths, [], [library / "b.md"]):
        if expected == [library / "b.md"]:
            change_case(library)
        found = load_or_make("x", lambda path: count(calls, path), str, paths, library, store)
        assert found == [path.read_text(encoding="utf-8") for path in paths]
        assert calls == expected
        calls.clear()


def test_other_code_or_vocabulary_keeps_nothing(
    library: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results of another version are made again."""
    calls: list[Path] = []
    paths = [library / "b.md"]
    for code, made_of in (("1", "x"), ("2", "x"), ("2", "y"), ("2", "y")):
        monkeypatch.setattr(cache, "CODE", code)
        load_or_make("x", lambda path: count(calls, path), str, paths, library, store, made_of)
    assert len(calls) == 3


@pytest.mark.parametrize("damage", ["garbage", "cut", "flipped", "folder"])
def test_a_damaged_store_does_no_harm(library: Path, tmp_path: Path, damage: str) -> None:
    """Whatever is in the place of the store, the result is right, and it works again after."""
    file = tmp_path / "store.sqlite"
    right = prepare_cases(library, Store(file))
    data = file.read_bytes()
    if damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        middle = data.index("近年来".encode())
        flipped = data[:middle] + "远年来".encode() + data[middle + 9 :]
        file.write_bytes({"garbage": b"x" * 9000, "cut": data[:5000], "flipped": flipped}[damage])
    assert prepare_cases(library, Store(file)) == right
    assert prepare_cases(library, Store(file)) == right


def test_a_cached_case_equals_the_one_that_was_prepared() -> None:
    """Everything of real cases goes through JSON and back."""
    library = load_library(LIBRARY)
    for case in library.cases:
        first = prepare_case(replace(case, contributor="某人"), library)
        assert from_json(PreparedCase, to_json(first)) == first


@pytest.mark.parametrize("method", get_all_start_methods())
def test_a_file_that_cannot_be_read_is_named(
    library: Path, store: Store, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """The complaint of the case file, also from another process, however started."""
    monkeypatch.setenv("CASEBOOK_START_METHOD", method)
    for number in range(cache.PARALLEL):
        write_library(library, make_case(f"n{number}"))
    (library / "b.md").write_text("没有 front matter", encoding="utf-8")
    with pytest.raises(UserError, match=r"b\.md.*第一行应为"):
        prepare_cases(library, store)
    assert issubclass(CaseFileError, UserError)


def test_the_result_of_a_link_is_never_stored(library: Path, store: Store, tmp_path: Path) -> None:
    """What a link leads to may change unseen."""
    calls: list[Path] = []
    (tmp_path / "elsewhere.md").write_text("x", encoding="utf-8")
    (library / "l.md").symlink_to(tmp_path / "elsewhere.md")
    for _ in range(2):
        load_or_make("x", lambda path: count(calls, path), str, [library / "l.md"], library, store)
    assert len(calls) == 2


def test_texts_are_made_where_they_are_missing(store: Store) -> None:
    """Those that are stored stay, those whose key has gone are dropped."""
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return f"{name} {len(made)}"

    assert store.complete("x", {"a": "1", "b": "2"}, make) == {"a": "a 1", "b": "b 2"}
    assert store.complete("x", {"a": "1", "c": "3"}, make) == {"a": "a 1", "c": "c 3"}
    assert made == ["a", "b", "c"]
    assert dict(store.values("x", ["1", "2", "3"])) == {"1": "a 1", "3": "c 3"}
    assert Store().complete("x", {"a": "1"}, make) == {"a": "a 4"}
