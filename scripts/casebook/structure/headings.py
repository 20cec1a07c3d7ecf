"""Which candidates are headings: a sum of points over signs, which the import can show."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.compilation import CompilationPart
from casebook.structure.heading_candidates import (
    BRACKET_FAMILY,
    FREE_CHARACTERS,
    FREE_FAMILY,
    LABEL_FAMILY,
    MARKDOWN_FAMILY,
    PLAIN_FAMILY,
    Candidate,
    RoleOf,
    find_candidates,
    find_items,
)
from casebook.structure.lines import is_byline, is_outside_text
from casebook.structure.markers import SHI_FAMILY, TURN_FAMILY, continues
from casebook.structure.paragraphs import Paragraph
from casebook.text.sentence_ends import HALF_WIDTH_ENDS, LINE_ENDS, SENTENCE_ENDS, STATEMENT_ENDS

HEADING_POINTS = 4
"""Points from which a candidate is a heading."""

SHORT_CHARACTERS, LONG_CHARACTERS = 24, 45
"""Characters: up to the first a heading is short, above the second it is long.

On the golden write-ups 30 for the first loses 4 headings and lets 2 false ones through; 20 changes
nothing. For the second, 35 and 55 change nothing.
"""

CLAUSE_CHARACTERS = 16
"""Characters; a longer line with a comma may be the text under a heading itself."""

LIST_LINES = 3
"""Unmarked lines in a row that make a list; with 2, 8 golden headings are lost."""

PARALLEL_LINES = 3
"""Unmarked lines of one shape that are parallel."""

FEWEST_STACKS = 2
"""Places with two unmarked lines in a row above a text, from which headings nest.

