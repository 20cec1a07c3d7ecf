"""The fictional library of `make demo`, which the whole road from file to case has to restore."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from casebook.library.folder import VARIANTS, load_library
from commands import run_text
from demo_files import make_files
from demo_texts import SECTIONS, WriteUp, compose_library, compose_series, load

FIELDS = load("library")["fields"]
FILES = make_files()


def test_a_write_up_is_composed_alike_every_time() -> None:
    """The same texts, and the same bytes of every file."""
    assert make_files() == FILES


def test_the_library_is_as_large_and_as_varied_as_it_says() -> None:
    """At least ten write-ups of each field, of 600 to 2,000 characters, in three forms."""
    write_ups = compose_library()
    assert min(Counter(each.field for each in write_ups).values()) >= 10
    assert all(600 <= each.length <= 2000 for each in write_ups)
    assert len({each.title for each in write_ups}) == len(write_ups) >= 60
    endings = Counter(Path(name).suffix for name in FILES)
    assert endings.keys() == {".docx", ".md", ".txt"} and min(endings.values()) >= 10


def test_every_topic_has_what_a_section_says() -> None:
    """A heading and at least one sentence, and no figure whose range is empty."""
    for field in FIELDS:
        topics = load(field)["topics"]
        assert len(topics) >= 12
        for topic in topics:
            assert topic.keys() == {"title", *SECTIONS[1:]}
            assert all(topic[role].count("。") >= 2 for role in ("problem", "cause", "practice"))
            for low, high in re.findall(r"\{([\d.]+)-([\d.]+)\}", str(topic)):
                assert float(low) < float(high), topic["title"]


def chosen_files() -> dict[str, bytes]:
    """Two write-ups of each field, a copy that was posted again, a revision and a series."""
    parts = ("-01.", "-04.", "party-03", "court-09", "party-01-2")
    return {n: data for n, data in FILES.items() if any(part in n for part in parts)}


def sentences_of(write_up: WriteUp) -> set[str]:
    """The sentences of the sections, without headings and numbers of items."""
    texts = [each.text for each in write_up.lines if each.kind == "text"]
    return {found for text in texts for found in re.findall("[^。（）]+。", text)}


def test_import_restores_the_library(tmp_path: Path) -> None:
    """Each write-up is one case with all its sentences, whatever befell its file."""
    files = chosen_files()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    ended = run_text("import_cases", tmp_path, "--out", tmp_path / "cases")
    assert ended.returncode == 0, ended.stderr
    library = load_library(tmp_path / "cases")
    assert len(list((tmp_path / "cases" / VARIANTS).glob("*.md"))) == 1  # what was posted again
    assert len(library.cases) == len(files) - 1  # revision and series stay cases of their own
    texts = {case.title: case for case in library.cases}
    names = {name.partition(".")[0] for name in files}
    composed = [each for each in compose_library() + compose_series(2022, 3) if each.name in names]
    assert {each.field for each in composed} == set(FIELDS)
    for each in composed:
        case = texts[each.title]
        text = "".join(f"{block.heading or ''}{block.text}" for block in case.blocks)
        assert {s for s in sentences_of(each) if s not in text} == set(), each.name
