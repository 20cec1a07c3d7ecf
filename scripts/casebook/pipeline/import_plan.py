"""What an import would do, worked out before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from casebook.checks.private.private_finding import PrivateFinding
from casebook.dedupe.relations import Pair
from casebook.model import Case, Finding, WriteUp
from casebook.pipeline.source_guard import Keep
from casebook.pipeline.withdrawal import Withdrawal
from casebook.pipeline.write_ups import SourceText
from casebook.runtime.file_names import portable_name


@dataclass(frozen=True, slots=True)
class Arrival:
    """A write-up of the plan with the id of its case; `known` when the library has it already."""

    write_up: WriteUp
    id: str
    known: bool


def name_document(path: Path) -> str:
    """The name of a document without its ending, as its author wrote it."""
    return Path(portable_name(path.name)).stem


FIELDS = {"文种": "kind", "单位": "organ", "地区": "region", "日期": "date"}
"""What a write-up should say about itself: the name in messages, and the field."""


def list_missing_facts(write_up: WriteUp) -> list[str]:
    """The names of what a write-up does not say about itself."""
    return [name for name, field in FIELDS.items() if not getattr(write_up, field)]


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """A received document of the plan; `name` is its file name in the library.

    `keep` says what of it is stored, and `masked` where its decoded source was masked. One that is
    `refused` becomes no case; `guarded` are the findings that say why, or what was done. `removed`
    are the numbers of write-ups that were taken down before.
    """

    path: Path
    name: str
    source: SourceText
    arrivals: tuple[Arrival, ...]
    known: bool
    keep: Keep = "file"
    guarded: tuple[Finding, ...] = ()
    masked: tuple[PrivateFinding, ...] = ()
    refused: bool = False
    removed: frozenset[int] = frozenset()


@dataclass(slots=True)
class Plan:
    """What an import would do: new cases and variants by id, and what it found.

    `imported` are the cases as their sources alone give them, before any merge, of those that
    nobody has edited. `withdrawals` are for sources that the library has and should store no
    longer.
    """

    sources: list[PlannedSource]
    passed_over: int = 0
    cases: dict[str, Case] = field(default_factory=dict)
    variants: dict[str, Case] = field(default_factory=dict)
    imported: dict[str, Case] = field(default_factory=dict)
    duplicates: list[Pair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
