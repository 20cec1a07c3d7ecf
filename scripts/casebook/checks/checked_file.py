"""A file that has been checked: its findings, and what the checks across files know of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from casebook.checks.rules import CHECK_RULES_BY_ID, Problem
from casebook.model import Finding
from casebook.runtime.file_names import path_below

Place = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A checked file. `variants` have an id and a place, `sources` a name and a SHA-256.

    `aliases` are former addresses with their places, `anchors` those of its blocks.
    `links` are the ids of the cases that it links to.
    `withheld` are the SHA-256 of sources that are not to be stored, `excused_values` the keys of
    private text that a person has excused.
    """

    path: Path
    findings: tuple[Finding, ...]
    id: str = ""
    id_place: Place = (1, 1)
    variants: tuple[tuple[str, Place], ...] = ()
    aliases: tuple[tuple[str, Place], ...] = ()
    anchors: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    excused_values: tuple[str, ...] = ()


class PlacedProblem(NamedTuple):
    """A problem with the file that has it."""

    path: Path
    problem: Problem


def make_finding(path: Path, problem: Problem) -> Finding:
    """A problem of a file as a finding, with the severity of its rule."""
    place = path_below(path, Path.cwd()) or path.as_posix()
    severity = problem.severity or CHECK_RULES_BY_ID[problem.rule].severity
    return Finding(problem.rule, severity, place, problem.line, problem.column, problem.message)
