"""A library on disk: cases, variants, sources with their steps, and the vocabulary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook import casefile, markup, reading, vocabulary
from casebook.dedupe.relations import Document
from casebook.model import Block, Case, Flag, Step, UserError, WriteUp
from casebook.portable import files_ending
from casebook.vocabulary import Vocabulary, load

if TYPE_CHECKING:
    from casebook.repair import Repaired

FOLDER = vocabulary.LIBRARY
"""The library of this checkout, or the one that CASEBOOK_CASES names."""

SOURCES, VARIANTS, VOCABULARY = "sources", "variants", "vocabulary"
"""Folders of a library."""

STEPS_SUFFIX = ".steps.json"
"""The record of a source's repair lies beside it: NAME.steps.json."""

_COLUMNS = ("start", "end", "before", "after", "certainty", "rules")


@dataclass(frozen=True, slots=True)
class PartRange:
    """Where a write-up stands in its decoded source; `part` counts from 1."""

    part: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What import did to a source: positions are code points of the decoded source."""

    file: str
    sha256: str
    encoding: str
    characters: int
    parts: tuple[PartRange, ...]
    steps: tuple[Step, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the site is built from. `variants` go by id, `sources` by file name."""

    folder: Path
    cases: tuple[Case, ...]
    variants: Mapping[str, Case]
    sources: Mapping[str, SourceRecord]
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class SourceText:
    """A received document with its repair and the write-ups found in it."""

    document: reading.Document
    repaired: Repaired
    write_ups: tuple[WriteUp, ...]


def load_library(folder: Path = FOLDER) -> Library:
    """Read a whole library. Raises UserError, or CaseFileError for a file that cannot be read."""
    if not folder.is_dir():
        raise UserError(f"{folder}：没有这个案例文件夹。")
    variants = (casefile.read(path) for path in case_paths(folder / VARIANTS))
    records = (read_record(path) for path in files_ending(folder / SOURCES, STEPS_SUFFIX))
    return Library(
        folder=folder,
        cases=tuple(casefile.read(path) for path in case_paths(folder)),
        variants={case.id: case for case in variants},
        sources={record.file: record for record in records},
        vocabulary=load_vocabulary(folder),
    )


def open_library(folder: Path) -> Library:
    """The library at `folder`; an empty one where nothing is yet. Raises UserError for a file."""
    if folder.exists():
        return load_library(folder)
    return Library(folder, (), {}, {}, load())


def load_vocabulary(folder: Path) -> Vocabulary:
    """The library's own vocabulary, or the default one where it brings none."""
    own = folder / VOCABULARY
    return load(own) if own.is_dir() else load()


def vocabulary_version(folder: Path) -> str:
    """A hash of the vocabulary's files: the library's own, or the default ones."""
    own = folder / VOCABULARY
    digest = hashlib.sha256()
    for path in vocabulary.files_of(own if own.is_dir() else vocabulary.FOLDER):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def case_paths(folder: Path) -> list[Path]:
    """The case files directly in a folder, sorted; README.md and hidden files are none."""
    found = files_ending(folder, ".md")
    return [path for path in found if path.name[0] != "." and path.stem != "README"]


def read_source(path: Path, vocabulary: Vocabulary | None = None) -> SourceText:
    """Read, repair and structure one received document. Raises UserError."""
    return process(reading.read(path), vocabulary)


def process(document: reading.Document, vocabulary: Vocabulary | None = None) -> SourceText:
    """Repair and structure a document that has been read."""
    from casebook.repair import repair  # their tables take a while; case files need neither
    from casebook.structure import structure

    repaired = repair(document.text)
    return SourceText(document, repaired, tuple(structure(repaired.text, vocabulary)))


def load_documents(paths: Sequence[Path]) -> list[Document]:
    """The texts at the paths: case files, received documents, or folders of either.

    A case goes by its id; the parts of a compilation by PATH#1, PATH#2 …, a document with one
    write-up by its path. Raises UserError when a path is missing or holds no write-up.
    """
    documents = [document for path in paths for document in _documents_at(path)]
    if not documents:
        raise UserError(f"{'、'.join(map(str, paths))}：里面没有可以比对的文章。")
    return documents


def _documents_at(path: Path) -> Iterator[Document]:
    if not path.exists():
        raise UserError(f"{path}：没有这个文件或文件夹。")
    if path.is_dir():
        found = [p for p in reading.find_documents(path) if p.stem != "README"]
        if not found:
            raise UserError(f"{path}：文件夹里没有可以比对的文章。")
        for child in found:
            yield from documents_in(child)
    else:
        yield from documents_in(path)


def documents_in(path: Path) -> Iterator[Document]:
    """The texts of one file: a case, or the write-ups of a received document. Raises UserError."""
    if is_case_file(path):
        yield case_document(casefile.read(path))
        return
    write_ups = read_source(path).write_ups
    for write_up in write_ups:
        name = f"{path}#{write_up.part}" if len(write_ups) > 1 else str(path)
        yield Document(name, write_up.title, plain_text(write_up.blocks))


def is_case_file(path: Path) -> bool:
    """Whether a file is a case: Markdown that opens with front matter."""
    if path.suffix.lower() not in (".md", ".markdown"):
        return False
    with path.open("rb") as file:
        return file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def case_document(case: Case) -> Document:
    """A case as dedupe compares it: blocks that a merge took over are left to their variant."""
    own = [block for block in case.blocks if not block.source]
    return Document(case.id, case.title, markup.to_plain(plain_text(own, "\n\n")))


def plain_text(blocks: Sequence[Block], glue: str = "\n") -> str:
    """Headings and texts of the blocks below the title, and the lead, as one text."""
    parts: list[str] = []
    for block in blocks:
        if block.level > 1 and block.heading:
            parts.append(block.heading)
        if block.text:
            parts.append(block.text)
    return glue.join(parts)


def dump_record(record: SourceRecord) -> str:
    """A record as JSON, one step a line, so that a difference can be read."""
    rows = ",\n  ".join(
        json.dumps([_cell(step, name) for name in _COLUMNS], ensure_ascii=False)
        for step in record.steps
    )
    head = {
        "file": record.file,
        "sha256": record.sha256,
        "encoding": record.encoding,
        "characters": record.characters,
        "parts": [[part.part, part.start, part.end] for part in record.parts],
        "flags": [[f.rule, f.start, f.end, f.text, f.message] for f in record.flags],
        "columns": list(_COLUMNS),
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return (
        f'{opening},\n "steps": [\n  {rows}\n ]\n}}\n'
        if rows
        else f'{opening},\n "steps": []\n}}\n'
    )


def _cell(step: Step, name: str) -> Any:
    value = getattr(step, name)
    return list(value) if isinstance(value, tuple) else value


def read_record(path: Path) -> SourceRecord:
    """Read a NAME.steps.json. Raises UserError when it is not what import wrote."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return SourceRecord(
            file=data["file"],
            sha256=data["sha256"],
            encoding=data["encoding"],
            characters=data["characters"],
            parts=tuple(PartRange(*part) for part in data["parts"]),
            steps=tuple(
                _step(dict(zip(data["columns"], row, strict=True))) for row in data["steps"]
            ),
            flags=tuple(Flag(*flag) for flag in data["flags"]),
        )
    except (ValueError, KeyError, TypeError, IndexError) as error:
        message = f"{path}：修复记录损坏，请删除后重新运行 import_cases.py。"
        raise UserError(message) from error


def _step(row: dict[str, Any]) -> Step:
    return Step(**{**row, "rule": row["rules"][0], "rules": tuple(row["rules"])})
