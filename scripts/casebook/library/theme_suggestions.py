"""New themes for the items that have none: the terms they are about, the most telling first.

An item is about a term that stands in its heading, in the title of its case and the text, or in its
text at least once in SPAN_CHARACTERS. A term weighs what it is more frequent here than in Chinese
at large (log-odds), times how much it gathers in some cases (residual inverse document frequency:
Church and Gale, 1995): 信访 gathers in few statutes, 规定 is everywhere. The term that explains
most items comes first; then the next, of the items left. Time grows with the characters read.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.library import markup
from casebook.library.themes import SPAN_CHARACTERS, block_themes
from casebook.model import Block, Case
from casebook.structure.roles import (
    is_section_name,
    is_short_role_name,
    opens_with_action,
    strip_heading,
)
from casebook.text.noun_terms import count_terms
from casebook.text.word_frequencies import TOTAL_COUNT, dictionary_count
from casebook.vocabulary import Role, Vocabulary

MOST_SUGGESTIONS = 30
"""Themes that are proposed at most."""

READ_CHARACTERS = 800
"""Characters of an item's text that are read: what it is about stands in its beginning."""

LEAST_ITEMS, LEAST_CASES = 3, 2
"""Items and cases of a theme: a theme joins cases."""

LARGEST_SHARE = 0.3
"""Share of the cases or items from which a term is the library's everyday word; of LARGE_COUNT or
more."""

LARGE_COUNT = 20

LEAST_LOG_ODDS, SURE_LOG_ODDS = 2.0, 4.0
"""How much more frequent a term is than in Chinese at large, in nats; below the second it may be
any text's word."""

MOST_LOG_ODDS = 5.0
"""What more log-odds add nothing to: compounds are not in the dictionary, so theirs say little
(安全生产 9.2, 消防 4.8)."""

LEAST_NAMED_SHARE, SURE_NAMED_SHARE = 0.2, 0.4
"""Share of the cases with a term whose title, or the heading of an item about it, names it. A verb,
and a term that does not gather, need the second."""

UNSEEN_COUNT = 6
"""Count of a term that the dictionary does not have, in its 60 million words."""

LEAST_GATHERED, MOST_GATHERED = 1.0, 4.0
"""How much a term gathers in some cases, in bits: below the first it may be any text's word (办理
0.9, 遗嘱 1.3), above the second it is the word of one case."""

FEWEST_BY_CHANCE = 20
"""Cases over which chance would spread a term from which it is measured whether it gathers. In few
and short cases each subject is said once, so that a noun of fewer counts as LEAST_GATHERED."""

EVERYDAY_COUNT, SURE_GATHERED = 3000, 1.8
"""A word that the dictionary counts so often is a subject only where it gathers so much: 企业 and
服务 are in any text, 选举 gathers in the statutes on it."""

LEAST_WEIGHT = 0.2
"""What a term weighs that is spread over the cases as chance would do."""

TEXT_WEIGHT = 0.25
"""What a term in the text of an item adds; in the heading or the title it counts 1."""

SAME_SHARE = 0.7
"""Share of the items with a term that have a longer one, which then is its name (营商环境)."""

MOST_KEYWORDS = 6
"""Further words of a proposal."""

LEAST_TOGETHER = 0.4
"""Share of a further word's items that the proposed term has, too."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme to add: its name, the items about it, further words, and examples.

    `examples` are ids of cases with the heading or the beginning of an item.
    """

    name: str
    count: int
    keywords: tuple[str, ...]
    hints: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]

    def render_yaml(self) -> str:
        """The entry in the form of themes.yml."""
        lines = [f"- name: {self.name}"]
        if words := (*self.keywords, *self.hints)[:3]:
            lines.append(f"  description: {'、'.join(words)}")
        lines.append(f"  keywords: [{', '.join((self.name, *self.keywords))}]")
        lines += [f"  hints: [{', '.join(self.hints)}]"] if self.hints else []
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Item:
    case: str
    title: str
    has_heading: bool
    in_title: frozenset[str]
    in_heading: frozenset[str]
    in_text: Mapping[str, int]
    spans: float
    verbs: frozenset[str]

    def list_terms(self) -> set[str]:
        """All terms of heading and text."""
        return {*self.in_heading, *self.in_text}

    def weigh(self, term: str) -> float:
        """How far the item is about a term; 0 if it only mentions it."""
        density = self.in_text.get(term, 0) / self.spans
        named = term in self.in_heading or (density > 0 and term in self.in_title)
        return named + TEXT_WEIGHT * min(1.0, density) if named or density >= 1 else 0.0


