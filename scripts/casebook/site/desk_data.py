"""What the page 在线整理 knows: tables and patterns of Python modules as one file of JavaScript.

Its scripts (docs/scripts/desk) repeat the walk through a text, but none of the words, patterns and
figures that decide. `const LINES = deskTable("structure.lines")` in a script asks for a module, and
`LINES.LABELLED` for its constant `LABELLED` or `_LABELLED`; what scripts ask for is exported.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from html.entities import name2codepoint
from importlib import import_module
from typing import Any

from casebook.checks.layout_checks import read_template
from casebook.checks.private import private_words, secrecy_marks
from casebook.checks.rules import CHECK_RULES
from casebook.library.case_schema import FIELDS, KEY_NAMES, find_example, list_field_rules
from casebook.library.slug_tables import make_slug_tables
from casebook.reading.counting import WRITERS
from casebook.runtime.cache import CODE, NOTHING, Store
from casebook.site.script_patterns import translate_pattern
from casebook.structure.genre import list_genres
from casebook.structure.places import list_place_words, list_places
from casebook.vocabulary import Vocabulary

ENGINE_SCRIPTS = (
    *("tables", "markers", "line_kinds", "paragraphs", "roles", "emphasis", "candidates"),
    *("heading_places", "headings", "levels", "level_walk", "role_evidence", "role_assignment"),
    *("metadata", "regions", "organs", "part_borders", "parts", "structure"),
    *("sha256", "identity", "case_writing", "text_reading"),
    *("findings", "yaml", "case_text", "check_front", "check_schema", "heading_faults"),
    *("check_terms", "check_headings", "check_layout", "check_markup", "private_copy"),
    *("private_places", "private_numbers", "private_details", "private_text", "gate"),
    *("zip", "docx_xml", "docx_styles", "docx_numbering", "docx_fields", "docx_runs"),
    *("docx_text", "docx", "markdown_inline", "markdown_reading", "desk"),
)
"""The scripts in docs/scripts/desk in the order in which a page runs them, after the tables and
search/files.js, which unpacks what is compressed."""

MOST_NUMBER = 99
"""The number of a list's item up to which the page writes other formats than figures."""

_TABLE = re.compile(r"^const (?P<name>[A-Z_]+) = deskTable\(\"(?P<module>[a-z0-9_.]+)\"\)", re.M)
_BREAKS = {"\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Line ends of JavaScript of old, which JSON allows in a text."""


_CACHE_KIND = "slug-tables"


def render_desk_data(scripts: Iterable[str], vocabulary: Vocabulary, store: Store = NOTHING) -> str:
    """The script that sets `deskData`, for the texts of the page's scripts.

    The tables of readings take two seconds: a store keeps them. Raises AttributeError for a
    constant that a module does not have.
    """
    data = to_plain_data(collect_desk_data(scripts, vocabulary, store))
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, written in _BREAKS.items():
        text = text.replace(character, written)
    return f'"use strict";\nglobalThis.deskData = {text};\n'


def collect_desk_data(
    scripts: Iterable[str], vocabulary: Vocabulary, store: Store = NOTHING
) -> dict[str, Any]:
    """What is exported, with the patterns of Python."""
    return {
        "modules": list_constants("\n".join(scripts)),
        "vocabulary": list_vocabulary(vocabulary),
        "genres": [genre._asdict() for genre in list_genres()],
        "fields": list_field_rules(),
        "keyNames": KEY_NAMES,
        "keyExamples": {key: find_example(key) for key in FIELDS},
        "rules": [asdict(rule) for rule in CHECK_RULES],
        "template": read_template(),
        "private": list_private_patterns(),
        "numberFormats": list_number_formats(),
        "entities": {name: chr(code) for name, code in name2codepoint.items()},
        "slug": _find_slug_tables(_list_words(vocabulary), store),
    }


def _find_slug_tables(words: str, store: Store) -> dict[str, Any]:
    """The tables by which the page makes an id, from the store if they are there."""

    def make(prose: str) -> str:
        return json.dumps(make_slug_tables(prose)._asdict(), ensure_ascii=False)

    key = hashlib.sha256(f"{CODE}\n{words}".encode()).hexdigest()
    tables: dict[str, Any] = json.loads(store.complete(_CACHE_KIND, {words: key}, make)[words])
    return tables


def list_constants(scripts: str) -> dict[str, dict[str, Any]]:
    """The constants that scripts ask for, by module and name."""
    found: dict[str, dict[str, Any]] = {}
    for table in _TABLE.finditer(scripts):
        module = import_module(f"casebook.{table['module']}")
        names = sorted(set(re.findall(rf"\b{table['name']}\.([A-Z][A-Z0-9_]*)", scripts)))
        own = {name: vars(module).get(f"_{name}") for name in names}
        found.setdefault(table["module"], {}).update(
            (name, getattr(module, name) if value is None else value) for name, value in own.items()
        )
    return found


def list_vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    """Roles, kinds, regions and names of themes of a library, and the table of places."""
    fields = ("id", "name", "description", "headings", "phrases", "strong", "hints")
    return {
        "roles": [
            {field: getattr(role, field) for field in fields} for role in vocabulary.roles.values()
        ],
        "kinds": [
            {"name": kind.name, "aliases": kind.aliases, "default_role": kind.default_role}
            for kind in vocabulary.kinds.values()
        ],
        "regions": [{"name": each.name, "aliases": each.aliases} for each in vocabulary.regions],
        "themes": list(vocabulary.themes),
        "theme_aliases": vocabulary.theme_aliases,
        "places": list_places(),
        "place_words": list_place_words(),
    }


def list_number_formats() -> dict[str, list[str]]:
    """What the number formats of Word write, from 0; a list is longer only in laws."""
    return {form: list(map(write, range(MOST_NUMBER + 1))) for form, write in WRITERS.items()}


def list_private_patterns() -> dict[str, Any]:
    """The patterns that are made of private_words.yml, and words that scripts look up."""
    return {
        "labels": {
            kind: {
                "words": private_words.list_labels(kind),
                "pattern": private_words.label_pattern(kind),
            }
            for kind in private_words.list_label_kinds()
        },
        "public_line": private_words.public_line_pattern(),
        "thing": private_words.thing_pattern(),
        "amount": private_words.amount_pattern(),
        "unit": private_words.unit_pattern(),
        "mark_line": secrecy_marks.line_pattern(),
        "mark_phrase": secrecy_marks.phrase_pattern(),
        "words": {key: private_words.list_words(key) for key in ("file_endings", "no_accounts")},
    }


def _list_words(vocabulary: Vocabulary) -> str:
    """The words of a vocabulary, as titles have them, in one text."""
    roles = (word for role in vocabulary.roles.values() for word in role.headings)
    kinds = (word for kind in vocabulary.kinds.values() for word in (kind.name, *kind.aliases))
    themes = (
        word
        for theme in vocabulary.themes.values()
        for word in (theme.name, *theme.keywords, *theme.subjects, *theme.hints)
    )
    return "".join((*roles, *kinds, *themes))


def to_plain_data(value: Any) -> Any:
    """A value as JSON has it; a pattern is `{"re": …, "flags": …}`. Raises TypeError."""
    if value is None or isinstance(value, str | int | float):
        return value
    if hasattr(value, "groupindex"):
        source, flags = translate_pattern(value)
        return {"re": source, "flags": flags} if flags else {"re": source}
    if isinstance(value, Mapping):
        return {str(key): to_plain_data(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Iterable):
        return [to_plain_data(item) for item in value]
    raise TypeError(f"no counterpart in JavaScript: {value!r}")
