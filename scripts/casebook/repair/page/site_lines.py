"""Lines and notes that a web page or a messenger put around the text, removed; never prose.

Their words are in `text/page_furniture.yml`. Each removal is a step that can be switched off or
undone. Notices that the text is cut off stay, and are flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from operator import add

from casebook.repair.draft_text import DraftText, TextDoubt
from casebook.repair.edits import Edit, removal
from casebook.repair.page.word_leftovers import places_of
from casebook.text.furniture_lines import is_field_line, kind_of_line
from casebook.text.placed_lines import PlacedLine

_JAMMED = re.compile(
    r"(?m:(?:^|(?<=[^\x00-\x7f])) *(?:[!-~]{1,2} ){4,}"
    r"(?:[!-~]{1,2}(?= *$)|[A-Za-z](?=\(|[^\x00-\x7f]|$)))"
)
_FEW_SIGNS = re.compile(" (?:[!-~]{1,2} ){3}")
_JAMMED_PAIR = re.compile(r"[^0-9\s][^A-Za-z\s]")
_JAMMED_SIGN = re.compile(r"[A-Za-z][^\w\s]")
FEWEST_SIGNS, FEWEST_PAIRS = 3, 2
"""Least kinds of signs in a run of random letters and signs, and least letters next to a sign."""

LABEL_LENGTH = 12
"""Characters below which a line that ends with a colon may be the label of a field."""

FEWEST_TOOLS = 3
"""Different buttons, a line each, that are a toolbar and no headings; at the end also credits."""


def remove_site_lines(document: DraftText) -> Iterator[Edit]:
    """Remove lines of page furniture; what may be text, such as 下载, only beside such lines."""
    run: list[tuple[PlacedLine, str]] = []
    before = ""
    known = {*document.lines_that(kind_of_line)}
    for index, place in enumerate((*document.lines, ((0, 0), "")) if known else ()):
        (start, _), line = place
        kind = kind_of_line(line) if index in known else ""
        # Addresses and [打印] are protected from rules of marks only, code from this rule, too.
        if kind and (line[0] in "[hw" or not document.is_protected(start)):
            run.append((place, kind))
            continue
        yield from _removed(run, before, line) if run else ()
        run, before = [], line


def _removed(run: Sequence[tuple[PlacedLine, str]], before: str, after: str) -> Iterator[Edit]:
    """The lines of a run that go, between two others. What a colon announces is text."""
    kinds = ("tool",) if after else ("tool", "credit")
    tools = {line for (_, line), kind in run if kind in kinds}
    announced = before.endswith(("：", ":"))
    sure = any(kind == "site" for _, kind in run) or (
        not announced
        and (len(tools) >= FEWEST_TOOLS or is_field_line(before) or is_field_line(after))
    )
    for index, ((span, _), kind) in enumerate(run):
        beside = sure and kind != "fact" and not (announced and index == 0)
        if kind == "site" or beside:
            yield removal(span)


def remove_page_fields(document: DraftText) -> Iterator[Edit]:
    """Remove lines of fields that only web pages have (作者：… 点击数：…).

    One of them must be a telling one, such as a counter: 作者：… 来源：… are facts to keep.
    """
    lines = document.lines
    fields = {*document.lines_that(is_field_line)}
    fields.update(*_tables_of_fields([line for _, line in lines]))
    return (removal(lines[i][0]) for i in sorted(fields))


def _tables_of_fields(lines: Sequence[str]) -> Iterator[range]:
    """Lines of a table of fields, each label with its colon on the line before its value."""
    ends = (i for i, line in enumerate(lines[:-1]) if line[-1] in "：:")
    labels = {i for i in ends if _is_label(lines[i], lines[i + 1])}
    for first in labels - {i + 2 for i in labels}:
        end = next(i for i in count(first, 2) if i not in labels)
        if is_field_line("|".join(map(add, lines[first:end:2], lines[first + 1 : end : 2]))):
            yield range(first, end)


def _is_label(line: str, value: str) -> bool:
    return len(line) < LABEL_LENGTH and value[-1] not in "。；，：:"


def remove_jamming_text(document: DraftText) -> Iterator[Edit]:
    """Remove random letters and signs that a forum hides between lines against copying."""
    for line in document.lines_of(_FEW_SIGNS):
        for place in _JAMMED.finditer(document.text, *line):
            if _is_jammed(place[0]):
                yield removal(place.span())


def _is_jammed(text: str) -> bool:
    """Whether most tokens are a letter with a sign or digit, and there are signs of many kinds."""
    tokens = text.split()
    pairs = sum(_JAMMED_PAIR.fullmatch(token) is not None for token in tokens)
    glued = sum(_JAMMED_SIGN.fullmatch(token) is not None for token in tokens)
    signs = {c for c in text if not c.isalnum() and not c.isspace()}
    return 2 * pairs >= len(tokens) and glued >= FEWEST_PAIRS and len(signs) >= FEWEST_SIGNS


def flag_cut_off_notices(document: DraftText) -> Iterator[TextDoubt]:
    """Flag notices that the text goes on elsewhere: the rest is missing."""
    message = "这里注明后面还有内容，文章可能不完整，请补全或核对。"
    return (TextDoubt(*found.span(), message) for found in places_of(document, "notice"))
