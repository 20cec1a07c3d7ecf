"""Import, edit, fix, merge, unmerge, import again: no sentence is lost, no byte changed in vain."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from commands import run_text
from effort import is_weekly
from frozen import LIBRARY
from prose import SENTENCES

ROUNDS = settings(max_examples=500 if is_weekly() else 6)

SECTIONS = ("一、背景动因", "二、主要做法", "三、取得成效", "四、经验启示")

Parts = list[list[str]]
"""Sections of a write-up, each a list of paragraphs."""


def parts(few: int, many: int) -> st.SearchStrategy[Parts]:
    """Sections of one to three paragraphs, of sentences that each stand once in the write-up."""
    numbers = st.lists(st.integers(1, 3), min_size=few, max_size=many)
    return numbers.map(_fill)


def _fill(numbers: list[int]) -> Parts:
    """Paragraphs with figures of their own, so that no two sentences are the same."""
    made, count = [], 0
    for number in numbers:
        section = []
        for _ in range(number):
            count += 1
            sentences = (SENTENCES[(count * 3 + n) % len(SENTENCES)] for n in range(3))
            section.append("".join(f"在第{count}个季度，{sentence}" for sentence in sentences))
        made.append(section)
    return made


def write(title: str, sections: Parts) -> str:
    """The text of a write-up."""
    lines = [title]
    for heading, paragraphs in zip(SECTIONS, sections, strict=False):
        lines += [heading, *paragraphs]
    return "\n".join(lines) + "\n"


EDITS: dict[str, Callable[[str], str]] = {
    "a sentence is added": lambda text: text.rstrip("\n") + "后来又增加了两个服务点。\n",
    "a paragraph is added": lambda text: text + "\n居民代表说，这个办法要一直坚持下去。\n",
    "an item is added": lambda text: (
        text + "\n### （一）设立流动窗口 {.practice}\n\n每周二下村办理。\n"
    ),
    "anchors are removed": lambda text: re.sub(r" #k\w+(?=\})", "", text),
    "a heading is reworded": lambda text: text.replace("主要做法", "主要做法和步骤"),
    "a comment is added": lambda text: text.replace("\nkind:", "\n# 已核对\nkind:", 1),
    "spaces are left": lambda text: text.replace("。\n", "。 \n", 1),
    "a date is written loosely": lambda text: text.replace(
        "\nvariants:", "\ndate: 2023年5月\nvariants:"
    ),
}
"""What a person does to the text of a case file."""

edits = st.lists(st.sampled_from(sorted(EDITS)), max_size=3, unique=True)


class Library:
    """A library in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cases = folder, folder / "lib"
        shutil.copytree(LIBRARY / "vocabulary", self.cases / "vocabulary")

    def run(self, script: str, *arguments: object) -> int:
        """The exit code of a command, which never ends by a traceback."""
        return run_text(script, *arguments).returncode

    def bring(self, name: str, text: str) -> None:
        """Import a write-up."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        assert self.run("import_cases", path, "--out", self.cases) == 0

    def files(self) -> dict[str, bytes]:
        """All that the library holds."""
        found = (path for path in self.cases.rglob("*") if path.is_file())
        return {path.relative_to(self.cases).as_posix(): path.read_bytes() for path in found}

    def ids(self) -> list[str]:
        """The ids of its cases."""
        return sorted(path.stem for path in self.cases.glob("*.md"))

    def edit(self, case_id: str, names: list[str]) -> None:
        """Do to a case file what people do."""
        path = self.cases / f"{case_id}.md"
        text = path.read_text(encoding="utf-8")
        for name in names:
            text = EDITS[name](text)
        path.write_text(text, encoding="utf-8")

    def sentences(self) -> set[str]:
        """The sentences of cases and variants below their headings, without white space."""
        files = (data for name, data in self.files().items() if name.endswith(".md"))
        bodies = (re.sub(r"[\s\\]", "", "\n".join(body_lines(data))) for data in files)
        return {s for body in bodies for s in re.findall(r"[^。]+。", body)}


def body_lines(data: bytes) -> list[str]:
    """The lines of a case file below its front matter that are no headings, without their ends."""
    body = data.decode().split("\n---\n", 1)[1]
    return [line.rstrip() for line in body.split("\n") if not line.startswith("#")]


@given(whole=parts(3, 4), kept=st.integers(2, 3), first=edits, second=edits, later=edits)
@ROUNDS
def test_nothing_is_lost_on_the_way_there_and_back(
    whole: Parts, kept: int, first: list[str], second: list[str], later: list[str]
) -> None:
    """A write-up and a cut copy of it, edited before the merge and in between."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        library.bring("a.txt", write("某县优化办事流程经验材料", whole))
        library.bring("b.txt", write("某县办事流程再优化的经验", whole[:kept]))
        if len(library.ids()) < 2:
            return  # the import itself has merged them
        check_round_trip(library, first, second, later)


def check_round_trip(
    library: Library, first: list[str], second: list[str], later: list[str]
) -> None:
    """Edit, fix, merge, edit, unmerge, import."""
    one, two = library.ids()
    library.edit(one, first)
    library.edit(two, second)
    known = library.sentences()
    before = library.files()
    library.run("check_cases", "--fix", library.cases)
    fixed = library.files()
    for name in (f"{one}.md", f"{two}.md"):
        assert body_lines(fixed[name]) == body_lines(before[name])
    merge = ("--merge", one, two, "--library", library.cases)
    if library.run("find_duplicates", *merge):
        assert library.files() == fixed
        return
    assert known <= library.sentences()
    (left,) = library.ids()
    gone = two if left == one else one
    check_undoing(library, left, gone, fixed, later)
    assert known <= library.sentences()
    settled = library.files()
    assert library.run("import_cases", library.folder / "a.txt", "--out", library.cases) == 0
    assert library.files() == settled


def check_undoing(
    library: Library, left: str, gone: str, fixed: dict[str, bytes], later: list[str]
) -> None:
    """Undo a merge: byte-exact without an edit; with one, nothing of the edit is dropped."""
    merged = library.files()
    library.edit(left, later)
    edited, known = library.files(), library.sentences()
    code = library.run("find_duplicates", "--unmerge", gone, "--library", library.cases)
    if edited == merged:
        assert code == 0
        assert library.files() == fixed
    elif code:
        assert library.files() == edited
    else:
        assert known <= library.sentences()