With 1, 10 false headings are found in the golden write-ups.
"""

FEWEST_ROLE_LINES = 3
"""With at least this many role names on lines of their own, one before a text is no heading."""

FEWEST_IN_SEQUENCE = 2
"""Headings that make a sequence; with 3, 24 golden headings are lost."""

FEWEST_ITEMS = 3
"""Paragraphs 一是, 二是 … that are the items of a write-up without headings."""

_CLOSED = re.compile(rf"[{LINE_ENDS}{HALF_WIDTH_ENDS}’》.:)]$")
_SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}]")
_BOOK_TITLE = re.compile(r"《[^《》]+》(?:[（(][^（）()]*[）)])?$")
_PREDICATE = re.compile(
    r"[，,].*[，,]|^(?:我|他|她|你|这|那|于是|但是|所以|因为|不过)|[了着过的吗呢吧]$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """An accepted candidate with its signs, each a name and points, for or against it."""

    candidate: Candidate
    signs: tuple[tuple[str, int], ...]

    @property
    def score(self) -> int:
        """The sum of the points."""
        return sum(points for _, points in self.signs)


@dataclass(slots=True)
class _HeadingSequence:
    """Candidates of one family whose numbers continue, or all of a family without numbers.

    `with_body` is the number of members with a text under them.
    """

    members: list[Candidate]
    with_body: int = 0


def find_headings(part: CompilationPart, role_of: RoleOf) -> list[Heading]:
    """The headings of a write-up, in order, in time linear in the number of paragraphs.

    If there are none, paragraphs that open with 一是, 二是, 三是 are the items.
    """
    found = _accept(part, list(find_candidates(part, role_of)))
    if found:
        return found
    items = _accept(part, list(find_items(part, role_of)))
    return items if len(items) >= FEWEST_ITEMS else []


def _accept(part: CompilationPart, candidates: Sequence[Candidate]) -> list[Heading]:
    finder = _SignFinder(part.body, candidates)
    found = []
    for candidate in candidates:
        heading = Heading(candidate, tuple(finder.find_signs(candidate)))
        if heading.score >= HEADING_POINTS:
            found.append(heading)
    return found


class _SignFinder:
    """The signs of candidates, found in what surrounds them in one write-up.

    A candidate with HEADING_POINTS = 4 or more is a heading. The scale of the points:

        1     an ordinary sign; a short line alone above a text, without a full stop, has five:
                  抓好源头治理
                  今年以来，全县排查隐患320处，整改率98.5%。
              (独占一行, 下面有正文, 上一段已经结束, 短, 句末没有句号)
        -1    an ordinary objection; such a line survives 像一句话 (four points are left), but not
              上一行没有说完, which it has instead of 上一段已经结束 (three points are left)
        2     a name or a form that few lines have: 主要做法, 【…】, a label among others
        3     a number that continues its sequence; with one ordinary sign it is enough
        -3    an objection that such a line never survives: it is one of a list, has no text under
              it, or is a name under the title
        -4    numbered lines, most of them without text: they are a list
        9     a Markdown heading, whatever the objections

    The points were set by hand on the golden write-ups (tests/data/structure/golden). There, in 160
    texts, each write-up with its marks and without, the outcome flips at:

        HEADING_POINTS                                             3: 6 false headings
                                                                   5: none, 3 tests of headings fail
        独占一行, 下面有正文, 上一段已经结束, 句末没有句号         2: 6 false headings each
        短, 与别的小标题句式整齐                                   2: 2 false headings each
        像一句话                                                   0: 4 false headings
        题目下的单位或姓名                                         -2: 2 false headings

    One point less for any sign, or one more for the other signs, changes nothing there.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], candidates: Sequence[Candidate]) -> None:
        self.paragraphs = paragraphs
        self.at = {candidate.index: candidate for candidate in candidates}
        self.first_text = next(
            (index for index, p in enumerate(paragraphs) if _SENTENCE_END.search(p.text)),
            len(paragraphs),
        )
        self.stack = self._measure_stacks()
        self.rows = self._find_rows()
        tops = {row for row in self.rows if len(row) == 2 and self._opens_a_text(row)}
        self.nests = len(tops) >= FEWEST_STACKS
        self.unmarked = sum(c.family == FREE_FAMILY and c.text[-1] not in "！!" for c in candidates)
        self.role_lines = sum(c.family == PLAIN_FAMILY and not c.run_in for c in candidates)
        self.texts = Counter(candidate.text for candidate in candidates)
        self.shapes = Counter(
            _describe_shape(c.text) for c in candidates if c.family == FREE_FAMILY
        )
        self.sequences: dict[int, _HeadingSequence] = {}
        self._find_sequences(candidates)

    def find_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        """Name and points of every sign of a candidate."""
        yield from self._find_place_signs(candidate)
        yield from self._find_shape_signs(candidate)
        yield from self._find_sequence_signs(candidate)
        if candidate.role:
            yield "小标题写明了角色", 2
        elif candidate.index < self.first_text and is_byline(candidate.text):
            yield "题目下的单位或姓名", -3

    def _measure_stacks(self) -> list[int]:
        """For each paragraph the number of lines from here to the next text, that text included.

        1 for a text, 2 for a candidate right above one, 3 for one above that, and 0 for candidates
        without a text under them. Lines outside the text do not count. The last item is 0.
        """
        depth = [0] * (len(self.paragraphs) + 1)
        for index in range(len(self.paragraphs) - 1, -1, -1):
            candidate = self.at.get(index)
            if is_outside_text(self.paragraphs[index].text):
                depth[index] = depth[index + 1] if index + 1 < len(self.paragraphs) else 0
            elif candidate is None or self._is_text(candidate):
                depth[index] = 1
            else:
                depth[index] = depth[index + 1] + 1 if depth[index + 1] else 0
        return depth

    def _is_text(self, candidate: Candidate) -> bool:
        """Whether a candidate is or has a text itself, even if it is a heading."""
        text = candidate.text
        long = not _BOOK_TITLE.match(text) and len(text) > (
            CLAUSE_CHARACTERS if "，" in text else SHORT_CHARACTERS
        )
        return candidate.run_in or text[-1] in STATEMENT_ENDS or long

    def _find_rows(self) -> list[range]:
        """For each paragraph the row of short free lines that it is in; empty for all others."""
        rows = [range(0)] * len(self.paragraphs)
        start = 0
        for index in range(len(self.paragraphs) + 1):
            candidate = self.at.get(index)
            if (
                candidate is None
                or candidate.family != FREE_FAMILY
                or len(candidate.text) > SHORT_CHARACTERS
            ):
                rows[start:index] = [range(start, index)] * (index - start)
                start = index + 1
        return rows

    def _is_in_list(self, row: range) -> bool:
        return len(row) >= LIST_LINES and not self._is_nested(row)

    def _opens_a_text(self, row: range) -> bool:
        """Whether a row is right above a text, and none of its lines is a text itself."""
        return bool(self.stack[row.stop]) and not any(self._is_text(self.at[n]) for n in row)

    def _is_nested(self, row: range) -> bool:
        """Whether a row of three is a section, its first part and the first item of that part.

        Only if rows of two lines are above texts elsewhere; without such rows they are a list.
        """
        return self.nests and len(row) == LIST_LINES and self._opens_a_text(row)

    def _find_sequences(self, candidates: Sequence[Candidate]) -> None:
        current: dict[str, _HeadingSequence] = {}
        for candidate in candidates:
            family, last = candidate.family, current.get(candidate.family)
            goes_on = last and (
                not candidate.number or continues(candidate.number, last.members[-1].number, family)
            )
            if last is None or not goes_on:
                last = current[family] = _HeadingSequence([])
            last.members.append(candidate)
            last.with_body += self._has_body(candidate)
            self.sequences[candidate.index] = last

    def _has_body(self, candidate: Candidate) -> bool:
        """Whether a candidate is followed by a text or by a heading that could be part of it."""
        if candidate.run_in:
            return True
        following = self.at.get(candidate.index + 1)
        if following and not following.run_in:
            inner = following.family != candidate.family and self._could_be_inner(following)
            return inner and self.stack[candidate.index + 1] > 0
        return self.stack[candidate.index + 1] > 0

    def _could_be_inner(self, following: Candidate) -> bool:
        """Whether a heading may be part of the one above, like 基本案情 in several cases."""
        if following.family == PLAIN_FAMILY:
            return self.texts[following.text] > 1
        return following.number <= 1

    def _holds_nothing(self, candidate: Candidate) -> bool:
        """Whether an unmarked line is right above a role name that occurs only once.

        Then it is a subtitle or a caption, unless headings nest in this write-up.
        """
        row = self.rows[candidate.index]
        if self.nests and row and row.start:
            return False
        following = self.at.get(row.stop if row else candidate.index + 1)
        if following is None or following.family != PLAIN_FAMILY or self.texts[following.text] > 1:
            return False
        return candidate.family == FREE_FAMILY or (
            candidate.family == PLAIN_FAMILY and candidate.index == 0
        )

    def _find_place_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        if not candidate.run_in:
            yield "独占一行", 1
        below = 1 if candidate.run_in else self.stack[candidate.index + 1]
        if self._holds_nothing(candidate):
            yield "紧接着是另一节的名称", -3
        elif candidate.family == FREE_FAMILY and self._is_in_list(self.rows[candidate.index]):
            yield "几行短句排在一起", -3
        elif candidate.run_in or below:
            yield "下面有正文", 1
        elif candidate.family == PLAIN_FAMILY and self.texts[candidate.text] == 1:
            yield "下面没有正文", -1
        else:
            yield "下面没有正文", -3
        if candidate.family == FREE_FAMILY and self._is_listed(candidate.index):
            yield "上一段引出几行列举", -3
        if self._follows_a_close(candidate.index):
            yield "上一段已经结束", 1
        elif not candidate.number:
            yield "上一行没有说完", -1

    def _follows_a_close(self, index: int) -> bool:
        before = index - 1
        while before >= 0 and is_outside_text(self.paragraphs[before].text):
            before -= 1
        if before < 0 or before in self.at:
            return True
        text = self.paragraphs[before].text
        return len(text) > FREE_CHARACTERS or bool(_CLOSED.search(text))

    def _is_listed(self, index: int) -> bool:
        """Whether a row of lines follows a colon: 荣誉如下： opens a list."""
        row = self.rows[index]
        return len(row) > 1 and row.start > 0 and self.paragraphs[row.start - 1].text[-1] in "：:"

    def _find_shape_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        text = candidate.text
        if len(text) <= SHORT_CHARACTERS:
            yield "短", 1
        elif len(text) > LONG_CHARACTERS:
            yield "长", -1
        if text[-1] in "；，,;":
            yield "以分号或逗号收尾", -3
        elif text[-1] not in STATEMENT_ENDS and not candidate.run_in:
            yield "句末没有句号", 1
        if candidate.family == FREE_FAMILY:
            is_sentence = _PREDICATE.search(text) or (len(text) > SHORT_CHARACTERS and "，" in text)
            if is_sentence and not _BOOK_TITLE.match(text):
                yield "像一句话", -1
            if text[-1] in "！!" and self.unmarked < PARALLEL_LINES:
                yield "没有别的小标题的感叹", -3
            if self.shapes[_describe_shape(text)] >= PARALLEL_LINES:
                yield "与别的小标题句式整齐", 1

    def _find_sequence_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        sequence = self.sequences[candidate.index]
        size = len(sequence.members)
        is_list = 2 * sequence.with_body < size
        if candidate.number:
            if size >= FEWEST_IN_SEQUENCE:
                yield ("成列，下面没有正文", -4) if is_list else ("序号前后相连", 3)
            elif candidate.run_in or candidate.family == SHI_FAMILY:
                yield "段首的序号没有上下文", -3
        elif candidate.family == LABEL_FAMILY:
            if not candidate.role:
                yield (
                    ("几段开头相同", 2) if self._has_alike_neighbor(candidate) else ("只有一处", -3)
                )
            else:
                yield (
                    ("小标题都独占一行", -2)
                    if self.role_lines >= FEWEST_ROLE_LINES
                    else ("几段开头相同", 2)
                )
        elif candidate.family.startswith(MARKDOWN_FAMILY):
            yield "Markdown 标记", 9
        elif candidate.family == BRACKET_FAMILY:
            yield (
                "方括号",
                2 if not candidate.run_in or size >= FEWEST_IN_SEQUENCE or candidate.role else 0,
            )

    def _has_alike_neighbor(self, candidate: Candidate) -> bool:
        """Whether the paragraph before or after has a candidate of the same family."""
        neighbors = (self.at.get(candidate.index - 1), self.at.get(candidate.index + 1))
        return any(other and other.family == candidate.family for other in neighbors)


def _describe_shape(text: str) -> tuple[int, int]:
    """The rough shape of a heading: the commas in it, and its length in steps of 6 characters."""
    return text.count("，"), len(text) // 6


def find_missing_numbers(headings: Sequence[Heading]) -> Iterator[tuple[Heading, int]]:
    """The headings before which one number of a sequence is missing, with that number."""
    last: dict[str, int] = defaultdict(int)
    for heading in headings:
        family, number = heading.candidate.family, heading.candidate.number
        if number and family != TURN_FAMILY:
            if last[family] and number == last[family] + 2:
                yield heading, number - 1
            last[family] = number