def suggest_themes(cases: Iterable[Case], vocabulary: Vocabulary) -> list[Suggestion]:
    """At most MOST_SUGGESTIONS themes for the items without one, those with most items first."""
    items = [item for case in cases for item in _list_items(case, vocabulary)]
    counted = _Counts(items)
    weights = {
        term: weight
        for term in counted.occurrences
        if (weight := counted.weigh(term)) and not _names_a_part(term, vocabulary.roles)
    }
    about = _find_items(items, weights, counted)
    return list(_choose(items, about, weights, counted))


def _names_a_part(term: str, roles: Mapping[str, Role]) -> bool:
    """Whether a term is the name of a section (做法) or says only that something is done (强化)."""
    return is_section_name(term, roles) or opens_with_action(term)


def _list_items(case: Case, vocabulary: Vocabulary) -> Iterator[_Item]:
    title = frozenset(count_terms(case.title)[0])
    for block in case.blocks:
        if block.level > 1 and not block_themes(block, vocabulary) and not block.themes:
            yield _read_item(case.id, title, block, vocabulary.roles)


def _read_item(case: str, title: frozenset[str], block: Block, roles: Mapping[str, Role]) -> _Item:
    heading, text = block.heading or "", markup.to_plain(block.text)[:READ_CHARACTERS]
    is_name = is_section_name(heading, roles) or is_short_role_name(heading, roles)
    named, acts = count_terms("" if is_name else strip_heading(heading))
    in_text, more_acts = count_terms(text)
    spans = max(1.0, len(text) / SPAN_CHARACTERS)
    verbs = frozenset(acts | more_acts)
    shown = heading or text[:20]
    return _Item(case, shown, bool(heading), title, frozenset(named), in_text, spans, verbs)


class _Counts:
    """How often and where terms occur: `occurrences`, and `items` and `cases` that have a term.

    `titled` are the cases whose title has a term, `verbs` the terms that are verbs.
    """

    def __init__(self, items: Sequence[_Item]) -> None:
        self.occurrences: Counter[str] = Counter()
        self.items: Counter[str] = Counter()
        self.titled: defaultdict[str, set[str]] = defaultdict(set)
        self.verbs = {term for item in items for term in item.verbs}
        cases: defaultdict[str, set[str]] = defaultdict(set)
        for item in items:
            self.occurrences.update(item.in_text)
            self.occurrences.update(item.in_heading)
            terms = item.list_terms()
            self.items.update(terms)
            for found, having in ((terms, cases), (item.in_title, self.titled)):
                for term in found:
                    having[term].add(item.case)
        self.gathered: dict[str, float] = {}
        self.cases = {term: len(found) for term, found in cases.items()}
        self.item_total = len(items)
        self._case_total = len({item.case for item in items})
        self._total = self.occurrences.total()

    def weigh(self, term: str) -> float:
        """The weight of a term; 0 if it is rare, the library's everyday word, or usual Chinese."""
        rare = self.cases[term] < LEAST_CASES or self.items[term] < LEAST_ITEMS
        if rare or self._is_everywhere(term):
            return 0.0
        usual = (dictionary_count(term) + UNSEEN_COUNT) / TOTAL_COUNT
        log_odds = math.log(self.occurrences[term] / self._total / usual)
        gathered, is_measured = self._gather(term)
        self.gathered[term] = gathered
        is_usual = log_odds < SURE_LOG_ODDS or dictionary_count(term) >= EVERYDAY_COUNT
        if log_odds < LEAST_LOG_ODDS or (is_usual and is_measured and gathered < SURE_GATHERED):
            return 0.0
        return min(MOST_LOG_ODDS, log_odds) * min(MOST_GATHERED, max(LEAST_WEIGHT, gathered))

    def _gather(self, term: str) -> tuple[float, bool]:
        """How much a term gathers, in bits, and whether that could be measured."""
        spread = 1.0 - math.exp(-self.occurrences[term] / self._case_total)
        by_chance = spread * self._case_total
        if by_chance < FEWEST_BY_CHANCE and term not in self.verbs:
            return LEAST_GATHERED, False
        return math.log2(by_chance / self.cases[term]), True

    def _is_everywhere(self, term: str) -> bool:
        shares = ((self.cases[term], self._case_total), (self.items[term], self.item_total))
        return any(total >= LARGE_COUNT and n > LARGEST_SHARE * total for n, total in shares)


