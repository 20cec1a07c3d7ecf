"""What `casebook themes` does, with the vocabulary that it needs."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.library import casefile
from casebook.library.folder import VOCABULARY, case_paths, load_vocabulary
from casebook.library.theme_renaming import plan_renaming
from casebook.library.theme_suggestions import suggest_themes
from casebook.library.themes import item_themes
from casebook.model import Case, UserError, as_dict
from casebook.runtime import cli


def run(options: argparse.Namespace) -> int:
    """Count, suggest or rename. Returns the exit code."""
    if not options.library.is_dir():
        raise UserError(f"{options.library}：没有这个案例文件夹。")
    if options.rename:
        _rename(options.library, options.rename, options.dry_run)
    elif options.suggest:
        _suggest(options.library, options.format)
    else:
        cli.say(*_count_themes(options.library))
    return cli.OK


def _rename(library: Path, names: Sequence[str], dry_run: bool) -> None:
    old, new = names
    planned = plan_renaming(library, old, new)
    for path, text in planned.items():
        if not dry_run:
            cli.write_text(path, text)
        cli.say(cli.display_path(path))
    done = "要改" if dry_run else "已改"
    cli.say(f"主题“{old}”改为“{new}”：{done} {len(planned)} 个文件。")


def _suggest(library: Path, form: str) -> None:
    found = suggest_themes(_read_cases(library), load_vocabulary(library))
    if form == "json":
        cli.print_json({"themes": [as_dict(each) | {"yaml": each.render_yaml()} for each in found]})
        return
    for each in found:
        examples = "；".join(f"{case}《{title}》" for case, title in each.examples)
        cli.say(f"# {each.count} 条谈到，例如 {examples}", *each.render_yaml().split("\n"))
    place = (library / VOCABULARY / "themes.yml").as_posix()
    cli.say(f"# 共提出 {len(found)} 个主题；选用的加进 {place}。")


def _read_cases(library: Path) -> Iterator[Case]:
    return map(casefile.read_case, case_paths(library))


def _count_themes(library: Path) -> Iterator[str]:
    """A line for each theme, in the order of the vocabulary, and one for the items without."""
    counts: Counter[str] = Counter()
    vocabulary = load_vocabulary(library)
    for case in _read_cases(library):
        for themes in item_themes(case, vocabulary).values():
            counts.update(themes or ("",))
    yield from (f"{name}：{counts[name]} 条" for name in vocabulary.themes)
    yield f"没有主题的：{counts['']} 条"
