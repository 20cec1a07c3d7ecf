"""Which weights of repair matter: each one is halved, then doubled, and what changes is printed.

A weight is a number with a name in capitals in a module of scripts/casebook/repair. It is changed
in memory only. Measured are the golden files of tests/data/repair, simulated damage (as in
bench_damage.py) and clean text. A weight of which neither half nor double changes anything is
marked: it can go, or it lacks a golden on each side. A weight that a pattern or a cache takes in
when its module is loaded cannot be changed this way, and is named.

    make calibrate
    .venv/bin/python tests/benchmarks/calibrate.py page marks/quotes    only these modules
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import bench_damage
import yaml
from bench_clean_text import texts
from damage import KINDS

from casebook.repair import Repaired
from plain import repair

PACKAGE = bench_damage.ROOT / "scripts" / "casebook" / "repair"
GOLDENS = bench_damage.ROOT / "tests" / "data" / "repair"

CLEAN_CHARACTERS = 20_000
"""So much of each clean text is repaired."""

PREFIX = "casebook.repair."

Number = int | float
Outcomes = dict[str, object]
"""What came out of each text, by a name of the text."""


@dataclass(frozen=True)
class Weight:
    """A number with a name in a module; `is_fixed` when the module uses it while it is loaded."""

    module: str
    name: str
    value: Number
    is_fixed: bool


def weights(path: Path) -> Iterator[Weight]:
    """The weights that a module defines, in their order."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = ".".join(path.relative_to(PACKAGE.parents[1]).with_suffix("").parts)
    fixed = set(_used_on_load(tree))
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            for name, value in _pairs(statement.targets[0], statement.value):
                yield Weight(module, name, value, name in fixed)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, Number]]:
    """Names in capitals and their numbers, also of `A, B = 1, 2`."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for each, part in zip(target.elts, value.elts, strict=True):
            yield from _pairs(each, part)
    elif isinstance(target, ast.Name) and target.id.isupper():
        number = _number(value)
        if number:
            yield target.id, number


def _number(value: ast.expr) -> Number | None:
    try:
        number = ast.literal_eval(value)
    except ValueError:
        return None
    return number if isinstance(number, int | float) and not isinstance(number, bool) else None


def _used_on_load(node: ast.AST) -> Iterator[str]:
    """Names read outside of the bodies of functions: in patterns, decorators and defaults."""
    for field, value in ast.iter_fields(node):
        if isinstance(node, ast.FunctionDef | ast.Lambda) and field == "body":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load):
                yield child.id
            elif isinstance(child, ast.AST):
                yield from _used_on_load(child)


@contextmanager
def changed(weight: Weight, value: Number) -> Iterator[None]:
    """Give a weight another value, in its module and where that was imported from it."""
    modules = [import_module(weight.module), *_importers(weight)]
    try:
        _set(modules, weight.name, value)
        yield
    finally:
        _set(modules, weight.name, weight.value)


def _importers(weight: Weight) -> list[ModuleType]:
    """Modules that have a weight from the module that defines it, and nothing else of its name."""
    holders = (each for each in _repair() if vars(each).get(weight.name) == weight.value)
    return [each for each in holders if weight.name not in _defined(each)]


def _repair() -> list[ModuleType]:
    return [each for name, each in sys.modules.items() if name.startswith(PREFIX)]


def _defined(module: ModuleType) -> set[str]:
    return {each.name for each in weights(Path(str(module.__file__)))}


def _set(modules: list[ModuleType], name: str, value: Number) -> None:
    """Set the weight, and forget what was computed with its old value."""
    for module in modules:
        setattr(module, name, value)
    for each in [each for module in _repair() for each in vars(module).values()]:
        if hasattr(each, "cache_clear") and each.__module__.startswith(PREFIX):
            each.cache_clear()


def golden_outcomes() -> Outcomes:
    """Whether each golden holds."""
    found: Outcomes = {}
    for path in sorted(GOLDENS.glob("*.yml")):
        golden = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for key, items in golden.items():
            for number, item in enumerate(items):
                name = item["name"] if isinstance(item, dict) else item[:30]
                found[f"{path.stem} {key} {number} {name}"] = holds(path.stem, key, item)
    return found


def holds(rule: str, key: str, item: Any) -> bool:
    """Whether an entry of a golden file is true, as tests/repair/test_rules.py asks for it."""
    if key == "must_change":
        return repair(item["before"], only={rule}).text == str(item["after"])
    if key == "known_limits":
        return repair(item["before"]).text == str(item["after"])
    if key == "must_flag":
        repaired = repair(item["before"])
        flagged = [flag.text for flag in repaired.flags if flag.rule == rule]
        return (flagged, repaired.text) == ([item["flagged"]], item["before"])
    if key == "must_not_change":
        return not repair(item, skip={"full-width-marks"} - {rule}).steps
    repaired = repair(item, only={rule})
    return not repaired.flags and (key == "must_not_flag" or not repaired.steps)


def sample_outcomes(chosen: dict[str, list[str]]) -> Outcomes:
    """What becomes of damaged sentences, and how often each rule does something to clean text."""
    found: Outcomes = {}
    for kind in KINDS:
        for sentences in chosen.values():
            for start in range(0, len(sentences), kind.sentences):
                text = "".join(sentences[start : start + kind.sentences])
                table = bench_damage.Table()
                table.measure(kind, text)
                found[f"{kind.name}: {text[:20]}"] = "".join(table.outcomes)
    for name, text in texts():
        counts = _counted(repair(text[:CLEAN_CHARACTERS]))
        found |= {f"{name}: {what}": count for what, count in counts.items()}
    return found


def _counted(repaired: Repaired) -> Counter[str]:
    steps = (f"{step.rule} {step.certainty}" for step in repaired.steps)
    return Counter([*steps, *(f"{flag.rule} flagged" for flag in repaired.flags)])


def differences(before: Outcomes, after: Outcomes) -> list[str]:
    """What changed, one line for each text."""
    names = [name for name in before | after if before.get(name) != after.get(name)]
    return [f"{name}: {before.get(name, 0)} → {after.get(name, 0)}" for name in names]


def main() -> None:
    """Print what halving and doubling each weight changes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=[""], help="such as page or marks/quotes")
    parser.add_argument("--number", type=int, default=3, help="sentences of each genre")
    parser.add_argument("--most", type=int, default=6, help="changes printed for each value")
    options = parser.parse_args()
    corpora = bench_damage.corpora([])
    chosen = {name: bench_damage.sentences(text, options.number) for name, text in corpora}
    before = golden_outcomes() | sample_outcomes(chosen)
    print(f"{len(before)} outcomes; what half and double of a weight change:", flush=True)
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).with_suffix("").as_posix()
        for weight in weights(path) if place.startswith(tuple(options.modules)) else ():
            report(weight, before, chosen, options.most)


def report(weight: Weight, before: Outcomes, chosen: dict[str, list[str]], most: int) -> None:
    """Print what becomes of all texts with half and double of a weight."""
    label = f"{weight.module.removeprefix(PREFIX)}.{weight.name} = {weight.value}"
    if weight.is_fixed:
        print(f"{label}: used when the module is loaded", flush=True)
        return
    half = weight.value // 2 if isinstance(weight.value, int) else weight.value / 2
    found = {}
    for value in (half, weight.value * 2):
        with changed(weight, value):
            found[value] = differences(before, golden_outcomes() | sample_outcomes(chosen))
    matters = any(found.values())
    print(f"{label}{'' if matters else ': CHANGES NOTHING'}", flush=True)
    for value, changes in found.items() if matters else ():
        more = f" … {len(changes)} in all" if len(changes) > most else ""
        print(f"    {value}:{'' if changes else ' nothing'}{more}")
        for change in changes[:most]:
            print(f"        {change}")


if __name__ == "__main__":
    main()
