"""An index that is mended is, byte by byte, the one that a fresh build makes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.model import Block, Case
from casebook.runtime.cache import Store
from casebook.search import FOLDER, list_files, mending, postings, shards
from casebook.search.before import Index
from casebook.search.collection import Collection, index_case
from casebook.search.mending import make_index
from effort import examples

LETTERS = "党建业务工作融合"


def library(chance: random.Random) -> list[Case]:
    """Cases of two blocks each."""
    texts = ["".join(chance.choices(LETTERS + "，", k=chance.randint(0, 60))) for _ in range(90)]
    pairs = zip(texts[::2], texts[1::2], strict=True)
    return [
        Case(f"c{n:03}", f"第{n}案", (Block(1, "", "", a), Block(2, "做法", "practice", b)))
        for n, (a, b) in enumerate(pairs)
    ]


def changed(cases: list[Case], place: int, text: str) -> list[Case]:
    """The library with another text in the second block of a case."""
    blocks = (cases[place].blocks[0], Block(2, "做法", "practice", text))
    case = Case(cases[place].id, cases[place].title, blocks)
    return [*cases[:place], case, *cases[place + 1 :]]


class Site:
    """The files of an index in memory, made over those before; `anew` counts those not mended."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "kept.sqlite")
        self.files: dict[str, bytes] = {}
        self.anew = 0

    def build(self, cases: list[Case]) -> dict[str, bytes]:
        """The index of cases, with the help of the one before."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(mending, "make_index", self._make)
            self.files = list_files(map(index_case, cases), {}, self.store, self.files.get)
        return self.files

    def _make(self, collection: Collection) -> Index:
        self.anew += 1
        return make_index(collection)


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many shards and lists that stand alone in a small library."""
    monkeypatch.setattr(shards, "SHARD", 20)
    monkeypatch.setattr(shards, "LONG", 25)


def fresh(cases: list[Case]) -> dict[str, bytes]:
    """The index without anything before."""
    return list_files(map(index_case, cases), {})


@examples(20)
@given(st.randoms(use_true_random=False), st.text(LETTERS + "，新𠀀", max_size=12))
def test_any_change_gives_the_fresh_index(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, added: str
) -> None:
    """Two changes one after the other, whether they were mended or not."""
    site = Site(tmp_path_factory.mktemp("site"))
    cases = library(chance)
    site.build(cases)
    for _ in range(2):
        place = chance.randrange(len(cases))
        text = cases[place].blocks[1].text
        cut = chance.randint(0, len(text))
        cases = changed(cases, place, text[:cut] + added + text[cut + chance.randint(0, 9) :])
        assert site.build(cases) == fresh(cases)


def test_a_small_change_is_mended(tmp_path: Path) -> None:
    """Also of a list that stands alone; the files of other shards are those before."""
    cases = library(random.Random(3))
    site = Site(tmp_path)
    before = site.build(cases)
    assert any(name.startswith(f"{FOLDER}a") for name in before)
    cases = changed(cases, 7, cases[7].blocks[1].text + "党建")
    after = site.build(cases)
    assert site.anew == 1
    assert after == fresh(cases)
    assert 0 < sum(before[name] != after[name] for name in before) < len(before) / 2


@pytest.mark.parametrize("how", ["a case more", "a block less", "a longer library"])
def test_other_numbers_of_units_make_it_anew(tmp_path: Path, how: str) -> None:
    """Nothing of the index before is true of a library in which items have other numbers."""
    cases = library(random.Random(4))
    site = Site(tmp_path)
    site.build(cases)
    if how == "a case more":
        cases = [Case("a", "新案例", (Block(1, "", "", "党建"),)), *cases]
    elif how == "a block less":
        cases = [Case(cases[0].id, cases[0].title, cases[0].blocks[:1]), *cases[1:]]
    else:
        cases = [*cases, *(Case(f"d{n}", "新", (Block(1, "", "", "党建"),)) for n in range(40))]
    assert site.build(cases) == fresh(cases)
    assert site.anew == 2


def test_files_that_are_not_those_before_are_not_believed(tmp_path: Path) -> None:
    """A file of the site was changed, or is gone."""
    cases = library(random.Random(5))
    site = Site(tmp_path)
    site.build(cases)
    cases = changed(cases, 1, "党建工作")
    site.files[f"{FOLDER}p0.js"] = site.files[f"{FOLDER}p1.js"]
    assert site.build(cases) == fresh(cases)
    cases = changed(cases, 1, "工作党建")
    del site.files[f"{FOLDER}p0.js"]
    assert site.build(cases) == fresh(cases)
    assert site.anew == 3


def test_a_character_that_becomes_frequent_makes_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets a list of all its units, of which the index before knows nothing."""
    cases = library(random.Random(6))
    texts = "".join(block.text for case in cases for block in case.blocks)
    monkeypatch.setattr(postings, "FREQUENT", max(map(texts.count, LETTERS)) + 5)
    most = max(LETTERS, key=texts.count)
    site = Site(tmp_path)
    site.build(cases)
    cases = changed(cases, 2, cases[2].blocks[1].text + most * 12)
    assert site.build(cases) == fresh(cases)
    assert site.anew == 2
