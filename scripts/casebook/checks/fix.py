"""`--fix`: what the canonical form leaves no choice about; the words of a person stay.

It mends front matter and headings of which only one reading is possible, adds missing anchors and a
missing id, strips line ends of the body, and ends the file with one line feed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casebook.checks.case_source import CaseSource, parse_case_source
from casebook.checks.front_matter_fixes import Change, fix_front_matter
from casebook.checks.heading_faults import find_fault, has_unknown_mark, list_faults
from casebook.library import identity, markup
from casebook.library.case_schema import is_id
from casebook.text.number_ranges import join_ranges

_LINE_END = re.compile("(\r\n|\r|\n)")
_HEADING_MARKS = re.compile(r"(?<=[ \t])\{([^{}]*)\}$")
BLANK_CHARACTERS = " \t\u3000\u00a0"
"""White space that a line should not end with."""


def fix_case(document: CaseSource, raw: str) -> tuple[str, list[Change]]:
    """Fix a case file; `raw` is the text of `document` with the line ends of the file.

    Returns the text, and what was changed in the order of the lines. Where the front matter or the
    structure cannot be read, the rest of the file stays as it is.
    """
    if document.parts is None:
        return raw, []
    draft = _Draft(raw)
    draft.drop_order_mark()
    draft.fix_front_matter(document)
    if readable := draft.parse(document):
        draft.fix_headings(readable)
        draft.tidy(readable)
        draft.add_anchors(draft.parse(readable) or readable)
        draft.add_id(readable)
    return draft.join(), sorted(draft.changes, key=lambda change: change.line)


class _Draft:
    """The lines of a file while it is fixed, with the line that each had before."""

    def __init__(self, raw: str) -> None:
        pieces = _LINE_END.split(raw)
        self.lines, self.ends = pieces[0::2], pieces[1::2]
        self.usual_end = self.ends[0]
        self.numbers = list(range(1, len(self.lines) + 1))
        self.changes: list[Change] = []

    def join(self) -> str:
        """The file as it is now."""
        ends = [*self.ends, *[self.usual_end] * len(self.lines)][: len(self.lines) - 1]
        return "".join(line + end for line, end in zip(self.lines, [*ends, ""], strict=True))

    def parse(self, document: CaseSource) -> CaseSource | None:
        """The file as it is now, if its front matter and its structure can be read."""
        text = "\n".join(self.lines)
        found, _ = parse_case_source(document.path, text, document.folder, document.vocabulary)
        return found if found.parts and found.front and found.blocks else None

    def note(self, line: int, message: str) -> None:
        """Record a change of a line (from 1, as it is now)."""
        self.changes.append(Change(self.numbers[line - 1], message))

    def insert(self, line: int, text: str) -> None:
        """Put a new line after a line (from 1)."""
        self.lines.insert(line, text)
        self.ends.insert(line - 1, self.usual_end)
        self.numbers.insert(line, self.numbers[line - 1])

    def drop_order_mark(self) -> None:
        """Remove the byte order mark that Windows editors write."""
        if self.lines[0].startswith("\ufeff"):
            self.lines[0] = self.lines[0].lstrip("\ufeff")
            self.note(1, "去掉文件开头的 BOM")

    def fix_front_matter(self, document: CaseSource) -> None:
        """Mend keys and values; a new line is a line feed within one of the lines."""
        assert document.parts
        last = document.parts.body_line - 2
        mended, changes = fix_front_matter(self.lines[1:last], document)
        self.changes += changes
        for line, text in list(enumerate(mended, start=2))[::-1]:
            first, *more = text.split("\n")
            self.lines[line - 1] = first
            for added in more[::-1]:
                self.insert(line, added)

    def fix_headings(self, document: CaseSource) -> None:
        """Mend the heading lines of which only one reading is possible."""
        assert document.parts
        first_line = document.parts.body_line
        faults = list_faults(self.lines[first_line - 1 :], first_line, document.vocabulary)
        for line, fault in list(faults):
            if fault.mended:
                self.note(line, f"“{self.lines[line - 1].rstrip()}”改为“{fault.mended}”")
                self.lines[line - 1] = fault.mended

    def tidy(self, document: CaseSource) -> None:
        """Strip line ends, and end the file with one line feed."""
        assert document.parts
        before, self.lines = self.lines, tidy_lines(self.lines, document.parts.body_line)
        numbers = [n for n, (a, b) in enumerate(zip(before, self.lines, strict=False), 1) if a != b]
        if numbers:
            places = join_ranges(self.numbers[number - 1] for number in numbers)
            self.note(numbers[0], f"第 {places} 行去掉行尾空白")
        if len(before) != len(self.lines):
            self.note(min(len(before), len(self.lines)), "文件末尾改为一个换行")
        self.numbers += [self.numbers[-1]] * (len(self.lines) - len(before))

    def add_anchors(self, document: CaseSource) -> None:
        """Give each heading that has no anchor one, but for headings with faulty marks."""
        named = identity.with_anchors([each.block for each in document.blocks])
        for placed, after in zip(document.blocks, named, strict=True):
            line = self.lines[placed.line - 1]
            if placed.block.level == 1 or placed.block.anchor:
                continue
            unknown = has_unknown_mark(placed, document.vocabulary)
            if not unknown and find_fault(line, document.vocabulary) is None:
                self.lines[placed.line - 1] = add_anchor(line, after.anchor)
                self.note(placed.line, f"补上锚点 #{after.anchor}")

    def add_id(self, document: CaseSource) -> None:
        """Write the id, which is the file's name, as the first key."""
        stem = document.path.stem
        if document.front and "id" not in document.front.values and is_id(stem):
            self.insert(1, f"id: {stem}")
            self.note(1, f"补上 id: {stem}")


def add_anchor(line: str, anchor: str) -> str:
    """A heading line with `#anchor` added to its marks, after the role if the role comes first."""
    found = _HEADING_MARKS.search(line)
    if not found:
        return f"{line} {{#{anchor}}}"
    tokens = found[1].split()
    tokens.insert(1 if tokens and tokens[0].startswith(".") else 0, f"#{anchor}")
    return f"{line[: found.start()]}{{{' '.join(tokens)}}}"


def tidy_lines(lines: Sequence[str], body_line: int) -> list[str]:
    """Lines without white space at their ends, and one empty last line: a final line feed.

    Front matter, code and the two spaces of a hard line break stay.
    """
    result, fence = list(lines[: body_line - 1]), ""
    for position, line in enumerate(lines[body_line - 1 :], start=body_line):
        following = lines[position] if position < len(lines) else ""
        code = markup.FENCE.match(line)
        if code and (not fence or code[1] == fence):
            fence = "" if fence else code[1]
        keep = fence or _breaks_line(line, following)
        result.append(line if keep else line.rstrip(BLANK_CHARACTERS))
    while len(result) >= body_line and not fence and not result[-1]:
        result.pop()
    return result if fence and not result[-1] else [*result, ""]


def _breaks_line(line: str, following: str) -> bool:
    """Whether a line ends with a hard line break: two spaces inside a paragraph."""
    text = line.rstrip(" ")
    inside = text.strip() and not text.startswith("#")
    goes_on = following.strip() and not following.startswith("#")
    return bool(inside and goes_on and len(line) - len(text) >= 2)
