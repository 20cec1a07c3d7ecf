"""Which candidates are headings: a score over several signs, each of them visible."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.compilation import Part
from casebook.structure.heading_candidates import (
    BRACKET,
    FREE,
    FREE_LENGTH,
    LABEL,
    MARKDOWN,
    PLAIN,
    Candidate,
    Names,
    find_candidates,
    find_items,
)
from casebook.structure.lines import is_beside, is_byline
from casebook.structure.markers import SHI, TURN, continues
from casebook.structure.paragraphs import Paragraph
from casebook.text.sentence_ends import HALF_WIDTH_ENDS, LINE_ENDS, SENTENCE_ENDS, STATEMENT_ENDS

ENOUGH = 4
"""Points from which a candidate is a heading."""

SHORT, LONG = 24, 45
"""Characters up to which a heading is short, and above which it is long."""

CLAUSE = 16
"""Characters above which a line with a comma may itself be the text under a heading."""

ROW = 3
"""Unmarked lines in a row from which they are a list."""

PARALLEL = 3
"""Unmarked lines of one shape from which they are parallel."""

STACKS = 2
"""Places at which one unmarked line stands on another above a text, from which lines nest."""

ALONE = 3
"""Names of roles on lines of their own from which one that text follows on its line is none."""

RUN = 2
"""Headings that make a sequence or a parallel."""

LEAST_ITEMS = 3
"""Paragraphs that count 一是, 二是 from which they are the items of a write-up without headings."""

_CLOSED = re.compile(rf"[{LINE_ENDS}{HALF_WIDTH_ENDS}’》.:)]$")
_SENTENCE = re.compile(f"[{SENTENCE_ENDS}]")
_TITLED = re.compile(r"《[^《》]+》(?:[（(][^（）()]*[）)])?$")
_PREDICATE = re.compile(
    r"[，,].*[，,]|^(?:我|他|她|你|这|那|于是|但是|所以|因为|不过)|[了着过的吗呢吧]$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """An accepted candidate with the signs that spoke for and against it."""

    candidate: Candidate
    signs: tuple[tuple[str, int], ...]

    @property
    def score(self) -> int:
        """The sum of the points."""
        return sum(points for _, points in self.signs)


@dataclass(slots=True)
class _Sequence:
    """Candidates of one family that count on, or unmarked ones that are alike."""

    members: list[Candidate]
    with_body: int = 0


def find_headings(part: Part, role_of: Names) -> list[Heading]:
    """The headings of a write-up, in order. Time grows with the number of paragraphs.

    Where there is none, paragraphs that count 一是, 二是, 三是 are the items.
    """
    found = _accepted(part, list(find_candidates(part, role_of)))
    if found:
        return found
    items = _accepted(part, list(find_items(part, role_of)))
    return items if len(items) >= LEAST_ITEMS else []


def _accepted(part: Part, candidates: Sequence[Candidate]) -> list[Heading]:
    scene = _Scene(part.body, candidates)
    found = []
    for candidate in candidates:
        heading = Heading(candidate, tuple(scene.signs(candidate)))
        if heading.score >= ENOUGH:
            found.append(heading)
    return found


class _Scene:
    """What stands around each candidate, worked out once for the whole write-up."""

    def __init__(self, paragraphs: Sequence[Paragraph], candidates: Sequence[Candidate]) -> None:
        self.paragraphs = paragraphs
        self.at = {candidate.index: candidate for candidate in candidates}
        self.first_text = next(
            (index for index, p in enumerate(paragraphs) if _SENTENCE.search(p.text)),
            len(paragraphs),
        )
        self.stack = self._stacks()
        self.rows = self._rows()
        tops = {row for row in self.rows if len(row) == 2 and self._opens_a_text(row)}
        self.nests = len(tops) >= STACKS
        self.unclosed = sum(c.family == FREE and c.text[-1] not in "！!" for c in candidates)
        self.alone = sum(c.family == PLAIN and not c.run_in for c in candidates)
        self.texts = Counter(candidate.text for candidate in candidates)
        self.shapes = Counter(_shape(c.text) for c in candidates if c.family == FREE)
        self.sequences: dict[int, _Sequence] = {}
        self._find_sequences(candidates)

    def signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        """Name and points of every sign of a candidate."""
        yield from self._place_signs(candidate)
        yield from self._shape_signs(candidate)
        yield from self._sequence_signs(candidate)
        if candidate.role:
            yield "小标题写明了角色", 2
        elif candidate.index < self.first_text and is_byline(candidate.text):
            yield "题目下的单位或姓名", -3

    def _stacks(self) -> list[int]:
        """For each paragraph how many candidate lines in a row start here and end above a text.

        0 for a line under which nothing stands. Counted from the end.
        """
        depth = [0] * (len(self.paragraphs) + 1)
        for index in range(len(self.paragraphs) - 1, -1, -1):
            candidate = self.at.get(index)
            if is_beside(self.paragraphs[index].text):
                depth[index] = depth[index + 1] if index + 1 < len(self.paragraphs) else 0
            elif candidate is None or self._is_text(candidate):
                depth[index] = 1
            else:
                depth[index] = depth[index + 1] + 1 if depth[index + 1] else 0
        return depth

    def _is_text(self, candidate: Candidate) -> bool:
        """Whether a candidate says something itself, be it a heading or not."""
        text = candidate.text
        told = not _TITLED.match(text) and len(text) > (CLAUSE if "，" in text else SHORT)
        return candidate.run_in or text[-1] in STATEMENT_ENDS or told

    def _rows(self) -> list[range]:
        """For each paragraph the free lines that stand in a row with it."""
        rows = [range(0)] * len(self.paragraphs)
        start = 0
        for index in range(len(self.paragraphs) + 1):
            candidate = self.at.get(index)
            if candidate is None or candidate.family != FREE or len(candidate.text) > SHORT:
                rows[start:index] = [range(start, index)] * (index - start)
                start = index + 1
        return rows

    def _is_in_list(self, row: range) -> bool:
        return len(row) >= ROW and not self._is_nested(row)

    def _opens_a_text(self, row: range) -> bool:
        """Whether the lines of a row stand right above a text, and none of them goes on."""
        return bool(self.stack[row.stop]) and not any(self._is_text(self.at[n]) for n in row)

    def _is_nested(self, row: range) -> bool:
        """Whether three lines in a row are a heading, its first part and the first item of that.

        Only where elsewhere two lines stand above a text again and again: else they are a list.
        """
        return self.nests and len(row) == ROW and self._opens_a_text(row)

    def _find_sequences(self, candidates: Sequence[Candidate]) -> None:
        current: dict[str, _Sequence] = {}
        for candidate in candidates:
            family, last = candidate.family, current.get(candidate.family)
            goes_on = last and (
                not candidate.number or continues(candidate.number, last.members[-1].number, family)
            )
            if last is None or not goes_on:
                last = current[family] = _Sequence([])
            last.members.append(candidate)
            last.with_body += self._has_body(candidate)
            self.sequences[candidate.index] = last

    def _has_body(self, candidate: Candidate) -> bool:
        """Whether a text, or a heading that could be part of it, stands under a candidate."""
        if candidate.run_in:
            return True
        following = self.at.get(candidate.index + 1)
        if following and not following.run_in:
            inner = following.family != candidate.family and self._could_be_inner(following)
            return inner and self.stack[candidate.index + 1] > 0
        return self.stack[candidate.index + 1] > 0

    def _could_be_inner(self, following: Candidate) -> bool:
        """Whether a heading could be part of the one above: 基本案情 comes back in every case."""
        if following.family == PLAIN:
            return self.texts[following.text] > 1
        return following.number <= 1

    def _holds_nothing(self, candidate: Candidate) -> bool:
        """Whether an unmarked line stands right above a name of a role that comes but once.

        Then it is a subtitle or the words under a picture, unless headings nest in the write-up.
        """
        row = self.rows[candidate.index]
        if self.nests and row and row.start:
            return False
        following = self.at.get(row.stop if row else candidate.index + 1)
        if following is None or following.family != PLAIN or self.texts[following.text] > 1:
            return False
        return candidate.family == FREE or (candidate.family == PLAIN and candidate.index == 0)

    def _place_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        if not candidate.run_in:
            yield "独占一行", 1
        below = 1 if candidate.run_in else self.stack[candidate.index + 1]
        if self._holds_nothing(candidate):
            yield "紧接着是另一节的名称", -3
        elif candidate.family == FREE and self._is_in_list(self.rows[candidate.index]):
            yield "几行短句排在一起", -3
        elif candidate.run_in or below:
            yield "下面有正文", 1
        elif candidate.family == PLAIN and self.texts[candidate.text] == 1:
            yield "下面没有正文", -1
        else:
            yield "下面没有正文", -3
        if candidate.family == FREE and self._is_listed(candidate.index):
            yield "上一段引出几行列举", -3
        if self._follows_a_close(candidate.index):
            yield "上一段已经结束", 1
        elif not candidate.number:
            yield "上一行没有说完", -1

    def _follows_a_close(self, index: int) -> bool:
        before = index - 1
        while before >= 0 and is_beside(self.paragraphs[before].text):
            before -= 1
        if before < 0 or before in self.at:
            return True
        text = self.paragraphs[before].text
        return len(text) > FREE_LENGTH or bool(_CLOSED.search(text))

    def _is_listed(self, index: int) -> bool:
        """Whether two lines follow a colon: 荣誉如下： opens a list."""
        row = self.rows[index]
        return len(row) > 1 and row.start > 0 and self.paragraphs[row.start - 1].text[-1] in "：:"

    def _shape_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        text = candidate.text
        if len(text) <= SHORT:
            yield "短", 1
        elif len(text) > LONG:
            yield "长", -1
        if text[-1] in "；，,;":
            yield "以分号或逗号收尾", -3
        elif text[-1] not in STATEMENT_ENDS and not candidate.run_in:
            yield "句末没有句号", 1
        if candidate.family == FREE:
            told = _PREDICATE.search(text) or (len(text) > SHORT and "，" in text)
            if told and not _TITLED.match(text):
                yield "像一句话", -1
            if text[-1] in "！!" and self.unclosed < PARALLEL:
                yield "没有别的小标题的感叹", -3
            if self.shapes[_shape(text)] >= PARALLEL:
                yield "与别的小标题句式整齐", 1

    def _sequence_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        sequence = self.sequences[candidate.index]
        size = len(sequence.members)
        listed = 2 * sequence.with_body < size
        if candidate.number:
            if size >= RUN:
                yield ("成列，下面没有正文", -4) if listed else ("序号前后相连", 3)
            elif candidate.run_in or candidate.family == SHI:
                yield "段首的序号没有上下文", -3
        elif candidate.family == LABEL:
            if not candidate.role:
                yield ("几段开头相同", 2) if self._alike_beside(candidate) else ("只有一处", -3)
            else:
                yield ("小标题都独占一行", -2) if self.alone >= ALONE else ("几段开头相同", 2)
        elif candidate.family.startswith(MARKDOWN):
            yield "Markdown 标记", 9
        elif candidate.family == BRACKET:
            yield "方括号", 2 if not candidate.run_in or size >= RUN or candidate.role else 0

    def _alike_beside(self, candidate: Candidate) -> bool:
        """Whether the paragraph before or after opens in the same way."""
        beside = (self.at.get(candidate.index - 1), self.at.get(candidate.index + 1))
        return any(other and other.family == candidate.family for other in beside)


def _shape(text: str) -> tuple[int, int]:
    """How a heading is built, roughly: its clauses and its length in steps of six characters."""
    return text.count("，"), len(text) // 6


def missing_numbers(headings: Sequence[Heading]) -> Iterator[tuple[Heading, int]]:
    """Headings before which a number of their sequence is missing, with that number."""
    last: dict[str, int] = defaultdict(int)
    for heading in headings:
        family, number = heading.candidate.family, heading.candidate.number
        if number and family != TURN:
            if last[family] and number == last[family] + 2:
                yield heading, number - 1
            last[family] = number
