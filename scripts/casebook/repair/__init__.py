"""Repair: damaged text to the text its author wrote, every change explained and reversible.

A false repair is worse than a missed one: what is not certain is marked `likely`, what is not
even likely is flagged for a person, and nothing is ever dropped outside a step.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from casebook.model import Flag, Line, Step
from casebook.repair.bytes import (
    mixed_bytes,
    mojibake,
    other_encodings,
    shifted_bytes,
    torn_readings,
    utf8_as_gbk,
)
from casebook.repair.characters import injected_pinyin, masked, missing_text, script, swapped
from casebook.repair.draft_text import DraftText, Finding, RuleResult
from casebook.repair.edits import Draft, replay, undo
from casebook.repair.marks import escapes, figures, lost_marks, quotes, spaces, typography
from casebook.repair.page import layout, line_breaks, page_lines, site_lines, word_leftovers
from casebook.repair.protected_syntax import ProtectedSyntax
from casebook.repair.source_lines import SourceLines
from casebook.text.placed_lines import Ranges
from casebook.text.word_tables import read_table

__all__ = ["RULES", "RepairRule", "Repaired", "repair", "replay", "undo"]


@dataclass(frozen=True)
class RepairRule:
    """A named repair: `find` says what to change, `reason` (Chinese) why, `example` shows it."""

    id: str
    reason: str
    example: tuple[str, str]
    find: Callable[[DraftText], RuleResult | Iterable[Finding]]

    @cached_property
    def spares_code(self) -> bool:
        """Whether it leaves alone addresses, code and data."""
        return self._is_in(_PROSE_ONLY) and self.id not in _IN_CODE

    @cached_property
    def mends_cells(self) -> bool:
        """Whether it works in the cells of tables: figures and notes keep their marks there."""
        return self._is_in(_CELL_MENDERS)

    def _is_in(self, modules: tuple[str, ...]) -> bool:
        return self.find.__module__.removeprefix(f"{__name__}.").startswith(modules)


_FINDERS: dict[str, Callable[[DraftText], RuleResult | Iterable[Finding]]] = {
    "line-endings": spaces.unify_line_endings,
    "outside-lines": page_lines.remove_outside_lines,
    "coded-characters": escapes.decode_escapes,
    "mixed-mojibake": mixed_bytes.read_mixed_mojibake,
    "western-mojibake": mojibake.restore_western_mojibake,
    "utf8-as-gbk": utf8_as_gbk.restore_utf8_read_as_gbk,
    "other-encodings": other_encodings.reread_passages,
    "invisible-characters": spaces.remove_invisible_characters,
    "odd-spaces": spaces.unify_spaces,
    "lost-spaces": spaces.restore_lost_spaces,
    "question-lines": page_lines.remove_question_lines,
    "spaced-characters": spaces.close_up_characters,
    "stray-spaces": spaces.remove_stray_spaces,
    "html-entities": escapes.decode_html_entities,
    "word-codes": word_leftovers.remove_word_codes,
    "html-tags": word_leftovers.remove_html_tags,
    "style-sheets": partial(word_leftovers.remove_leftovers, form="style"),
    "image-placeholders": partial(word_leftovers.remove_leftovers, form="picture"),
    "symbol-bullets": word_leftovers.remove_symbol_bullets,
    "private-characters": layout.remove_private_characters,
    "lost-characters": layout.flag_lost_characters,
    "missing-text": missing_text.flag_missing_text,
    "compatibility-characters": page_lines.unify_compatibility_characters,
    "contents-lines": page_lines.remove_contents_lines,
    "running-heads": page_lines.remove_running_heads,
    "page-lines": page_lines.remove_page_lines,
    "site-lines": site_lines.remove_site_lines,
    "site-notes": partial(word_leftovers.remove_leftovers, form="note"),
    "page-fields": site_lines.remove_page_fields,
    "jamming-text": site_lines.remove_jamming_text,
    "cut-off-notices": site_lines.flag_cut_off_notices,
    "hard-line-breaks": line_breaks.join_broken_lines,
    "gbk-byte-shift": shifted_bytes.restore_shifted_runs,
    "torn-readings": torn_readings.restore_torn_readings,
    "injected-pinyin": injected_pinyin.remove_injected_readings,
    "spelled-character": masked.restore_spelled_characters,
    "masked-character": masked.restore_masked_characters,
    "traditional-script": script.convert_to_simplified,
    "written-letters": figures.restore_written_letters,
    "swapped-characters": swapped.restore_swapped_characters,
    "full-width-letters": figures.narrow_letters,
    "numeral-look-alikes": figures.restore_numerals,
    "document-numbers": typography.bracket_years,
    "lost-marks": lost_marks.restore_lost_marks,
    "doubled-marks": typography.remove_doubled_marks,
    "full-width-marks": typography.widen_marks,
    "full-stops": typography.widen_full_stops,
    "ellipses": typography.unify_ellipses,
    "curly-quotes": quotes.pair_quotes,
    "title-marks": typography.unify_title_marks,
    "double-dashes": typography.lengthen_dashes,
    "repeated-title": layout.remove_repeated_titles,
    "repeated-paragraphs": page_lines.flag_repeated_paragraphs,
}
"""The function of each rule, in the order in which they run: bytes before script before marks."""


def _load_rules() -> tuple[RepairRule, ...]:
    """Each rule with its words from rules.yml. Raises KeyError for a rule without any."""
    words = read_table(Path(__file__).with_name("rules.yml"))
    return tuple(
        RepairRule(rule, text["reason"], tuple(text["example"]), find)
        for rule, find in _FINDERS.items()
        for text in (words[rule],)
    )


RULES = _load_rules()
"""All rules in their order."""


_IN_CODE = frozenset({"line-endings", "invisible-characters", "odd-spaces", "lost-spaces"})
_PROSE_ONLY = ("marks.", "characters.masked", "characters.missing_text", "characters.swapped")
_CELL_MENDERS = ("bytes.", "characters.")
"""Modules whose rules spare code, but for the four before, and whose rules mend cells."""

LEFTOVER_RULES = frozenset({"contents-lines", "html-tags", "image-placeholders", "word-codes"})
"""Rules that remove links and pictures of converters from a text that is no Markdown by name."""


_LABEL_END = re.compile(r"[：:]\s*\n\s*")
"""The end of a label whose value stands on the next line."""

PASSES = 8
"""How often the rules run at most: a repair may uncover what an earlier rule can mend."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired text, the steps that lead to it, and what a person should look at.

    `lines` are those of the text, with the facts of the lines that they come from.
    """

    text: str
    steps: tuple[Step, ...]
    flags: tuple[Flag, ...]
    lines: tuple[Line, ...]

    @property
    def page_fields(self) -> list[str]:
        """The lines of fields that were removed, a label and its value on one line."""
        removed = (step.before.strip() for step in self.steps if "page-fields" in step.rules)
        return _LABEL_END.sub("：", "\n".join(removed)).splitlines()

    @property
    def contents(self) -> list[str]:
        """The lines of tables of contents that were removed."""
        removed = (step.before for step in self.steps if "contents-lines" in step.rules)
        return [line.strip() for part in removed for line in part.splitlines() if line.strip()]


def repair(
    lines: Sequence[Line],
    only: Collection[str] | None = None,
    skip: Collection[str] = (),
    is_markdown: bool = False,
) -> Repaired:
    """Repair the lines of a document; `is_markdown` says that it is one of Markdown by its name.

    `only` and `skip` name rules of RULES. Replaying the steps on the source (the lines joined by
    line feeds) gives the text; positions in steps and flags are code points of the source.
    """
    source = SourceLines(lines, is_markdown)
    draft = Draft(source.text)
    document = DraftText(draft, source)
    rules = [r for r in RULES if r.id not in skip and (only is None or r.id in only)]
    flags: dict[tuple[str, int, int], Flag] = {}
    with _uncollected():
        for _ in range(PASSES):
            before, document = document, _run(rules, document, source, flags)
            if document is before:
                break
        ordered = sorted(flags.values(), key=lambda flag: (flag.start, flag.end))
        return Repaired(draft.text, draft.steps(), tuple(ordered), source.after_repair(draft))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Disable the cyclic garbage collector: edits and steps form no cycles, it only costs time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _run(
    rules: Sequence[RepairRule],
    document: DraftText,
    source: SourceLines,
    flags: dict[tuple[str, int, int], Flag],
) -> DraftText:
    """Run the rules once, in order; returns the text that they leave, the same if none changed it.

    Doubts count within a run only, so that every run is what a new repair of the text would do.
    """
    draft = document.draft
    draft.doubtful = Ranges()
    protected: ProtectedSyntax | None = None
    for rule in rules:
        found = rule.find(document)
        if not isinstance(found, RuleResult):
            found = document.collect(found, rule.spares_code)
        if not (found.edits or found.doubts):  # as a rule
            continue
        if protected is None:  # before the first edit of this run
            protected = ProtectedSyntax(draft, source.is_markdown)
        if protected and _respects_syntax(rule, source):
            found = protected.spare(found, draft, rule.mends_cells)
        flagged = _flags(rule, found, draft)
        if flagged:
            draft.doubtful |= ((flag.start, flag.end) for flag in flagged)
        flags |= {(flag.rule, flag.start, flag.end): flag for flag in flagged}
        if draft.apply(rule.id, found.edits):
            document = DraftText(draft, source)
    return document


def _respects_syntax(rule: RepairRule, source: SourceLines) -> bool:
    """Whether the rule may not touch links, code, tables and front matter."""
    leftovers = not source.is_markdown and rule.id in LEFTOVER_RULES
    return rule.id != "line-endings" and not leftovers


def _flags(rule: RepairRule, result: RuleResult, draft: Draft) -> list[Flag]:
    flags = []
    for doubt in result.doubts:
        start, end = draft.source_position(doubt.start), draft.source_position(doubt.end)
        flags.append(Flag(rule.id, start, end, draft.source[start:end], doubt.message))
    return flags
