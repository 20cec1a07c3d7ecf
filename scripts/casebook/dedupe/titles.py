"""What two titles say about two texts: one document, two versions of it, or two documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebook.dedupe.conflicts import find_numeric_change, find_units_apart, pair_conflicts
from casebook.dedupe.contrasts import find_contrast
from casebook.dedupe.facts import find_numeric_facts
from casebook.dedupe.names import (
    MAKE_NAMES,
    NOUN_TAGS,
    PLACEHOLDERS,
    Word,
    find_names,
    makes_place,
    segment_words,
)
from casebook.dedupe.slots import Conflict, PlainText, Slot, find_name_conflict, find_slots
from casebook.text.dates import IN_TITLE, YEAR
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern

_OPEN, _CLOSED = r"[(\[【〔]", r"[)\]】〕]"
_EDITION = (
    r"修订|修正|修改|更新|更正|试行|暂行|征求意见|送审|讨论|草案|[初定终]稿|[版稿]"
    r"|[Vv]\d{1,2}(?:\.\d)?"
)
_VERSION = lazy_pattern(rf"{_OPEN}[^(\[【〔)\]】〕]{{0,12}}(?:{_EDITION})[^)\]】〕]?{_CLOSED}$")
_ONE_DAY = lazy_pattern(rf"{_OPEN}{IN_TITLE}日?[^)\]】〕\d—–~至到-]{{0,8}}{_CLOSED}$")
_TO = r"\s?(?:[-—–~]{1,2}|至|到)\s?"
_DAYS = re.compile(
    rf"(?<![\d.])(?:{YEAR}\s?[-年./]\s?)?(\d{{1,2}})\s?[-月./]\s?(\d{{1,2}})日?(?!\d)"
    rf"(?:{_TO}(?:{YEAR}\s?[-年./]\s?)?(?:(\d{{1,2}})\s?[-月./]\s?)?(\d{{1,2}})日?(?![\d月]))?"
)
_NORM = r"(?:(?<![做方])法|条例|规定|[细规守准]则|[章规]程|标准|规范|制度|解释|决定|目录)"
_NORMATIVE = re.compile(rf"{_NORM}$")
_YEAR_ONLY = re.compile(rf"({_NORM})\({YEAR}年?\)$")
_PART_NUMBER = lazy_pattern(
    rf"(?:[(之篇]\s?([{ONE_TO_TEN}]{{1,2}}|\d{{1,3}})\s?\)?|(?<=\D)(\d{{1,2}}))$"
)

_NUMERAL = re.compile(rf"\d+|[{ONE_TO_TEN}]+")
_CONTENT_TAGS = ("n", "v", "l", "t", "j", "i", "s", "an")
_KIND_WORDS = frozenset(
    (
        *("经验", "材料", "经验材料", "典型", "案例", "做法", "总结", "汇报", "报告", "简报"),
        *("调研", "调查", "研究", "思考", "建议", "对策", "体会", "心得", "心得体会", "情况"),
        *("方案", "办法", "条例", "规定", "细则", "规则", "章程", "意见", "通知", "决定"),
        *("讲话", "发言", "讲稿", "实施", "管理", "工作"),
    )
)
"""Words for the kind of a document, not for what it is about."""


def strip_version(title: str) -> str:
    """A plain title without marks of a version: (修订稿), (第二版).

    A day or a year is such a mark only after 法, 条例, 办法 …; elsewhere it is what a report is on.
    """
    rest = _VERSION.sub("", title.strip()).strip()
    undated = _ONE_DAY.sub("", rest).strip()
    return _YEAR_ONLY.sub(r"\1", undated if is_normative(undated) else rest)


def find_version_conflict(a: str, b: str) -> Conflict | None:
    """The conflict of marks that look like versions but exclude each other: (暑假版), (寒假版)."""
    found = find_contrast(*(title[len(strip_version(title)) :] for title in (a, b)))
    return Conflict("term", *found) if found else None


def is_normative(title: str) -> bool:
    """Whether a plain title is the title of a norm (法, 条例, 规定 …), which has versions."""
    return bool(_NORMATIVE.search(title))


def find_title_conflicts(a: str, b: str, a_body: PlainText, b_body: PlainText) -> list[Conflict]:
    """The conflicts of two plain titles without versions, in date, place, body or subject."""
    apart = find_units_apart(find_numeric_facts(a), find_numeric_facts(b))
    found = list(pair_conflicts(find_numeric_change(a, b), apart))
    found += () if found else _find_day_conflict(a, b)
    whole_a, whole_b = PlainText.with_title(a, a_body), PlainText.with_title(b, b_body)
    words_a, words_b = segment_words(a), segment_words(b)
    for slot in find_slots(words_a, words_b):
        if PLACEHOLDERS.search(slot.a_text) or PLACEHOLDERS.search(slot.b_text):
            continue
        conflict = (
            _find_title_name_conflict(slot, whole_a, whole_b)
            or _find_body_conflict(slot, a_body, b_body, _is_at_start(slot, words_a, words_b))
            or (None if found or slot.whole else _find_word_contrast(slot))
            or _find_term_conflict(slot, a_body, b_body)
        )
        if conflict:
            found.append(conflict)
    return found


def _find_day_conflict(a: str, b: str) -> Iterator[Conflict]:
    """The conflict of two days or spans of days, however written: (3.22-3.27), (4月12日—17日)."""
    days_a, days_b = _list_days(a), _list_days(b)
    if days_a and days_b and not (set(days_a) <= set(days_b) or set(days_b) <= set(days_a)):
        yield Conflict("date", "至".join(days_a), "至".join(days_b))


def _list_days(title: str) -> list[str]:
    """The days that a title names, the first and the last one of a span."""
    days = []
    for month, day, last_month, last_day in _DAYS.findall(title):
        days += [(month, day), (last_month or month, last_day)] if last_day else [(month, day)]
    valid = [(int(m), int(d)) for m, d in days if 1 <= int(m) <= 12 and 1 <= int(d) <= 31]
    return [f"{month}月{day}日" for month, day in valid]


def _find_title_name_conflict(slot: Slot, a: PlainText, b: PlainText) -> Conflict | None:
    """The conflict of two names; of persons only if both texts name theirs at least twice."""
    conflict = find_name_conflict(slot, a, b)
    if conflict is None or conflict.known:
        return conflict
    spoken = a.text.count(conflict.a) > 1 and b.text.count(conflict.b) > 1
    return conflict if spoken else None


def _is_at_start(slot: Slot, a: Sequence[Word], b: Sequence[Word]) -> bool:
    return bool(slot.a and slot.b) and slot.a[0] is a[0] and slot.b[0] is b[0]


def _find_body_conflict(
    slot: Slot, a_body: PlainText, b_body: PlainText, opens: bool
) -> Conflict | None:
    """The conflict of two bodies or places of any words: 实验小学 and 第一小学.

    Either one of them is a known name; or the titles open with them, and each text has its own and
    never the other. A verb before the word (加强学校…) makes no name.
    """
    after = slot.after_a, slot.after_b
    if _are_kinds_of_body(slot.a_text, slot.b_text):
        return Conflict("name", slot.a_text, slot.b_text)
    if after[0] is None or after[1] is None or after[0].text != after[1].text:
        return None
    if not (after[0].text in MAKE_NAMES or makes_place(*after)) or not slot.a or not slot.b:
        return None
    if any(word.tag == "v" for word in (*slot.a, *slot.b)):
        return None
    own_a, own_b = slot.a_text + after[0].text, slot.b_text + after[0].text
    used = own_a in a_body.text and own_b in b_body.text and opens
    nouns = all(word.tag.startswith(NOUN_TAGS) for word in (*slot.a, *slot.b))
    named = nouns and bool(find_names(slot.a) or find_names(slot.b))
    if not (used or named) or own_a in b_body.text or own_b in a_body.text:
        return None
    return Conflict("name", own_a, own_b)


def _are_kinds_of_body(a: str, b: str) -> bool:
    """Whether two words are different kinds of a body or place: 小学 and 幼儿园."""
    return a != b and a in MAKE_NAMES and b in MAKE_NAMES


def _find_word_contrast(slot: Slot) -> Conflict | None:
    """The conflict of words that exclude each other or of two numbers: 一中 and 二中."""
    masked = [_NUMERAL.sub("#", text) for text in (slot.a_text, slot.b_text)]
    if masked[0] == masked[1] and "#" in masked[0]:
        return Conflict("ordinal", slot.a_text, slot.b_text)
    found = find_contrast(slot.a_text, slot.b_text)
    return Conflict("term", *found) if found else None


def _find_term_conflict(slot: Slot, a_body: PlainText, b_body: PlainText) -> Conflict | None:
    """The conflict of two subjects: words of the titles that only their own texts use."""
    a = _find_subject(slot.a, a_body, b_body)
    b = _find_subject(slot.b, b_body, a_body)
    return Conflict("term", a, b) if a and b else None


def _find_subject(run: Sequence[Word], own: PlainText, other: PlainText) -> str:
    for word in run:
        content = word.tag.startswith(_CONTENT_TAGS) and word.text not in _KIND_WORDS
        if content and len(word.text) > 1 and _is_own(word.text, own, other):
            return word.text
    return ""


def _is_own(name: str, own: PlainText, other: PlainText) -> bool:
    return own.text.count(name) > 1 and name not in other.text


def find_loose_conflicts(
    a: str, b: str, a_body: PlainText, b_body: PlainText, mentions: int
) -> Iterator[Conflict]:
    """Weak signs of two documents, which do not count if the texts are nearly equal.

    They are different part numbers at the ends of the titles, and a name in only one title, which
    its own text mentions at least `mentions` times and the other text never.
    """
    part_a, part_b = read_part_number(a), read_part_number(b)
    if part_a and part_b and part_a != part_b:
        yield Conflict("ordinal", part_a, part_b)
    for name in _find_own_names(a, b, a_body, b_body, mentions):
        yield Conflict("name", name, "")
    for name in _find_own_names(b, a, b_body, a_body, mentions):
        yield Conflict("name", "", name)


def read_part_number(title: str) -> str:
    """The part number at the end of a title: （一）, (2), 之三, 篇四; '' if there is none."""
    found = _PART_NUMBER.search(title)
    return (found[1] or found[2]) if found else ""


def _find_own_names(
    own: str, other: str, own_body: PlainText, other_body: PlainText, mentions: int
) -> Iterator[str]:
    for word in find_names(segment_words(own)):
        known = word.text in other or word.text in other_body.text
        if not known and own_body.text.count(word.text) >= mentions:
            yield word.text
