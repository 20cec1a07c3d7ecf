"""The decision how two texts relate, from their likeness and the facts in which they disagree.

A threshold of similarity can't tell it: on real pairs, other years of one template reach 98.6 while
true revisions start at 74.5. So likeness says whether two texts belong together at all, and facts
say whether they are one document. The thresholds were set on pairs of statutes and on generated
edits (1–20 % of the characters, cut, reordered, 30–60 % of the paragraphs shared).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz.distance import Indel

from casebook.dedupe.alignment import Passage, ratio
from casebook.dedupe.boilerplate import paragraph_key
from casebook.dedupe.compare import Comparison, common_length
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.conflicts import Tally, opening_conflicts, tally
from casebook.dedupe.pieces import Piece
from casebook.dedupe.slots import Conflict
from casebook.dedupe.subjects import Subject
from casebook.dedupe.titles import (
    is_normative,
    loose_conflicts,
    title_conflicts,
    version_conflict,
)
from casebook.model import Relation

NEAR = 93.0
"""From here, in both directions, two texts are the same with small changes."""

CONTAINS = 90.0
"""Containment from which the shorter text counts as a part of the longer."""

REVISED = 70.0
"""Similarity, or containment in both directions, of two wordings of one document."""

RETITLED = 74.0
"""What is asked instead where the titles have little in common."""

SAME_TITLE, SAME_NORM = 60.0, 40.0
"""Containment that makes a later wording of a text whose title is the same; of a norm, whose
title belongs to it alone, less is asked than of a report, whose title many have."""

ALIKE = 50.0
"""Similarity or containment below which two texts at most share passages."""

SHARED, LONG_PASSAGE = 10.0, 60
"""Containment, or folded characters of one common paragraph, that is worth a link."""

_CLOSE = 95.0  # containment from which loose signs in a title mean no more than a new title
_CLEAR = 85.0  # containment below which a name in one title only counts by itself
_TITLES_ALIKE = 50.0
_PLACES_WEIGH = 10  # changes of wording that one place which is another one outweighs
_PART = 0.95  # share of the longer text from which a reworded one is its revision, not a part
_FIGURES_WEIGH = 2  # more figures than this, and nothing else in conflict, are another report's
_FAULTY, _GARBLED = 1.0, 4.0  # changes in 100 characters that typing errors may well explain
_SLIP = 2  # characters dropped or added by which one error may change a name
_OWN, _OWN_ALIKE = 16, 0.5  # characters beside boilerplate, and how much of them must be alike
_SHORT = 50  # folded characters; a shorter text may stand anywhere by chance


class View:
    """Two texts side by side; what a decision or its explanation asks for is worked out once."""

    def __init__(
        self, a: Subject, b: Subject, passages: Sequence[Passage], likeness: Comparison
    ) -> None:
        self.a, self.b, self.passages, self.likeness = a, b, passages, likeness

    @cached_property
    def equal(self) -> bool:
        """Whether the texts are the same but for what folding ignores."""
        return self.a.prepared.folded == self.b.prepared.folded

    @cached_property
    def wholly_equal(self) -> bool:
        """Whether not even what their pages put around the texts is different."""
        texts = (fold_for_comparison(subject.document.text) for subject in (self.a, self.b))
        return self.equal and len(set(texts)) == 1

    @cached_property
    def title_conflicts(self) -> list[Conflict]:
        """Where the titles name another date, session, place, body or event."""
        sides = (self.a.core, self.b.core, self.a.body, self.b.body)
        found = title_conflicts(*sides)
        if marks := version_conflict(self.a.title, self.b.title):
            found.append(marks)
        if not found and self.likeness.containment < _CLOSE:
            mentions = 2 if self.likeness.containment >= _CLEAR else 0
            found = list(loose_conflicts(*sides, mentions=mentions))
        return found

    @cached_property
    def body(self) -> Tally:
        """What differs in the texts."""
        return tally(self.passages, self.a.body, self.b.body)

    @cached_property
    def titles_known(self) -> bool:
        """Whether both texts have a title."""
        return bool(self.a.folded_core and self.b.folded_core)

    @cached_property
    def same_title(self) -> bool:
        """Whether the titles are equal but for the marks of a version."""
        return self.titles_known and self.a.folded_core == self.b.folded_core

    @cached_property
    def same_document(self) -> bool:
        """Whether the title makes two wordings of one document of what the texts share."""
        asked = SAME_NORM if self.norm else SAME_TITLE
        return self.same_title and self.likeness.containment >= asked

    @cached_property
    def norm(self) -> bool:
        """Whether the texts are versions of a norm, or have the title of one."""
        return self.versions or is_normative(self.a.core)

    @cached_property
    def opening_conflicts(self) -> list[Conflict]:
        """Where the texts begin with another date, ordinal or place; versions of a norm may.

        In a text full of typing errors such a difference may be one of these.
        """
        if self.norm or self.changes_per_100 >= _GARBLED:
            return []
        found = opening_conflicts(self.a.body, self.b.body, self.body)
        faulty = self.changes_per_100 >= _FAULTY
        return [conflict for conflict in found if not (faulty and _is_slip(conflict))]

    @cached_property
    def changes_per_100(self) -> float:
        """Places worded otherwise in 100 characters that both texts have."""
        length = self.likeness.a_in_b / 100 * len(self.a.prepared.folded)
        return 100 * self.body.reworded / max(1.0, length)

    @cached_property
    def versions(self) -> bool:
        """Whether equal titles carry different marks of a version."""
        return self.same_title and self.a.folded_title != self.b.folded_title

    @cached_property
    def titles_alike(self) -> bool:
        """Whether the titles could be two wordings of one, or one is unknown."""
        return not self.titles_known or (
            ratio(self.a.folded_core, self.b.folded_core) >= _TITLES_ALIKE
        )

    @cached_property
    def mostly_boilerplate(self) -> bool:
        """Whether what both have is paragraphs that many have, and what is their own differs."""
        if not self.a.common or not self.b.common:
            return False
        shared = own = 0.0
        for passage in self.passages:
            if passage.a and passage.b:
                shared += common_length(passage)
                own += 0.0 if self._is_boilerplate(passage.a) else common_length(passage)
        rests = [self._rest(subject) for subject in (self.a, self.b)]
        return min(rests) >= _OWN and own < _OWN_ALIKE * min(rests) and own < shared / 2

    def _rest(self, subject: Subject) -> int:
        """Characters of a text in paragraphs that not many have."""
        pieces = subject.prepared.pieces
        return sum(len(p.folded) for p in pieces if not self._is_boilerplate(p))

    def _is_boilerplate(self, piece: Piece) -> bool:
        return paragraph_key(piece.folded) in self.a.common | self.b.common

    @cached_property
    def title_fact_in_body(self) -> bool:
        """Whether the text itself says which of the titles in conflict is its own."""
        facts = {str(fact) for fact in self.a.body.facts}
        for conflict in self.title_conflicts:
            worded = conflict.kind in ("name", "term")
            for value in filter(None, (conflict.a, conflict.b)):
                if value in facts or (worded and value in self.a.body.text):
                    return True
        return False


def _is_slip(conflict: Conflict) -> bool:
    """Whether one typing error may have made the difference: a digit too few, another character."""
    distance = Indel.distance(conflict.a, conflict.b)
    if conflict.kind == "name":
        return distance <= _SLIP
    return distance == abs(len(conflict.a) - len(conflict.b))


def worth_a_link(likeness: Comparison, passages: Sequence[Passage]) -> bool:
    """Whether two texts have enough in common to be reported at all."""
    return likeness.containment >= SHARED or any(
        passage.a and passage.b and len(passage.a.folded) >= LONG_PASSAGE for passage in passages
    )


def decide(view: View) -> Relation:
    """The relation of two texts that are worth a link."""
    likeness = view.likeness
    if view.equal:
        return _of_equal_texts(view)
    together = max(likeness.similarity, likeness.containment) >= ALIKE
    if not together and not view.same_document:
        return "shares"
    if is_series(view):
        return "series" if together else "shares"
    if view.mostly_boilerplate and not (view.norm and view.same_document):
        return "shares"
    return _of_one_document(view)


def _of_equal_texts(view: View) -> Relation:
    """A title with another year or place over an equal text: whose, the text must say itself."""
    if not view.title_conflicts:
        return "identical" if view.wholly_equal else "near"
    return "near" if view.title_fact_in_body else "series"


def is_series(view: View) -> bool:
    """Whether the texts tell of different things by one template.

    The titles say so; or the openings; or a place is another one throughout; or what differs is
    mostly facts.
    """
    if view.title_conflicts or view.opening_conflicts:
        return True
    places = Counter((c.a, c.b) for c in view.body.conflicts if c.place)
    if any(count > 1 for count in places.values()):
        return True
    if len(places) > 1 and _PLACES_WEIGH * len(places) > view.body.wording:
        return True
    identity = len(view.body.of("date", "ordinal", "term")) + _named(view)
    figures = len(view.body.of("figure"))
    asked = view.body.wording + (0 if identity else _FIGURES_WEIGH)
    return identity + figures > asked and not view.versions and (identity > 0 or not view.norm)


def _named(view: View) -> int:
    """Names in conflict; one that is only guessed to be a person's must be spoken of again."""
    found = set(view.body.of("name"))
    if len(found) == 1 and not any(conflict.known for conflict in found):
        return int(all(view.a.body.text.count(c.a) > 1 for c in found))
    return len(view.body.of("name"))


def _of_one_document(view: View) -> Relation:
    likeness = view.likeness
    both = min(likeness.a_in_b, likeness.b_in_a)
    if not view.body.conflicts and not view.versions:
        if both >= NEAR:
            return "near"
        if likeness.containment >= CONTAINS and _shorter(view) >= _SHORT and _is_part(view):
            return "contains"
    if view.same_document:
        return "revision"
    asked = REVISED if view.titles_alike else RETITLED
    return "revision" if max(likeness.similarity, both) >= asked else "shares"


def _is_part(view: View) -> bool:
    """Whether one text is clearly shorter, or at least rewords nothing."""
    longer = max(len(view.a.prepared.folded), len(view.b.prepared.folded))
    return _shorter(view) < _PART * longer or not view.body.reworded


def _shorter(view: View) -> int:
    return min(len(view.a.prepared.folded), len(view.b.prepared.folded))
