"""Which candidates are headings: a sum of points over signs, which the import can show."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.compilation import CompilationPart
from casebook.structure.heading_candidates import (
    ANNEX_FAMILY,
    BRACKET_FAMILY,
    BULLET_FAMILY,
    FREE_FAMILY,
    LABEL_FAMILY,
    MARKDOWN_FAMILY,
    PLAIN_FAMILY,
    Candidate,
    RoleOf,
    find_candidates,
    find_items,
)
from casebook.structure.heading_places import (
    BOOK_TITLE,
    CLOSED_CHARACTERS,
    SHORT_CHARACTERS,
    HeadingPlaces,
)
from casebook.structure.lines import is_byline
from casebook.structure.markers import ORDINAL_FAMILY, SHI_FAMILY, TURN_FAMILY, continues
from casebook.structure.paragraphs import Paragraph
from casebook.text.sentence_ends import STATEMENT_ENDS

HEADING_POINTS = 4
"""Points from which a candidate is a heading."""

LONG_CHARACTERS = 45
"""Characters above which a heading is long; 35 and 55 change nothing on the golden write-ups."""

PARALLEL_LINES = 3
"""Unmarked lines of one shape that are parallel."""

FEWEST_ROLE_LINES = 3
"""With at least this many role names on lines of their own, one before a text is no heading."""

FEWEST_IN_SEQUENCE = 2
"""Headings that make a sequence; with 3, 24 golden headings are lost."""

FEWEST_ITEMS = 3
"""Paragraphs 一是, 二是 … that are the items of a write-up without headings."""

_QUOTED = re.compile("“[^“”]*”")
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

    @property
    def starts_late(self) -> bool:
        """Whether the first number is missing; the first point is then part of a text."""
        return self.members[0].number > 1


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


class _SignFinder(HeadingPlaces):
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
        super().__init__(paragraphs, candidates)
        self.unmarked = sum(c.family == FREE_FAMILY and c.text[-1] not in "！!" for c in candidates)
        self.role_lines = sum(c.family == PLAIN_FAMILY and not c.run_in for c in candidates)
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
        elif candidate.family == PLAIN_FAMILY:
            yield "资料的名称", 2
        elif candidate.index < self.first_text and is_byline(candidate.text):
            yield "题目下的单位或姓名", -3

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
        return following.number <= 1 and following.family != ANNEX_FAMILY

    def _find_place_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        if not candidate.run_in:
            yield "独占一行", 1
        below = 1 if candidate.run_in else self._measure_below(candidate)
        above = self.at.get(candidate.index - 1)
        unmarked = candidate.family in (FREE_FAMILY, PLAIN_FAMILY)
        if unmarked and above and above.family == ANNEX_FAMILY:
            yield "附件的题目", -4
        if self._is_signed(candidate):
            yield "下一行是署名或日期", -4
        if self._is_above_all(candidate):
            yield "首个小节之前的散行", -3
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

    def _find_shape_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        text = candidate.text
        if candidate.set_apart:
            yield "加粗、居中或字大", 2
        if len(text) <= SHORT_CHARACTERS:
            yield "短", 1
        elif len(text) > LONG_CHARACTERS:
            yield "长", -1
        if text[-1] in "；，,;":
            yield "以分号或逗号收尾", -3
        elif text[-1] not in STATEMENT_ENDS and not candidate.run_in:
            yield "句末没有句号", 1
        if candidate.family == FREE_FAMILY:
            clauses = len(text) > (SHORT_CHARACTERS if "，" in text else CLOSED_CHARACTERS)
            least = 1 if self.closes_every_text and candidate.index > self.first_text else 2
            is_sentence = _PREDICATE.search(text) or (clauses and self.clauses < least)
            if is_sentence and not BOOK_TITLE.match(text):
                yield "像一句话", -1
            if _QUOTED.fullmatch(text):
                yield "整行是一句引语", -1
            if text[-1] in "！!" and self.unmarked < PARALLEL_LINES:
                yield "没有别的小标题的感叹", -3
            if self.shapes[_describe_shape(text)] >= PARALLEL_LINES:
                yield "与别的小标题句式整齐", 1

    def _find_sequence_signs(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        sequence = self.sequences[candidate.index]
        size = len(sequence.members)
        is_list = 2 * sequence.with_body < size
        if candidate.number:
            if candidate.family in (TURN_FAMILY, ORDINAL_FAMILY) and sequence.starts_late:
                yield "前面没有首先或第一", -4
            elif size >= FEWEST_IN_SEQUENCE:
                yield ("成列，下面没有正文", -4) if is_list else ("序号前后相连", 3)
            elif candidate.run_in and candidate.number == 1 < self.ones[candidate.family]:
                yield "别的小节也从头编号", 1
            elif candidate.run_in or candidate.family == SHI_FAMILY:
                yield "段首的序号没有上下文", -3
        elif candidate.family == LABEL_FAMILY:
            if not candidate.role:
                yield (
                    ("几段开头相同", 2) if self._has_alike_neighbor(candidate) else ("只有一处", -3)
                )
            elif self._is_gist(candidate):
                yield "方括号的小节之前的摘要", -4
            else:
                yield (
                    ("小标题都独占一行", -2)
                    if self.role_lines >= FEWEST_ROLE_LINES
                    and not self._has_alike_neighbor(candidate)
                    else ("几段开头相同", 2)
                )
        elif candidate.family.startswith(BULLET_FAMILY):
            alone = size < FEWEST_IN_SEQUENCE or is_list
            yield ("符号开头的几行列举", -4) if alone else ("几行以同一符号开头", 1)
        elif candidate.family == ANNEX_FAMILY:
            yield "附件", 4
        elif candidate.family.startswith(MARKDOWN_FAMILY):
            yield "Markdown 标记", 9
        elif candidate.family == BRACKET_FAMILY:
            yield (
                "方括号",
                2 if not candidate.run_in or size >= FEWEST_IN_SEQUENCE or candidate.role else 0,
            )

    def _has_alike_neighbor(self, candidate: Candidate) -> bool:
        """Whether the paragraph before or after has a candidate of the same family and role."""
        neighbors = (self.at.get(candidate.index - 1), self.at.get(candidate.index + 1))
        alike = candidate.family, candidate.role
        return any(other and (other.family, other.role) == alike for other in neighbors)


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
