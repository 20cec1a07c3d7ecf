"""How two texts relate, decided from their likeness and from the facts in which they disagree.

Likeness alone cannot decide. In real pairs the reports of two years from one template are up to
98.6 alike, and a true revision may be only 74.5 alike. So likeness answers whether two texts belong
together at all, and facts answer whether they are one document:

    titles or openings name different years, places or bodies     series
    what differs is mostly facts, the wording is the same         series
    the shared part is boilerplate that many texts have           shares
    nothing in conflict, nearly equal                             near
    nothing in conflict, one text is a part of the other          contains
    otherwise alike                                               revision

The thresholds were set on pairs of statutes and on generated edits: 1–20 % of the characters
changed, paragraphs dropped or in another order, 30–60 % of the paragraphs shared. The figures with
them say how many of the 252 labeled pairs (tests/dedupe/data) get another relation. Without a
figure, none does when the threshold is a fifth lower or higher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz.distance import Indel

from casebook.dedupe.alignment import Passage, compute_ratio
from casebook.dedupe.boilerplate import hash_paragraph
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.conflicts import Tally, find_opening_conflicts, tally_changes
from casebook.dedupe.likeness import Likeness, count_common_characters
from casebook.dedupe.pieces import Piece
from casebook.dedupe.records import count_replaced_records, is_record, list_record_facts
from casebook.dedupe.slots import Conflict
from casebook.dedupe.subjects import Subject
from casebook.dedupe.titles import (
    find_loose_conflicts,
    find_title_conflicts,
    find_version_conflict,
    is_normative,
)
from casebook.model import Relation

NEAR_CONTAINMENT = 93.0
"""Containment in both directions from which two texts are the same but for small changes.

90 changes 2 pairs, 95 changes 3.
"""

PART_CONTAINMENT = 90.0
"""Containment from which the shorter text is a part of the longer one.

85 changes 4 pairs, 95 changes 1.
"""

REVISION_SIMILARITY = 70.0
"""Similarity, or containment in both directions, of two wordings of one document.

80 changes 3 pairs, 60 to 75 change none.
"""

RETITLED_SIMILARITY = 74.0
"""The same where the titles have little in common; 70 changes 1 pair, 78 none."""

SAME_TITLE_CONTAINMENT, SAME_NORM_CONTAINMENT = 60.0, 40.0
"""Containment from which texts with the same title are versions of one document.

