"""Received documents: which are published, at which address, and what the case page says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casebook.library.folder import SOURCES, load_library
from casebook.model import Case, Flag, SourceRef, Step, UserError, VariantRef
from casebook.site.received import build_source_address
from casebook.site.restored import MOST_PLACES, group_steps
from site_library import make_case, make_site, write_library, write_source


def page_of(folder: Path, *references: SourceRef) -> str:
    """The page of a case with these sources, in a library on disk."""
    case = make_case(sources=references)
    write_library(folder, case)
    return make_site(load_library(folder)).pages["cases/a.md"].html


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("a.txt", "sources/a.txt"),
        ("a.md", "sources/a.md.txt"),
        ("a.md.txt", "sources/a.md.txt.txt"),
        ("a.html", "sources/a.html.txt"),
        ("2023.5.txt", "sources/2023.5.txt"),
        ("A.TXT", "sources/A.TXT.txt"),
    ],
)
def test_received_files_are_served_as_plain_text(name: str, address: str) -> None:
    """A received page never becomes a page of the site, and no two files share an address."""
    assert build_source_address(name) == address


def test_a_file_name_is_text_and_its_link_leads_to_the_file(tmp_path: Path) -> None:
    """Signs with a meaning in an address or in HTML are escaped."""
    reference = write_source(tmp_path, "流程 #1?100%&'<b>.txt", "正文。")
    html = page_of(tmp_path, reference)
    link = "../sources/%E6%B5%81%E7%A8%8B%20%231%3F100%25%26%27%3Cb%3E.txt"
    assert f'href="{link}"' in html
    assert "<b>.txt" not in html


def test_only_documents_that_a_case_refers_to_are_published(tmp_path: Path) -> None:
    """Other files in the folder are not published."""
    used, _ = (write_source(tmp_path, f"{name}.txt", name) for name in ("used", "unused"))
    write_library(tmp_path, make_case(sources=(used,)))
    assert list(make_site(load_library(tmp_path)).files) == ["sources/used.txt"]


def test_a_changed_document_is_not_offered(tmp_path: Path) -> None:
    """A file whose SHA-256 is not that of the case is not its source."""
    reference = write_source(tmp_path, "a.txt", "原来的正文。")
    (tmp_path / SOURCES / "a.txt").write_text("别的正文。", encoding="utf-8")
    html = page_of(tmp_path, reference)
    assert "原稿未公开" in html
    assert make_site(load_library(tmp_path)).files == {}


def test_a_link_out_of_the_folder_publishes_nothing(tmp_path: Path) -> None:
    """A symbolic link in sources/ can't bring a file of the machine onto the site."""
    reference = write_source(tmp_path / "library", "a.txt", "本机的文件。")
    inside = tmp_path / "library" / SOURCES / "a.txt"
    inside.rename(tmp_path / "secret.txt")
    inside.symlink_to(tmp_path / "secret.txt")
    assert "原稿未公开" in page_of(tmp_path / "library", reference)
    assert make_site(load_library(tmp_path / "library")).files == {}


def test_a_source_without_a_file_is_named_as_such(tmp_path: Path) -> None:
    """For a document that must not be published only the SHA-256 is stored and shown."""
    html = page_of(tmp_path, SourceRef("", "ab" * 32, url="https://example.org/a"))
    assert "原稿未公开（第 1 篇，SHA-256 <code>abababababab</code>" in html
    assert 'href="https://example.org/a"' in html


def test_the_source_of_a_variant_is_marked(tmp_path: Path) -> None:
    """A reader sees which part is the case and which its variant."""
    own, other = write_source(tmp_path, "a.txt", "甲。"), write_source(tmp_path, "b.txt", "乙。")
    case, variant = merged(own, other)
    write_library(tmp_path, case, variants=[variant])
    html = make_site(load_library(tmp_path)).pages["cases/a.md"].html
    assert html.count("即异文") == 1


def merged(own: SourceRef, other: SourceRef) -> tuple[Case, Case]:
    """A case and its variant, each with a source."""
    variant = replace(make_case("b"), sources=(other,))
    return make_case(sources=(own, other), variants=(VariantRef("b", "near"),)), variant


def test_doubtful_places_are_shown_as_they_stand(tmp_path: Path) -> None:
    """A place that repair left to a person is marked in its context, with rule and advice."""
    flag = Flag("cut-off", 3, 5, "？？", "这里可能缺字。")
    reference = write_source(tmp_path, "a.txt", "党建引？？领发展。", flags=[flag])
    html = page_of(tmp_path, reference)
    assert "党建引<mark>？？</mark>领发展" in html
    assert "cut-off：这里可能缺字。" in html


def test_a_long_list_of_places_is_cut_and_says_so(tmp_path: Path) -> None:
    """The page of a source with damage everywhere stays short."""
    count = MOST_PLACES + 7
    steps = [
        Step("pinyin", 2 * n, 2 * n + 1, "x", "党", "likely", ("pinyin",)) for n in range(count)
    ]
    reference = write_source(tmp_path, "a.txt", "x。" * count, steps)
    html = page_of(tmp_path, reference)
    assert html.count("<ins>") == MOST_PLACES
    assert "另有 7 处未列出" in html


def test_neighbors_of_one_rule_are_one_place() -> None:
    """Adjacent steps of a run are read together; another rule or a gap begins a new place."""
    rules = [("r", 0, 1), ("r", 1, 3), ("r", 4, 5), ("s", 5, 6)]
    steps = [Step(rule, start, end, "a" * (end - start), "b") for rule, start, end in rules]
    assert [len(place) for place in group_steps(steps)] == [2, 1, 1]


def test_an_unreadable_source_is_one_sentence(tmp_path: Path) -> None:
    """A stored document without a record of its lines that is no text stops the build."""
    reference = write_source(tmp_path, "a.xyz", "\x01\x02\x03\x04")
    with pytest.raises(UserError, match=r"a\.xyz"):
        page_of(tmp_path, reference)
