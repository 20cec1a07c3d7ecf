"""What of a received document may be stored: private text is looked for before anything is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from casebook.checks.private import find_private
from casebook.checks.private.private_finding import PrivateFinding
from casebook.checks.private.private_places import PrivatePlace, list_places, make_key
from casebook.checks.private.private_sources import (
    HIDDEN_CONTENT,
    UNREADABLE_CONTENT,
    find_published,
    list_places_in_contents,
    list_places_in_name,
)
from casebook.checks.rules import Problem, limit_problems
from casebook.model import Finding
from casebook.pipeline.write_ups import SourceText, process
from casebook.reading import DecodedFile
from casebook.repair.edits import Draft
from casebook.runtime import cli
from casebook.vocabulary import Vocabulary

Keep = Literal["file", "text", "hash"]
"""What is stored of a document: the file with its records, only the records, or nothing."""

MARKS = ("classification-mark", "internal-mark")
"""What a mask would not make public."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What the caller of an import asked for."""

    redact: bool = False
    no_source: bool = False
    clean: bool = False


PLAIN = Protection()


@dataclass(frozen=True, slots=True)
class GuardedSource:
    """A document after the search. `masked` are the spans that were masked in its decoded source.

    One that is `refused` must not be stored, nor become a case.
    """

    source: SourceText
    name: str
    keep: Keep
    findings: tuple[Finding, ...] = ()
    masked: tuple[PrivateFinding, ...] = ()
    refused: bool = False


def guard_source(
    path: Path,
    source: SourceText,
    name: str,
    asked: Protection,
    excused: Collection[str],
    vocabulary: Vocabulary,
) -> GuardedSource:
    """Look through a document that is to be stored as `name`, and mask it where that is asked.

    `excused` are keys of values that the cases of the source excuse.
    """
    found = _find_in_text(source, excused)
    named = [place for place in list_places_in_name(name) if place.key not in excused]
    masked = tuple(f for f in found if f.rule not in MARKS) if asked.redact else ()
    text = source.document.text
    if masked:
        source = process(_mask_document(source.document, masked), vocabulary)
        found = _find_in_text(source, excused)
    if named and asked.redact:
        name = mask_text(name, find_private(name))
        named = []
    withheld = asked.no_source or bool(masked) or (name != path.name and asked.redact)
    keep, contents = _look_into_file(path, source.document, asked, withheld)
    said = {make_key(each, text) for each in (*found, *masked)} | set(excused)
    problems = [
        *(_say_masked(place) for place in list_places(text, masked)),
        *(_say_of_text(place, asked) for place in list_places(source.document.text, found)),
        *(_say_of_name(place) for place in named),
        *(_say_of_contents(place) for place in contents if place.key not in said),
    ]
    findings = tuple(_as_findings(path, problems))
    refused = any(finding.severity == "error" for finding in findings)
    return GuardedSource(source, name, keep, findings, masked, refused)


def _find_in_text(source: SourceText, excused: Collection[str]) -> list[PrivateFinding]:
    """Private text of the decoded source, sorted, also what shows only once it is repaired."""
    text, repaired = source.document.text, source.repaired
    found = [each for each in find_published(text) if make_key(each, text) not in excused]
    known = {make_key(each, text) for each in found} | set(excused)
    position = Draft.of(text, repaired.steps).source_position
    for each in find_private(repaired.text):
        if make_key(each, repaired.text) not in known:
            start, end = position(each.start), position(each.end - 1) + 1
            if not any(other.start < end and start < other.end for other in found):
                found.append(replace(each, start=start, end=max(end, start + 1)))
    return sorted(found, key=lambda each: each.start)


def _mask_document(document: DecodedFile, found: Sequence[PrivateFinding]) -> DecodedFile:
    texts = mask_text(document.text, found).split("\n")
    pairs = zip(document.lines, texts, strict=True)
    return replace(document, lines=tuple(line._replace(text=text) for line, text in pairs))


def mask_text(text: str, found: Sequence[PrivateFinding]) -> str:
    """A text with X for each letter and figure of what was found: no place moves."""
    for each in found:
        hidden = "".join("X" if c.isalnum() else c for c in text[each.start : each.end])
        text = text[: each.start] + hidden + text[each.end :]
    return text


def _look_into_file(
    path: Path, document: DecodedFile, asked: Protection, withheld: bool
) -> tuple[Keep, list[PrivatePlace]]:
    """What to store of a document, and what else its file holds if that is the file."""
    if withheld:
        return "hash", []
    if document.is_text:
        return "file", []
    if asked.clean:
        return "text", []
    contents = list(list_places_in_contents(document.form, path.read_bytes()))
    if any(place.rule == UNREADABLE_CONTENT for place in contents):
        return "text", contents
    is_private = any(place.severity == "error" for place in contents)
    return ("text", []) if is_private and asked.redact else ("file", contents)


def _say_masked(place: PrivatePlace) -> Problem:
    message = f"{place.said}，已在案例里用 X 遮盖；原稿没有存入，只留 sha256。"
    return Problem(place.rule, place.line, place.column, message, "warning")


def _say_of_text(place: PrivatePlace, asked: Protection) -> Problem:
    severity = place.severity
    if asked.no_source:
        severity, advice = "warning", "原稿没有存入；请在案例文件里删去，或用 X 代替。"
    elif severity == "warning":
        advice = "请核对；不宜公开的，加 --redact 导入。"
    elif place.rule in MARKS:
        advice = (
            "这份原稿没有收入；已解密、可以公开的，"
            "加 --no-source 导入，再在案例的 allow 里写明 rule 和 reason。"
        )
    else:
        advice = (
            "这份原稿没有收入；请加 --redact 再导入（用 X 遮盖，原稿只留 sha256），"
            "或加 --no-source（照原文收入，原稿只留 sha256）。"
        )
    return Problem(place.rule, place.line, place.column, f"{place.said}，{advice}", severity)


def _say_of_name(place: PrivatePlace) -> Problem:
    message = f"{place.said}，文件名也会公开，请改名再导入，或加 --redact。"
    return Problem(place.rule, place.line, place.column, message, place.severity)


def _say_of_contents(place: PrivatePlace) -> Problem:
    if place.rule == UNREADABLE_CONTENT:
        advice = "只存了读出的文字，没有存文件。"
    elif place.rule == HIDDEN_CONTENT:
        advice = "会随文件公开；加 --clean 导入则只存读出的文字。"
    else:
        advice = "这份原稿没有收入；加 --clean 导入则只存读出的文字，不存文件。"
        advice = advice if place.severity == "error" else "请核对；加 --clean 导入则不存文件。"
    return Problem(place.rule, place.line, place.column, f"{place.said}，{advice}", place.severity)


def _as_findings(path: Path, problems: Sequence[Problem]) -> Iterator[Finding]:
    shown = cli.display_path(path)
    for problem in limit_problems(problems):
        severity = problem.severity or "error"
        yield Finding(problem.rule, severity, shown, problem.line, problem.column, problem.message)
