"""A case may link to another one, and to an item of it; what is not there is named."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from casebook.checks import check_library
from casebook.library import case_targets
from casebook.library.folder import load_library
from casebook.library.markup import to_plain
from casebook.library.merge_files import merge_files
from casebook.model import Block, SourceRef
from casebook.runtime import cache
from site_library import make_case, make_site, write_library

SOURCE = (SourceRef(name="本单位撰写"),)
SHORT = (
    Block(1, "某区经验材料", "background", "近年来，某区做了一些事。"),
    Block(2, "主要做法", "practice", "总的来说是这样做的。", "k901"),
    Block(3, "另有一招。", "practice", "请退休的老师傅每周坐班半天，接待头一回来的人。", "k902"),
)


def linked(text: str) -> Block:
    """A block with a text."""
    return Block(2, "相关办法", "practice", text, "k009")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Cases a, qingyu and qingyu-2, and the variant shugou, of qingyu."""
    write_library(tmp_path, make_case("a", sources=SOURCE), make_case("qingyu", sources=SOURCE))
    write_library(tmp_path, make_case("shugou", blocks=SHORT, sources=SOURCE))
    assert merge_files(tmp_path, "qingyu", "shugou", "near") == ("qingyu", "shugou")
    return tmp_path


def write(folder: Path, text: str, case_id: str = "b") -> None:
    """A case whose last block has this text."""
    case = make_case(case_id, sources=SOURCE)
    write_library(folder, make_case(case_id, sources=SOURCE, blocks=(*case.blocks, linked(text))))


def test_examples_in_the_docstrings_hold() -> None:
    """What the module shows is what it does."""
    result = doctest.testmod(case_targets)
    assert result.attempted and not result.failed


@pytest.mark.parametrize(
    "text",
    [
        "见[清淤](qingyu.md)。",
        "见[清淤](./qingyu.md)和[清单](qingyu.md#k002)。",
        "见[本案](b.md#k009)。",
        "见[旧案](shugou.md)、[旧案的一招](shugou.md#k902)。",
        "- 第一，[清淤](qingyu.md)\n- 第二，[清单](qingyu.md#k003)",
        "见 \\[清淤\\](nowhere.md)。",
    ],
)
def test_links_that_lead_somewhere(folder: Path, text: str) -> None:
    """To a case, to an item, to itself, to what has become a variant."""
    write(folder, text)
    assert check_library(folder) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("见[清淤](qinyu.md)。", "没有 qinyu 这个案例，链接不到，是不是想写 qingyu.md？"),
        ("见[清单](qingyu.md#k004x)。", "没有锚点 #k004x，是不是想写 qingyu.md#k004？"),
        ("见[旧案](shugou.md#k777)。", "案例 shugou 里没有锚点 #k777"),
        ("见[别处](xxxxxxxxxx.md)。", "没有 xxxxxxxxxx 这个案例"),
    ],
)
def test_links_that_lead_nowhere(folder: Path, text: str, said: str) -> None:
    """An error at the link, with the nearest that there is."""
    write(folder, text)
    (found,) = check_library(folder)
    assert (found.rule, found.severity) == ("case-link", "error") and said in found.message
    line = (folder / "b.md").read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith("](")


@pytest.mark.parametrize("target", ["qingyu.html", "../cases/qingyu.md", "cases/qingyu.html#k002"])
def test_an_address_of_the_site_is_told_how_to_write_it(folder: Path, target: str) -> None:
    """Only the file's name is right from every place."""
    write(folder, f"见[清淤]({target})。")
    (found,) = check_library(folder)
    assert found.rule == "link-scheme" and "[文字](qingyu.md)" in found.message


def test_a_link_in_a_heading(folder: Path) -> None:
    """Headings are plain text."""
    case = make_case("b", sources=SOURCE)
    block = Block(2, "照[清淤](qingyu.md)的办法", "practice", "正文。", "k009")
    write_library(folder, make_case("b", sources=SOURCE, blocks=(*case.blocks, block)))
    (found,) = check_library(folder)
    assert found.rule == "case-link" and "小标题" in found.message


def test_a_target_that_goes_is_found_in_the_cache(folder: Path, tmp_path: Path) -> None:
    """The case with the link did not change, but what it leads to did."""
    write(folder, "见[清淤](a.md#k002)。")
    store = cache.Store(tmp_path / "store.sqlite")
    assert check_library(folder, store) == []
    path = folder / "a.md"
    path.write_text(path.read_text(encoding="utf-8").replace("#k002", "#k702"), encoding="utf-8")
    assert [found.rule for found in check_library(folder, store)] == ["case-link"]


# --- on the site


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("qingyu.md", "qingyu.html"),
        ("./a.md#k002", "a.html#k002"),
        ("b.md#k009", "b.html#k009"),
        ("shugou.md", "qingyu.html#cb_variant_shugou"),
        ("shugou.md#k902", "qingyu.html#k902"),
        ("shugou.md#k901", "qingyu.html#cb_variant_shugou"),
        ("a.md#k777", "a.html"),
    ],
)
def test_a_link_leads_to_the_page(folder: Path, target: str, address: str) -> None:
    """From the page of the case, in the same folder, so over http and from a folder as well."""
    write(folder, f"见**[清淤]({target})**。")
    page = make_site(load_library(folder)).pages["cases/b.md"]
    assert f'<strong><a class="cb-case-link" href="{address}">清淤</a></strong>' in page.html


def test_a_link_to_what_is_not_published_is_text(folder: Path) -> None:
    """A build that leaves a faulty case out has no link to it."""
    write(folder, "见[清淤](qinyu.md)。")
    page = make_site(load_library(folder)).pages["cases/b.md"]
    assert "见清淤。" in page.html and "qinyu" not in page.html


@pytest.mark.parametrize(
    "target", ["javascript:alert(1).md", "//example.org/a.md", "a.md?x", "../a.md", "a.md#<b>"]
)
def test_no_other_target_is_taken_for_a_case(folder: Path, target: str) -> None:
    """The gate refuses them, and pages make no link to a case of them."""
    write(folder, f"见[清淤]({target})。")
    assert "link-scheme" in {found.rule for found in check_library(folder)}
    assert "cb-case-link" not in make_site(load_library(folder)).pages["cases/b.md"].html


def test_search_and_lists_have_the_words_alone() -> None:
    """What is searched and quoted is the text of a link."""
    assert to_plain("见[清淤](qingyu.md#k002)。") == "见清淤。"
