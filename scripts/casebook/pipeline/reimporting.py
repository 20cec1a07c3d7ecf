"""A stored source read again: what import would make of its cases now, and what it made then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from rapidfuzz import fuzz

from casebook import reading
from casebook.library import casefile
from casebook.library.case_refresh import Imports, pair_imports
from casebook.library.casefile import CaseFileError
from casebook.library.first_versions import correct_first_version
from casebook.library.folder import SOURCES, case_paths, variant_paths
from casebook.library.identity import with_anchors
from casebook.library.imported_bases import unpack_base
from casebook.library.markup import plain_text
from casebook.library.source_records import PartRange, SourceRecord, has_text_alone
from casebook.library.stored_sources import StoredText, find_misfit, read_stored_text
from casebook.model import Case, UserError, WriteUp
from casebook.pipeline.write_ups import SourceText, make_case, process
from casebook.repair.edits import replay
from casebook.vocabulary import Vocabulary

LEAST_LIKENESS = 50.0
"""Likeness (0–100) of the texts of two imports from which they are of one write-up."""

Reason = tuple[str, str]
"""Why a case is not to be written: the id of the rule and a Chinese sentence."""

NO_BASE: Reason = (
    "refresh-no-base",
    "导入时没有留底，git 里也没有它的第一版，不知道哪些字是人改的；只列出差别，没有写入。",
)
RECUT: Reason = (
    "refresh-recut",
    "今天从来源里读出的这一篇与当初大不相同，没有合并，也没有写入；请对照来源手工核对。",
)
SHARED: Reason = (
    "refresh-shared",
    "来源的这一篇分在几个案例里，没有合并，也没有写入；请对照来源手工核对。",
)


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case or variant on disk, with its file."""

    path: Path
    case: Case


HeldParts = Mapping[tuple[str, int], Sequence[HeldCase]]
"""Cases and variants by the SHA-256 and the part of the source that they were imported from."""


@dataclass(slots=True)
class SourceReadAgain:
    """A stored source as it is read now, and the cases of its parts.

    `imports` has what import made of a part then and makes now, `reasons` what is against writing
    its case; a part with neither holds no case of the library.
    """

    path: Path
    source: SourceText
    held: dict[int, HeldCase] = field(default_factory=dict)
    imports: dict[int, Imports] = field(default_factory=dict)
    reasons: dict[int, Reason] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether both imports of all cases are known, so that the record can be written again."""
        return self.imports.keys() == self.held.keys()


def index_held_parts(folder: Path) -> dict[tuple[str, int], list[HeldCase]]:
    """The cases and variants of a library that come from documents. Raises CaseFileError."""
    found: dict[tuple[str, int], list[HeldCase]] = {}
    for path in chain(case_paths(folder), variant_paths(folder)):
        case = casefile.read_case(path)
        for reference in case.sources[:1]:  # the others came with variants
            found.setdefault((reference.sha256, reference.part), []).append(HeldCase(path, case))
    return found


def read_again(
    record: SourceRecord,
    folder: Path,
    parts: HeldParts,
    vocabulary: Vocabulary,
    first_versions: Callable[[], Mapping[str, str]],
) -> SourceReadAgain:
    """Read the source of a record again and find the two imports of each of its cases.

    `first_versions` are the texts of case files in the commits that added them, by their path in
    the library. Raises UserError for a source that cannot be read, or whose record does not fit.
    """
    path = folder / SOURCES / record.file
    stored = read_stored_text(path)
    if misfit := find_misfit(record, record.file, stored):
        raise UserError(misfit.message)
    again = SourceReadAgain(path, _read_today(path, record, stored, vocabulary))
    for part in record.parts:
        held = parts.get((record.sha256, part.part), ())
        if held:
            again.held[part.part] = held[0]
        if len(held) > 1:
            again.reasons[part.part] = SHARED
        elif held:
            write_up = _find_write_up(again.source, part.part, len(record.parts))
            _find_imports(again, record, part, stored, write_up, folder, first_versions)
    return again


def _read_today(
    path: Path, record: SourceRecord, stored: StoredText, vocabulary: Vocabulary
) -> SourceText:
    if not has_text_alone(path):
        return process(reading.read_document(path), vocabulary)
    document = reading.DecodedFile(
        record.file, record.sha256, stored.form, record.encoding, stored.lines
    )
    return process(document, vocabulary)


def _find_write_up(source: SourceText, part: int, count: int) -> WriteUp | None:
    """The write-up of a part, if the source has as many as then."""
    found = {write_up.part: write_up for write_up in source.write_ups}
    return found.get(part) if len(found) == count else None


def _find_imports(
    again: SourceReadAgain,
    record: SourceRecord,
    part: PartRange,
    stored: StoredText,
    write_up: WriteUp | None,
    folder: Path,
    first_versions: Callable[[], Mapping[str, str]],
) -> None:
    """Note the two imports of a part, or the reason why they are not known."""
    if write_up is None:
        again.reasons[part.part] = RECUT
        return
    held = again.held[part.part]
    own = tuple(block for block in held.case.blocks if not block.source)
    today = make_case(write_up, held.case.id, held.case.title, held.case.sources[0])
    if base := unpack_base(part.base, stored.text[part.start : part.end]):
        pair = pair_imports(base, today)
    elif first := _parse(first_versions().get(held.path.relative_to(folder).as_posix(), "")):
        pair = correct_first_version(first, today, replay(stored.text, record.steps))
    else:
        pair = pair_imports(replace(held.case, blocks=with_anchors(own)), today)
        again.reasons[part.part] = NO_BASE
    texts = (plain_text(case.blocks) for case in pair)
    if fuzz.ratio(*texts) < LEAST_LIKENESS:
        again.reasons[part.part] = RECUT
    else:
        again.imports[part.part] = pair


def _parse(text: str) -> Case | None:
    try:
        case = casefile.parse(text)
    except CaseFileError:
        return None
    return replace(case, blocks=with_anchors(case.blocks))
