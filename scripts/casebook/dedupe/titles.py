"""What two titles say about two texts: the same document, another version of it, or another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebook.dedupe.conflicts import conflicts_of, numeric_change, units_apart
from casebook.dedupe.contrasts import contrast
from casebook.dedupe.facts import numeric_facts
from casebook.dedupe.names import (
    MAKE_NAMES,
    NOUN_TAGS,
    PLACEHOLDERS,
    Word,
    makes_place,
    names,
    words,
)
from casebook.dedupe.slots import Conflict, Plain, Slot, name_conflict, slots
from casebook.text.dates import IN_TITLE, YEAR
from casebook.text.numerals import ONE_TO_TEN

_OPEN, _CLOSED = r"[(\[【〔]", r"[)\]】〕]"
_EDITION = r"修订|修正|修改|试行|暂行|征求意见|送审|讨论|草案|[初定终]稿|[版稿]"
_VERSION = re.compile(
    rf"{_OPEN}(?:{IN_TITLE}[^)\]】〕]{{0,8}}|[^(\[【〔)\]】〕]{{0,12}}(?:{_EDITION}))[^)\]】〕]?{_CLOSED}$"
)
_NORM = r"(?:(?<![做方])法|条例|规定|[细规守准]则|[章规]程|标准|规范|制度|解释|决定|目录)"
_NORMATIVE = re.compile(rf"{_NORM}$")
_YEAR_ONLY = re.compile(rf"({_NORM})\({YEAR}年?\)$")
_PART = re.compile(rf"(?:[(之篇]\s?([{ONE_TO_TEN}]{{1,2}}|\d{{1,3}})\s?\)?|(?<=\D)(\d{{1,2}}))$")

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
"""Words that say what sort of document it is, not what it is about."""


def without_version(title: str) -> str:
    """A plain title without what tells versions of one document apart: (2018-03-20), (修订稿).

    A year alone does so for 法, 条例, 办法 … only; elsewhere it names what is reported on.
    """
    return _YEAR_ONLY.sub(r"\1", _VERSION.sub("", title.strip()).strip())


def version_conflict(a: str, b: str) -> Conflict | None:
    """Marks that look like those of versions, and are of two texts: (暑假版) and (寒假版)."""
    found = contrast(*(title[len(without_version(title)) :] for title in (a, b)))
    return Conflict("term", *found) if found else None


def is_normative(title: str) -> bool:
    """Whether a plain title is that of a norm (法, 条例, 办法 …), of which there are versions."""
    return bool(_NORMATIVE.search(title))


def title_conflicts(a: str, b: str, a_body: Plain, b_body: Plain) -> list[Conflict]:
    """Where two plain titles, without versions, name another date, place, body or subject."""
    apart = units_apart(numeric_facts(a), numeric_facts(b))
    found = list(conflicts_of(numeric_change(a, b), apart))
    whole_a, whole_b = Plain.joined(a, a_body), Plain.joined(b, b_body)
    words_a, words_b = words(a), words(b)
    for slot in slots(words_a, words_b):
        if PLACEHOLDERS.search(slot.a_text) or PLACEHOLDERS.search(slot.b_text):
            continue
        conflict = (
            _name_conflict(slot, whole_a, whole_b)
            or _body_conflict(slot, a_body, b_body, _opens(slot, words_a, words_b))
            or (None if found or slot.whole else _contrast(slot))
            or _term_conflict(slot, a_body, b_body)
        )
        if conflict:
            found.append(conflict)
    return found


def _name_conflict(slot: Slot, a: Plain, b: Plain) -> Conflict | None:
    """Another place, body or person; a person only where the text goes on to speak of them."""
    conflict = name_conflict(slot, a, b)
    if conflict is None or conflict.known:
        return conflict
    spoken = a.text.count(conflict.a) > 1 and b.text.count(conflict.b) > 1
    return conflict if spoken else None


def _opens(slot: Slot, a: Sequence[Word], b: Sequence[Word]) -> bool:
    return bool(slot.a and slot.b) and slot.a[0] is a[0] and slot.b[0] is b[0]


def _body_conflict(slot: Slot, a_body: Plain, b_body: Plain, opens: bool) -> Conflict | None:
    """Another place or body, whatever words name it: 实验小学 and 第一小学, 松河县 and 辰水县.

    One of the two is a known name; or the title opens with them, and either text speaks of its own
    and never of the other. A verb (加强学校…) names none.
    """
    after = slot.after_a, slot.after_b
    if _both_make_names(slot.a_text, slot.b_text):
        return Conflict("name", slot.a_text, slot.b_text)
    if after[0] is None or after[1] is None or after[0].text != after[1].text:
        return None
    if not (after[0].text in MAKE_NAMES or makes_place(*after)) or not slot.a or not slot.b:
        return None
    if any(word.tag == "v" for word in (*slot.a, *slot.b)):
        return None
    own_a, own_b = slot.a_text + after[0].text, slot.b_text + after[0].text
    told = own_a in a_body.text and own_b in b_body.text and opens
    nouns = all(word.tag.startswith(NOUN_TAGS) for word in (*slot.a, *slot.b))
    named = nouns and bool(names(slot.a) or names(slot.b))
    if not (told or named) or own_a in b_body.text or own_b in a_body.text:
        return None
    return Conflict("name", own_a, own_b)


def _both_make_names(a: str, b: str) -> bool:
    """Whether two words say of what sort a body is: 小学 and 幼儿园."""
    return a != b and a in MAKE_NAMES and b in MAKE_NAMES


def _contrast(slot: Slot) -> Conflict | None:
    """Words that exclude one another, or another number: 三年级 and 四年级, 一中 and 二中."""
    masked = [_NUMERAL.sub("#", text) for text in (slot.a_text, slot.b_text)]
    if masked[0] == masked[1] and "#" in masked[0]:
        return Conflict("ordinal", slot.a_text, slot.b_text)
    found = contrast(slot.a_text, slot.b_text)
    return Conflict("term", *found) if found else None


def _term_conflict(slot: Slot, a_body: Plain, b_body: Plain) -> Conflict | None:
    """Another subject: either title has a word that its own text uses and the other's never."""
    a = _subject(slot.a, a_body, b_body)
    b = _subject(slot.b, b_body, a_body)
    return Conflict("term", a, b) if a and b else None


