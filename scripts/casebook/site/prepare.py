"""What the site needs of each case, from the case alone, cached between builds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import count
from pathlib import Path

from casebook.library import casefile, markup
from casebook.library.folder import SOURCES, VARIANTS, Library, case_paths, vocabulary_version
from casebook.library.identity import with_anchors
from casebook.library.present_names import use_present_names
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX
from casebook.library.themes import item_themes
from casebook.model import Case
from casebook.runtime import cache
from casebook.runtime.json_records import from_json, to_json
from casebook.site.case_items import CaseItem, assign_theme_slugs, list_case_items
from casebook.site.case_page import CaseParts, render_case_parts
from casebook.site.listings import render_case_entry, render_item_entry
from casebook.site.on_demand import open_library_on_demand
from casebook.site.received import build_source_address, find_received_document
from casebook.site.variants import (
    BlockNotes,
    collect_variant_notes,
    list_variants,
    name_variant_note,
)
from casebook.structure.roles import resolve_roles

_RUNS = count()


@dataclass(frozen=True, slots=True)
class PreparedCase:
    """A case with its roles and anchors, and what pages show of it.

    `plain` is the text of each block without marks, `searched` that with what variants say
    otherwise at that block. `themes` and `entries` (HTML for lists) go by
    the anchor of the block; the entry of the case itself has the key ''. `variant_titles` go by
    the id of the variant. `files` are the received documents: address in the site, path within the
    library, of a document that is no text that of its lines. `aliases` are former addresses of the
    case and of its variants.
    """

    case: Case
    plain: tuple[str, ...]
    searched: tuple[str, ...]
    themes: Mapping[str, tuple[str, ...]]
    entries: Mapping[str, str]
    parts: CaseParts
    variant_titles: Mapping[str, str]
    files: Mapping[str, str]
    aliases: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[CaseItem, ...]:
        """The items of the case in their order."""
        return tuple(list_case_items(self.case, self.themes, self.plain))


def prepare_case(case: Case, library: Library) -> PreparedCase:
    """Prepare one case. Raises UserError for an unreadable source or variant."""
    known = library.vocabulary.roles
    case = use_present_names(case, library.vocabulary)
    roles = resolve_roles(case.blocks, case.kind, library.vocabulary)
    blocks = [
        replace(block, role=role if role in known else "")
        for block, role in zip(case.blocks, roles, strict=True)
    ]
    named = dict.fromkeys(library.vocabulary.theme_name(name) or name for name in case.themes)
    case = replace(case, blocks=with_anchors(blocks), themes=tuple(named))
    themes = item_themes(case, library.vocabulary)
    plain = tuple(markup.to_plain(block.text) for block in case.blocks)
    items = tuple(list_case_items(case, themes, plain))
    shown_themes = {item.block.anchor: item.themes for item in items}
    entries = {item.block.anchor: render_item_entry(item, library.vocabulary) for item in items}
    variants = list_variants(case, library)
    notes = collect_variant_notes(case, library)
    titles = dict.fromkeys(variant.title for variant in variants if variant.title != case.title)
    return PreparedCase(
        case=case,
        plain=plain,
        searched=_list_searched_texts(plain, notes, titles),
        themes=themes,
        entries=entries | {"": render_case_entry(case)},
        parts=render_case_parts(case, library, shown_themes, assign_theme_slugs(library), notes),
        variant_titles={variant.id: variant.title for variant in variants},
        files=dict(_list_received_files(case, variants, library)),
        aliases=tuple(alias for each in (case, *variants) for alias in each.aliases),
    )


def _list_searched_texts(
    plain: Sequence[str], notes: BlockNotes, titles: Iterable[str]
) -> tuple[str, ...]:
    """The text of each block and, as further paragraphs, what variants have there.

    The first block, which stands for the title, has the variants' titles.
    """
    said = [[f"（另一版本题为：{title}）" for title in titles], *([] for _ in plain[1:])]
    for number, found in notes.items():
        said[number] += [f"（{name_variant_note(note)}：{note.text}）" for note in found]
    return tuple(
        "\n".join(filter(None, (text, *more))) for text, more in zip(plain, said, strict=True)
    )


def collect_entries(prepared: Iterable[PreparedCase]) -> dict[str, str]:
    """The HTML of all entries of lists, by the key of the item or the id of the case."""
    named = (
        (f"{each.case.id}#{anchor}" if anchor else each.case.id, entry)
        for each in prepared
        for anchor, entry in each.entries.items()
    )
    return dict(named)


def _list_received_files(
    case: Case, variants: list[Case], library: Library
) -> Iterator[tuple[str, str]]:
    for reference in (ref for each in (case, *variants) for ref in each.sources):
        if found := find_received_document(reference, library):
            kept = found.record.file + ("" if found.stored.is_text else LINES_SUFFIX)
            yield build_source_address(found.record.file), f"{SOURCES}/{kept}"
            if found.may_publish_file(library):
                yield (f"{SOURCES}/{found.record.file}",) * 2


def prepare_cases(
    folder: Path, store: cache.Store = cache.NOTHING, without: frozenset[str] = frozenset()
) -> list[PreparedCase]:
    """Prepare all cases of a library on disk, in their order, or take them from the cache.

    Files with the paths `without` (within the library) count as missing. Raises UserError for one
    that cannot be read.
    """
    made_of = vocabulary_version(folder)
    make = partial(_prepare_for_cache, folder, next(_RUNS), without)
    read = partial(from_json, PreparedCase)
    paths = [path for path in case_paths(folder) if path.name not in without]
    return cache.load_or_make("case", make, read, paths, folder, store, made_of, without)


def _prepare_for_cache(folder: Path, run: int, without: frozenset[str], path: Path) -> cache.Made:
    library = _open_library(folder, run, without)
    # A preview shows cases whose id is wrong; their names are always those of files.
    made = prepare_case(replace(casefile.read_case(path), id=path.stem), library)
    return list(_list_needed_files(made.case, library)), to_json(made)


@lru_cache(maxsize=1)
def _open_library(folder: Path, _run: int, without: frozenset[str]) -> Library:
    """One library for all cases of a run, in each process; `_run` makes the next run read again."""
    return open_library_on_demand(folder, without)


def _list_needed_files(case: Case, library: Library) -> Iterator[str]:
    """The other files that a case's page depends on; a missing one may appear later."""
    variants = [ref.id for ref in case.variants]
    yield from (f"{VARIANTS}/{variant}.md" for variant in variants)
    texts = [case, *(library.variants[v] for v in variants if v in library.variants)]
    for reference in (ref for each in texts for ref in each.sources):
        yield f"{SOURCES}/{reference.file}"
        yield f"{SOURCES}/{reference.file}{STEPS_SUFFIX}"
        yield f"{SOURCES}/{reference.file}{LINES_SUFFIX}"
