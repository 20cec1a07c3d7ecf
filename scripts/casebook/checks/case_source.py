"""One case file as the checks see it: text, front matter, blocks, and the places of all three."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.checks import front_matter
from casebook.checks.conflict_markers import find_conflicts
from casebook.checks.front_matter import PlacedFrontMatter
from casebook.checks.rules import Problem
from casebook.library import casefile
from casebook.library.casefile import CaseFileError, CaseText, PlacedBlock
from casebook.library.folder import VARIANTS
from casebook.vocabulary import Vocabulary

_LONG_HEADING = "小标题超过 {most} 个字，请把正文移到下一行。"
LONGEST_HEADING_CHARACTERS = 500
"""Characters of a heading line with its marks."""


@dataclass(frozen=True, slots=True)
class CaseSource:
    """A case file in its library's `folder`; `parts` and `front` are None if unreadable."""

    path: Path
    text: str
    folder: Path
    vocabulary: Vocabulary
    line_starts: Sequence[int]
    parts: CaseText | None = None
    front: PlacedFrontMatter | None = None
    blocks: Sequence[PlacedBlock] = ()

    def locate(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1, in code points) of an offset in the text."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def find_body_start(self) -> int:
        """The offset of the body's first character; 0 where there is no front matter."""
        return len(self.text) - len(self.parts.body) if self.parts else 0

    def list_rewritten_values(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Texts of the front matter that the file writes otherwise, with the places of their keys.

        YAML knows escapes and joins lines, so that a search of the file does not see these.
        """
        if self.front is None:
            return
        for key, value in self.front.walk_texts():
            if value not in self.text:
                yield self.front.locate(*key), value


def parse_case_source(
    path: Path, text: str, folder: Path, vocabulary: Vocabulary
) -> tuple[CaseSource, list[Problem]]:
    """Parse a case file. A part that cannot be read stays empty and is returned as problems."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    document = CaseSource(path, text, folder, vocabulary, starts)
    if conflicts := list(find_conflicts(text)):
        return document, conflicts
    try:
        parts = casefile.split_front_matter(text)
    except CaseFileError as error:
        return document, [Problem(error.rule, error.line, error.column, str(error))]
    front, problems = _read_front(parts)
    too_long = list(_find_long_headings(parts))
    blocks = [] if too_long else list(casefile.read_blocks(parts.body, parts.body_line))
    return replace(document, parts=parts, front=front, blocks=blocks), [*problems, *too_long]


def _read_front(parts: CaseText) -> tuple[PlacedFrontMatter | None, list[Problem]]:
    if refused := list(front_matter.find_unsafe_yaml(parts)):
        return None, refused
    try:
        return front_matter.read_front_matter(parts)
    except CaseFileError as error:
        return None, [Problem(error.rule, error.line, error.column, str(error))]


def _find_long_headings(parts: CaseText) -> Iterator[Problem]:
    """Headings that are too long to parse: the time would grow with the square of the length."""
    for number, line in enumerate(parts.body.split("\n"), start=parts.body_line):
        if line.startswith("#") and len(line) > LONGEST_HEADING_CHARACTERS:
            message = _LONG_HEADING.format(most=LONGEST_HEADING_CHARACTERS)
            yield Problem("heading-too-long", number, 1, message)


def find_library_folder(path: Path) -> Path:
    """The library folder of a case file; a variant is stored one folder deeper."""
    return path.parent.parent if path.parent.name == VARIANTS else path.parent