def _subject(run: Sequence[Word], own: Plain, other: Plain) -> str:
    for word in run:
        content = word.tag.startswith(_CONTENT_TAGS) and word.text not in _KIND_WORDS
        if content and len(word.text) > 1 and _is_own(word.text, own, other):
            return word.text
    return ""


def _is_own(name: str, own: Plain, other: Plain) -> bool:
    return own.text.count(name) > 1 and name not in other.text


def loose_conflicts(
    a: str, b: str, a_body: Plain, b_body: Plain, mentions: int
) -> Iterator[Conflict]:
    """Signs that tell two texts apart unless these are nearly equal.

    The part number that ends a title, and a name that only one title has: its own text mentions it
    at least so often, the other text never.
    """
    part_a, part_b = part(a), part(b)
    if part_a and part_b and part_a != part_b:
        yield Conflict("ordinal", part_a, part_b)
    for name in _own_names(a, b, a_body, b_body, mentions):
        yield Conflict("name", name, "")
    for name in _own_names(b, a, b_body, a_body, mentions):
        yield Conflict("name", "", name)


def part(title: str) -> str:
    """The number that ends a title: （一）, (2), 之三, 篇四; empty when there is none."""
    found = _PART.search(title)
    return (found[1] or found[2]) if found else ""


def _own_names(
    own: str, other: str, own_body: Plain, other_body: Plain, mentions: int
) -> Iterator[str]:
    for word in names(words(own)):
        known = word.text in other or word.text in other_body.text
        if not known and own_body.text.count(word.text) >= mentions:
            yield word.text
