"""Case files with random mistakes: never a traceback, and `--fix` changes what it says, no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casebook.checks import check_paths
from casebook.checks.case_source import parse_case_source
from casebook.checks.fix import fix_case
from casebook.checks.fixing import fix_paths
from casebook.checks.front_matter_fixes import Change
from casebook.vocabulary import load
from effort import examples

DATA = Path(__file__).parent / "data"
CASE = (DATA / "mutated.md").read_text(encoding="utf-8")
MISTAKES = yaml.safe_load((DATA / "mutations.yml").read_text(encoding="utf-8"))


def _swap(text: str, what: str, where: int) -> str:
    """One of the places that have something, with something else."""
    old, new = what.split(" ")
    places = [found.start() for found in re.finditer(re.escape(old), text)]
    at = places[where % len(places)] if places else len(text)
    return text[:at] + new + text[at + len(old) :] if places else text


def _change_line(text: str, what: str, where: int) -> str:
    """A line taken out, doubled, or put in."""
    lines = text.split("\n")
    at = where % len(lines)
    kept = {"-": [], "=": [lines[at], lines[at]]}.get(what, [what, lines[at]])
    return "\n".join([*lines[:at], *kept, *lines[at + 1 :]])


PLACES = st.integers(0, 10_000)
MUTATIONS = st.one_of(
    st.tuples(st.just(_swap), st.sampled_from(MISTAKES["swaps"]), PLACES),
    st.tuples(st.just(_change_line), st.sampled_from([*MISTAKES["lines"], "-", "="]), PLACES),
    st.tuples(st.just(_change_line), st.text(max_size=12), PLACES),
)
Mutation = tuple[Callable[[str, str, int], str], str, int]


def _mutate(mutations: list[Mutation]) -> str:
    text = CASE
    for change, what, where in mutations:
        text = change(text, what, where)
    return text


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with one source."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "kept.txt").write_bytes(b"as received")
    return tmp_path


def _fix(text: str, folder: Path) -> tuple[str, list[Change]]:
    folded = text.replace("\r\n", "\n").replace("\r", "\n")
    document, _ = parse_case_source(folder / "good.md", folded, folder, load())
    return fix_case(document, text)


@examples(100)
@given(st.lists(MUTATIONS, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
def test_fix_changes_the_lines_that_it_names(
    library: Path, mutations: list[Mutation], end: str
) -> None:
    """All other lines stay byte for byte; Chinese words stay; a second run changes nothing."""
    text = _mutate(mutations).replace("\r", "").replace("\n", end)
    fixed, changes = _fix(text, library)
    assert _fix(fixed, library) == (fixed, [])
    assert (fixed == text) == (not changes)
    named = {line for change in changes for line in _name_lines(change)}
    before, after = text.split(end), fixed.split(end)
    for kind, first, last, start, stop in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            gone = [n for n in range(first + 1, last + 1) if before[n - 1].strip(" \t\u3000\xa0")]
            assert named.issuperset(gone)
            assert _words(before[first:last]) <= _words(after[start:stop])


def _name_lines(change: Change) -> set[int]:
    """The lines that a change names: its own, or several with white space at their ends."""
    found = re.match(r"第 ([\d、–]+) 行去掉", change.message)
    ranges = [part.split("–") for part in found[1].split("、")] if found else []
    return {change.line, *(n for r in ranges for n in range(int(r[0]), int(r[-1]) + 1))}


def _words(lines: list[str]) -> set[str]:
    """Chinese words of lines, but for dates and for roles in marks."""
    kept = [re.sub("[{｛][^{}｛｝]*[}｝]", "", line) for line in lines if "date" not in line]
    return {word for line in kept for word in re.findall("[\u4e00-\u9fff]{2,}", line)}


@examples(100)
@given(
    st.lists(MUTATIONS, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "latin-1"]),
    st.sampled_from(["good.md", "Good.md", "案例.md"]),
    st.binary(max_size=3),
)
def test_no_file_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory,
    mutations: list[Mutation],
    encoding: str,
    name: str,
    junk: bytes,
) -> None:
    """Every file is checked and fixed, whatever its bytes; fixing twice is fixing once."""
    folder = tmp_path_factory.mktemp("library")
    path = folder / name
    path.write_bytes(_mutate(mutations).encode(encoding, "replace") + junk)
    check_paths([path])
    (now,), _ = fix_paths([path])
    check_paths([now])
    written = now.read_bytes()
    assert fix_paths([now]) == ([now], [])
    assert now.read_bytes() == written
