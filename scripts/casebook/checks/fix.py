"""`--fix`: the few things the canonical form settles; what a person wrote stays as it is.

Missing anchors, a missing id, white space at line ends of the body, the last line feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebook.checks.case_source import CaseSource
from casebook.checks.schema import is_id
from casebook.library import casefile, identity, markup

_LINE_END = re.compile("(\r\n|\r|\n)")
_MARKS = re.compile(r"(?<=[ \t])\{([^{}]*)\}$")
_BLANK = " \t\u3000\u00a0"


def fix(document: CaseSource, raw: str) -> str:
    """`raw` (the text of `document` with its own line ends) as the canonical form has it.

    A file whose front matter or structure cannot be read is returned unchanged.
    """
    if document.parts is None or document.front is None or not document.blocks:
        return raw
    pieces = _LINE_END.split(raw)
    lines, ends = pieces[0::2], pieces[1::2]
    lines = tidy_lines(lines, document.parts.body_line)
    for number, anchor in _missing_anchors(lines, document.parts.body_line):
        lines[number - 1] = with_anchor(lines[number - 1], anchor)
    if "id" not in document.front.values and is_id(document.path.stem):
        lines.insert(1, f"id: {document.path.stem}")
        ends.insert(0, ends[0])
    usual = ends[0]
    padded = [*ends, *[usual] * len(lines)][: len(lines) - 1]
    return "".join(line + end for line, end in zip(lines, [*padded, ""], strict=True))


def _missing_anchors(lines: Sequence[str], body_line: int) -> Iterator[tuple[int, str]]:
    """Lines of headings and their new anchors; marks that nobody understands are left alone."""
    placed = list(casefile.read_blocks("\n".join(lines[body_line - 1 :]), body_line))
    named = identity.with_anchors([each.block for each in placed])
    for before, after in zip(placed, named, strict=True):
        if before.block.level > 1 and not before.block.anchor and not before.unknown:
            yield before.line, after.anchor


def with_anchor(line: str, anchor: str) -> str:
    """A heading line with `#anchor` in its marks, behind the role if that stands first."""
    found = _MARKS.search(line)
    if not found:
        return f"{line} {{#{anchor}}}"
    tokens = found[1].split()
    tokens.insert(1 if tokens and tokens[0].startswith(".") else 0, f"#{anchor}")
    return f"{line[: found.start()]}{{{' '.join(tokens)}}}"


def tidy_lines(lines: Sequence[str], body_line: int) -> list[str]:
    """Lines without white space at their ends, and one empty last line: a final line feed.

    Front matter and code are left alone, and so are the two spaces that break a line.
    """
    result, fence = list(lines[: body_line - 1]), ""
    for position, line in enumerate(lines[body_line - 1 :], start=body_line):
        following = lines[position] if position < len(lines) else ""
        code = markup.FENCE.match(line)
        if code and (not fence or code[1] == fence):
            fence = "" if fence else code[1]
        keep = fence or _breaks_line(line, following)
        result.append(line if keep else line.rstrip(_BLANK))
    while len(result) >= body_line and not fence and not result[-1]:
        result.pop()
    return result if fence and not result[-1] else [*result, ""]


def _breaks_line(line: str, following: str) -> bool:
    text = line.rstrip(" ")
    inside = text.strip() and not text.startswith("#")
    goes_on = following.strip() and not following.startswith("#")
    return bool(inside and goes_on and len(line) - len(text) >= 2)
