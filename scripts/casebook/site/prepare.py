"""What the site needs of one case, made from the case alone, and cached between builds as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import Any

from casebook.library import casefile, markup
from casebook.library.folder import SOURCES, VARIANTS, Library, case_paths, vocabulary_version
from casebook.library.identity import with_anchors
from casebook.library.source_records import STEPS_SUFFIX
from casebook.library.themes import item_themes
from casebook.model import Block, Case, SourceRef, VariantRef
from casebook.runtime import cache
from casebook.site.case_items import CaseItem, case_items, theme_slugs
from casebook.site.case_page import CaseParts, case_parts
from casebook.site.html import TocItem
from casebook.site.listings import case_entry, item_entry
from casebook.site.on_demand import library_on_demand
from casebook.site.received import received, source_address
from casebook.structure.roles import resolve_roles

_RUNS = count()


@dataclass(frozen=True, slots=True)
class PreparedCase:
    """A case with its roles and anchors, and what pages show of it.

    `plain` is the text of each block without marks. `themes` go by the anchor of the block,
    `entries` (HTML for lists) too, that of the case by ''. `old` are its variants' ids and titles,
    `files` the received documents by their address in the site, as paths within the library.
    """

    case: Case
    plain: tuple[str, ...]
    themes: Mapping[str, tuple[str, ...]]
    items: tuple[CaseItem, ...]
    entries: Mapping[str, str]
    parts: CaseParts
    old: tuple[tuple[str, str], ...]
    files: Mapping[str, str]


def prepare(case: Case, library: Library) -> PreparedCase:
    """All of it for one case. Raises UserError for an unreadable source or variant."""
    roles = resolve_roles(case.blocks, case.kind, library.vocabulary)
    blocks = [replace(block, role=role) for block, role in zip(case.blocks, roles, strict=True)]
    case = replace(case, blocks=with_anchors(blocks))
    themes = item_themes(case, library.vocabulary)
    plain = tuple(markup.to_plain(block.text) for block in case.blocks)
    items = tuple(case_items(case, themes, plain))
    entries = {item.block.anchor: item_entry(item, library.vocabulary) for item in items}
    parts = case_parts(
        case, library, {i.block.anchor: i.themes for i in items}, theme_slugs(library)
    )
    variants = [library.variants[ref.id] for ref in case.variants if ref.id in library.variants]
    return PreparedCase(
        case,
        plain,
        themes,
        items,
        entries | {"": case_entry(case)},
        parts,
        tuple((variant.id, variant.title) for variant in variants),
        dict(_files(case, variants, library)),
    )


def entries_of(prepared: Iterable[PreparedCase]) -> dict[str, str]:
    """The HTML of all entries of lists by the key of the item, those of cases by their id."""
    named = (
        (f"{each.case.id}#{anchor}" if anchor else each.case.id, entry)
        for each in prepared
        for anchor, entry in each.entries.items()
    )
    return dict(named)


def _files(case: Case, variants: list[Case], library: Library) -> Iterator[tuple[str, str]]:
    for reference in (ref for each in (case, *variants) for ref in each.sources):
        if found := received(reference, library):
            yield source_address(found.record.file), f"{SOURCES}/{found.record.file}"


def prepared_cases(folder: Path, store: cache.Store = cache.NOTHING) -> list[PreparedCase]:
    """All cases of a library on disk, in their order; what is cached is not made again.

    Raises UserError for a file that cannot be read.
    """
    made_of = vocabulary_version(folder)
    make = partial(_made, folder, next(_RUNS))
    return cache.cached_or_made("case", make, from_json, case_paths(folder), folder, store, made_of)


def _made(folder: Path, run: int, path: Path) -> cache.Made:
    library = _library(folder, run)
    made = prepare(casefile.read_case(path), library)
    return list(_needs(made.case, library)), to_json(made)


@lru_cache(maxsize=1)
def _library(folder: Path, _run: int) -> Library:
    """One for all cases of a run, in whichever process; the next run reads the folder again."""
    return library_on_demand(folder)


def _needs(case: Case, library: Library) -> Iterator[str]:
    """The files besides its own that a case's page was made of, missing ones too."""
    variants = [ref.id for ref in case.variants]
    yield from (f"{VARIANTS}/{variant}.md" for variant in variants)
    texts = [case, *(library.variants[v] for v in variants if v in library.variants)]
    for reference in (ref for each in texts for ref in each.sources):
        yield f"{SOURCES}/{reference.file}"
        yield f"{SOURCES}/{reference.file}{STEPS_SUFFIX}"


def to_json(made: PreparedCase) -> dict[str, Any]:
    """Plain lists and mappings, from which `from_json` gives an equal value."""
    places = {block.anchor: place for place, block in enumerate(made.case.blocks)}
    return {
        "case": _row(made.case),
        "plain": made.plain,
        "themes": made.themes,
        "items": [[places[i.block.anchor], i.themes] for i in made.items],
        "entries": made.entries,
        "parts": _row(made.parts),
        "old": made.old,
        "files": made.files,
    }


def _row(value: Any) -> list[Any]:
    """The fields of a value, in their order; values inside it as lists of theirs."""
    return [_cell(getattr(value, field.name)) for field in fields(value)]


def _cell(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    return [_row(v) if is_dataclass(v) else v for v in value]


def from_json(row: Mapping[str, Any]) -> PreparedCase:
    """The value of which `to_json` made the row."""
    case, plain = _case(row["case"]), tuple(row["plain"])
    body, citation, sections, description = row["parts"]
    toc = tuple(TocItem(*section) for section in sections)
    return PreparedCase(
        case,
        plain,
        {anchor: tuple(names) for anchor, names in row["themes"].items()},
        tuple(
            CaseItem(case, case.blocks[at], tuple(names), plain[at]) for at, names in row["items"]
        ),
        row["entries"],
        CaseParts(body, citation, toc, description),
        tuple((variant, title) for variant, title in row["old"]),
        row["files"],
    )


def _case(row: list[Any]) -> Case:
    values = dict(zip((field.name for field in fields(Case)), row, strict=True))
    values["blocks"] = tuple(_block(*block) for block in values["blocks"])
    values["sources"] = tuple(SourceRef(*source) for source in values["sources"])
    values["variants"] = tuple(VariantRef(*variant) for variant in values["variants"])
    values |= {name: tuple(values[name]) for name in ("themes", "allow")}
    return Case(**values)


def _block(
    level: int, heading: str | None, role: str, text: str, anchor: str, themes: Any, source: str
) -> Block:
    return Block(level, heading, role, text, anchor, tuple(themes), source)