The title of a norm belongs to it alone, so less is enough than for a report, whose title many
reports have.
"""

RELATED_SIMILARITY = 50.0
"""Similarity or containment below which two texts at most share passages."""

LINK_CONTAINMENT, LINK_PASSAGE_CHARACTERS = 10.0, 60
"""Containment, or folded characters of one common paragraph, from which a link is reported."""

# From here weak signs in titles only show that a title changed. 101 changes 1 pair.
_LOOSE_SIGNS_CONTAINMENT = 95.0
_NAME_ALONE_CONTAINMENT = 85.0  # below, a name in one title counts without a mention in its text
_ALIKE_TITLES_RATIO = 50.0
_CHANGES_PER_PLACE = 10  # changed wordings that one replaced place outweighs
# Of the longer text: a reworded text of this length is a revision. 0.9 changes 3 pairs.
_PART_LENGTH_SHARE = 0.95
# More figures in conflict, and nothing else, make it another report. 1 and 5 change 1 pair.
_TOLERATED_FIGURES = 2
_FAULTY_CHANGES_PER_100, _GARBLED_CHANGES_PER_100 = 1.0, 4.0  # what typing errors may explain
_SLIP_CHARACTERS = 2  # dropped or added; one typing error may change a name by so many
_OWN_CHARACTERS, _OWN_SHARED_PORTION = 16, 0.5  # outside of boilerplate; how much must be alike
_SHORTEST_PART_CHARACTERS = 50  # folded; a shorter text may occur anywhere by chance


class PairView:
    """Two texts side by side. Each property is computed once, when it is first asked for."""

    def __init__(
        self, a: Subject, b: Subject, passages: Sequence[Passage], likeness: Likeness
    ) -> None:
        self.a, self.b, self.passages, self.likeness = a, b, passages, likeness

    @cached_property
    def equal(self) -> bool:
        """Whether the folded texts are equal, page furniture not counted."""
        return self.a.prepared.folded == self.b.prepared.folded

    @cached_property
    def wholly_equal(self) -> bool:
        """Whether the folded texts are equal, page furniture counted."""
        texts = (fold_for_comparison(subject.document.text) for subject in (self.a, self.b))
        return self.equal and len(set(texts)) == 1

    @cached_property
    def title_conflicts(self) -> list[Conflict]:
        """Where the titles name another date, session, place, body or event."""
        sides = (self.a.core, self.b.core, self.a.body, self.b.body)
        found = find_title_conflicts(*sides)
        if marks := find_version_conflict(self.a.title, self.b.title):
            found.append(marks)
        if not found and self.likeness.containment < _LOOSE_SIGNS_CONTAINMENT:
            mentions = 2 if self.likeness.containment >= _NAME_ALONE_CONTAINMENT else 0
            found = list(find_loose_conflicts(*sides, mentions=mentions))
        return found

    @cached_property
    def body(self) -> Tally:
        """What differs between the bodies."""
        return tally_changes(self.passages, self.a.body, self.b.body)

    @cached_property
    def replaced_records(self) -> float:
        """How many rows and cells of lists differ."""
        pieces = self.a.prepared.pieces, self.b.prepared.pieces
        return count_replaced_records(*pieces, self.passages)

    @cached_property
    def lists_differ(self) -> bool:
        """Whether several rows or cells differ, or one with its figures."""
        if self.replaced_records > 1:
            return True
        facts_a, facts_b = (list_record_facts(s.prepared.pieces) for s in (self.a, self.b))
        return self.replaced_records > 0 and facts_a != facts_b

    @cached_property
    def changed_prose(self) -> int:
        """Paragraphs other than rows and cells that are not the same in both texts."""
        changed = (passage for passage in self.passages if passage.kind != "common")
        return sum(
            not all(is_record(piece) for piece in (passage.a, passage.b) if piece)
            for passage in changed
        )

    @cached_property
    def titles_known(self) -> bool:
        """Whether both texts have a title."""
        return bool(self.a.folded_core and self.b.folded_core)

    @cached_property
    def same_title(self) -> bool:
        """Whether the titles are equal, marks of a version not counted."""
        return self.titles_known and self.a.folded_core == self.b.folded_core

    @cached_property
    def same_document(self) -> bool:
        """Whether the titles are the same and enough is shared for two versions of one document."""
        asked = SAME_NORM_CONTAINMENT if self.norm else SAME_TITLE_CONTAINMENT
        return self.same_title and self.likeness.containment >= asked

    @cached_property
    def norm(self) -> bool:
        """Whether the texts are versions of a norm, or one has the title of a norm."""
        return self.versions or is_normative(self.a.core)

    @cached_property
    def opening_conflicts(self) -> list[Conflict]:
        """Where the texts open with different dates, ordinals, places or subjects.

        Versions of a norm may do so. In a text full of typing errors, differences that one error
        explains are left out; in a garbled one, all of them.
        """
        if self.norm or self.changes_per_100 >= _GARBLED_CHANGES_PER_100:
            return []
        found = find_opening_conflicts(self.a.body, self.b.body, self.body)
        faulty = self.changes_per_100 >= _FAULTY_CHANGES_PER_100
        return [conflict for conflict in found if not (faulty and _is_slip(conflict))]

    @cached_property
    def changes_per_100(self) -> float:
        """Reworded places in each 100 characters that both texts have."""
        length = self.likeness.a_in_b / 100 * len(self.a.prepared.folded)
        return 100 * self.body.reworded / max(1.0, length)

    @cached_property
    def versions(self) -> bool:
        """Whether the titles differ in the marks of a version and in nothing else."""
        return self.same_title and self.a.folded_title != self.b.folded_title

    @cached_property
    def titles_alike(self) -> bool:
        """Whether the titles could be two wordings of one title, or one is unknown."""
        return not self.titles_known or (
            compute_ratio(self.a.folded_core, self.b.folded_core) >= _ALIKE_TITLES_RATIO
        )

    @cached_property
    def mostly_boilerplate(self) -> bool:
        """Whether most of what is shared is boilerplate, and the paragraphs of their own differ."""
        if not self.a.common or not self.b.common:
            return False
        shared = own = 0.0
        for passage in self.passages:
            if passage.a and passage.b:
                shared += count_common_characters(passage)
                own += 0.0 if self._is_boilerplate(passage.a) else count_common_characters(passage)
        rests = [self._count_own_characters(subject) for subject in (self.a, self.b)]
        return (
            min(rests) >= _OWN_CHARACTERS
            and own < _OWN_SHARED_PORTION * min(rests)
            and own < shared / 2
        )

    def _count_own_characters(self, subject: Subject) -> int:
        """Folded characters of a text outside of boilerplate."""
        pieces = subject.prepared.pieces
        return sum(len(p.folded) for p in pieces if not self._is_boilerplate(p))

    def _is_boilerplate(self, piece: Piece) -> bool:
        return hash_paragraph(piece.folded) in self.a.common | self.b.common

    @cached_property
    def title_fact_in_body(self) -> bool:
        """Whether the body confirms one of the titles in conflict (both bodies are equal)."""
        facts = {str(fact) for fact in self.a.body.facts}
        for conflict in self.title_conflicts:
            worded = conflict.kind in ("name", "term")
            for value in filter(None, (conflict.a, conflict.b)):
                if value in facts or (worded and value in self.a.body.text):
                    return True
        return False


def _is_slip(conflict: Conflict) -> bool:
    """Whether one typing error explains a conflict: a digit too few, another character."""
    distance = Indel.distance(conflict.a, conflict.b)
    if conflict.kind == "name":
        return distance <= _SLIP_CHARACTERS
    return distance == abs(len(conflict.a) - len(conflict.b))


def is_worth_a_link(likeness: Likeness, passages: Sequence[Passage]) -> bool:
    """Whether two texts have enough in common for a link between them."""
    return likeness.containment >= LINK_CONTAINMENT or any(
        passage.a and passage.b and len(passage.a.folded) >= LINK_PASSAGE_CHARACTERS
        for passage in passages
    )


def decide_relation(view: PairView) -> Relation:
    """The relation of two texts that are worth a link."""
    likeness = view.likeness
    if view.equal:
        return _relate_equal_texts(view)
    together = max(likeness.similarity, likeness.containment) >= RELATED_SIMILARITY
    if not together and not view.same_document:
        return "shares"
    if is_series(view):
        return "series" if together else "shares"
    if view.mostly_boilerplate and not (view.norm and view.same_document):
        return "shares"
    return _relate_one_document(view)


def _relate_equal_texts(view: PairView) -> Relation:
    """Equal texts under titles that differ in year or place: the body decides which title is right.

    Where it confirms one, the other is a careless re-post; where it confirms none, a series.
    """
    if not view.title_conflicts:
        return "identical" if view.wholly_equal else "near"
    return "near" if view.title_fact_in_body else "series"


def is_series(view: PairView) -> bool:
    """Whether the texts report on different things by one template.

    So it is where the titles or the openings are in conflict, where one place is replaced by
    another twice, or where places outweigh the rewording; where a list of the same form has other
    rows, more than paragraphs of prose differ. Otherwise facts are counted against rewordings:

        2022年全年受理群众来信1568件，办结率99.2%。  2023年…1702件，办结率98.7%。  1 date, 2 figures
        群众反映良好，工作扎实推进。                群众普遍满意，工作有序推进。  2 rewordings

    3 > 2, so this is a series. Without the date it is a revision: figures alone must outnumber the
    rewordings by more than _TOLERATED_FIGURES, and in a norm they never make a series.
    """
    if view.title_conflicts or view.opening_conflicts:
        return True
    places = Counter((c.a, c.b) for c in view.body.conflicts if c.place)
    if any(count > 1 for count in places.values()):
        return True
    if len(places) > 1 and _CHANGES_PER_PLACE * len(places) > view.body.wording:
        return True
    if view.replaced_records > max(1, view.changed_prose) and not (view.norm or view.versions):
        return True
    identity = len(view.body.of("date", "ordinal", "term")) + _count_names(view)
    figures = len(view.body.of("figure"))
    asked = view.body.wording + (0 if identity else _TOLERATED_FIGURES)
    return identity + figures > asked and not view.versions and (identity > 0 or not view.norm)


def _count_names(view: PairView) -> int:
    """The number of names in conflict.

    A single name that the dictionary only guesses to be a person counts if it occurs twice.
    """
    found = set(view.body.of("name"))
    if len(found) == 1 and not any(conflict.known for conflict in found):
        return int(all(view.a.body.text.count(c.a) > 1 for c in found))
    return len(view.body.of("name"))


def _relate_one_document(view: PairView) -> Relation:
    likeness = view.likeness
    both = min(likeness.a_in_b, likeness.b_in_a)
    if not view.body.conflicts and not view.versions and not view.lists_differ:
        if both >= NEAR_CONTAINMENT:
            return "near"
        if (
            likeness.containment >= PART_CONTAINMENT
            and _shorter_length(view) >= _SHORTEST_PART_CHARACTERS
            and _is_part(view)
        ):
            return "contains"
    if view.same_document:
        return "revision"
    asked = REVISION_SIMILARITY if view.titles_alike else RETITLED_SIMILARITY
    return "revision" if max(likeness.similarity, both) >= asked else "shares"


def _is_part(view: PairView) -> bool:
    """Whether one text is clearly shorter, or nothing is reworded."""
    longer = max(len(view.a.prepared.folded), len(view.b.prepared.folded))
    return _shorter_length(view) < _PART_LENGTH_SHARE * longer or not view.body.reworded


def _shorter_length(view: PairView) -> int:
    return min(len(view.a.prepared.folded), len(view.b.prepared.folded))
