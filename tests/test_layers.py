"""The floors of the house: a module uses only what stands below it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
PACKAGE = SCRIPTS / "casebook"

FLOORS = (
    "model",
    "content",
    "vocabulary",
    "runtime",
    "text",
    "reading",
    "repair.search_effort",
    "repair.edits",
    "repair.source_lines",
    "repair.draft_text",
    "repair.protected_syntax",
    "repair.bytes",
    "repair.characters",
    "repair.marks",
    "repair.page",
    "repair",
    "structure",
    "dedupe",
    "library",
    "checks",
    "search",
    "site",
    "export",
    "pipeline",
    "forge",
    "commands",
    "__main__",
)
"""From the ground up. A package may use itself and every floor named before it."""

MKDOCS = {"mkdocs_hook", "casebook.commands.run_build"}
"""The only files that know the site generator."""

MODULES = sorted(SCRIPTS.rglob("*.py"))


def module_name(path: Path) -> str:
    """The name by which a file of scripts/ is imported."""
    return ".".join(path.relative_to(SCRIPTS).with_suffix("").parts).removesuffix(".__init__")


NAMES = {module_name(path) for path in MODULES}


def imported_names(source: str) -> Iterator[str]:
    """Modules that a source imports, wherever it does, as far as names show it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in NAMES else node.module


def floor_of(module: str) -> int | None:
    """The floor that a module of the package stands on: the narrowest that names it."""
    inside = module.removeprefix("casebook.")
    fitting = [name for name in FLOORS if f"{inside}.".startswith(f"{name}.")]
    return FLOORS.index(max(fitting, key=len)) if fitting else None


def violations(module: str, source: str) -> list[str]:
    """What a module imports from a floor above its own."""
    own = floor_of(module)
    if own is None:
        return [f"{module} stands on no floor"]
    used = {name for name in imported_names(source) if name.startswith("casebook.")}
    return sorted(name for name in used if (floor := floor_of(name)) is None or floor > own)


def modules_of_package() -> list[Path]:
    """The package's files but its own `__init__`."""
    return [path for path in MODULES if path.is_relative_to(PACKAGE)][1:]


@pytest.mark.parametrize("path", modules_of_package(), ids=module_name)
def test_a_module_uses_only_the_floors_below(path: Path) -> None:
    """Data flows one way; a file that stands on no floor of the table fails, too."""
    assert violations(module_name(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_only_the_adapters_know_mkdocs(path: Path) -> None:
    """The site is plain values, so that another generator could write it."""
    roots = {n.partition(".")[0] for n in imported_names(path.read_text(encoding="utf-8"))}
    assert module_name(path) in MKDOCS or not roots & {"mkdocs", "material"}


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("casebook.text.segmentation", "from casebook.search import packing"),
        ("casebook.runtime.cache", "from casebook.site.html import Page"),
        ("casebook.runtime.cache", "from casebook.dedupe.judging import cores"),
        ("casebook.dedupe.cluster", "import casebook.library.folder"),
        ("casebook.repair.bytes.mojibake", "from casebook.repair.page import layout"),
        ("casebook.repair.edits", "from casebook.repair import repair"),
        ("casebook.vocabulary", "def f():\n    from casebook.runtime import cli"),
        ("casebook.themes", "import re"),
    ],
)
def test_a_wrong_import_is_seen(module: str, line: str) -> None:
    """Upwards, across, within a function, or in a file that has no place."""
    assert violations(module, line)


def test_module_names_are_unique() -> None:
    """A stack trace or a search by file name leads to one place."""
    stems = [path.stem for path in modules_of_package() if path.stem != "__init__"]
    assert sorted({stem for stem in stems if stems.count(stem) > 1}) == []