def _find_items(
    items: Sequence[_Item], weights: Mapping[str, float], counted: _Counts
) -> dict[str, dict[int, float]]:
    """For each term the items about it, by index, and how far each is."""
    about: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for index, item in enumerate(items):
        for term in item.list_terms():
            if term in weights and (weight := item.weigh(term)):
                about[term][index] = weight
    return {
        term: own
        for term, own in about.items()
        if _is_named(term, [items[index] for index in own], counted)
    }


def _is_named(term: str, own: Sequence[_Item], counted: _Counts) -> bool:
    named = {item.case for item in own if term in item.in_heading} | counted.titled[term]
    cases = {item.case for item in own if item.has_heading} | named
    is_sure = term not in counted.verbs and counted.gathered[term] >= LEAST_GATHERED
    return len(named) >= (LEAST_NAMED_SHARE if is_sure else SURE_NAMED_SHARE) * len(cases)


def _measure(items: Sequence[_Item], own: Mapping[int, float]) -> float:
    """How much items are about a term: those of one case add up by the square root only."""
    by_case: defaultdict[str, float] = defaultdict(float)
    for index, weight in own.items():
        by_case[items[index].case] += weight
    return sum(math.sqrt(weight) for weight in by_case.values())


def _choose(
    items: Sequence[_Item],
    about: Mapping[str, Mapping[int, float]],
    weights: Mapping[str, float],
    counted: _Counts,
) -> Iterator[Suggestion]:
    """The term that explains most of what is left, again and again.

    What a term explains only shrinks, so that one is computed again only when its turn comes.
    """
    left = set(range(len(items)))
    chosen: list[str] = []
    queue = [(-weights[term] * _measure(items, own), term) for term, own in about.items()]
    heapq.heapify(queue)
    while queue and len(chosen) < MOST_SUGGESTIONS:
        known, term = heapq.heappop(queue)
        own = {index: weight for index, weight in about[term].items() if index in left}
        gain = -weights[term] * _measure(items, own)
        if not _joins_cases(items, own) or any(term in name or name in term for name in chosen):
            continue
        if gain > known and queue and gain > queue[0][0]:
            heapq.heappush(queue, (gain, term))
            continue
        chosen.append(term)
        left.difference_update(own)
        yield _describe(_lengthen(term, about), items, about, weights, counted)


def _lengthen(term: str, about: Mapping[str, Mapping[int, float]]) -> str:
    """The longest term with the same items, nearly, of which a term is a part."""
    longer = (
        other
        for other, own in about.items()
        if term in other and len(own.keys() & about[term]) >= SAME_SHARE * len(about[term])
    )
    return max(longer, key=len)


def _joins_cases(items: Sequence[_Item], own: Iterable[int]) -> bool:
    found = [items[index].case for index in own]
    return len(found) >= LEAST_ITEMS and len(set(found)) >= LEAST_CASES


def _describe(
    term: str,
    items: Sequence[_Item],
    about: Mapping[str, Mapping[int, float]],
    weights: Mapping[str, float],
    counted: _Counts,
) -> Suggestion:
    own = sorted(about[term], key=lambda index: (-about[term][index], index))
    together = Counter(
        other for index in own for other in items[index].list_terms() if other in weights
    )
    ranked = sorted(
        (-count * math.log(count * counted.item_total / len(own) / counted.items[other]), other)
        for other, count in together.items()
        if other != term and count >= LEAST_TOGETHER * counted.items[other]
    )
    words = [other for _, other in ranked][: 2 * MOST_KEYWORDS]
    words = [word for word in words if not any(word in longer != word for longer in words)]
    words = words[:MOST_KEYWORDS]
    return Suggestion(
        term,
        len(own),
        tuple(word for word in words if len(word) > 2),
        tuple(word for word in words if len(word) == 2),
        tuple((items[index].case, items[index].title) for index in own[:3]),
    )
