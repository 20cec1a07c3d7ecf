"""What `casebook export` does."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from casebook.export import FORMATS
from casebook.export.excerpts import (
    EXCERPTS_TITLE,
    make_case_document,
    make_collection,
    make_excerpt,
    make_excerpt_document,
)
from casebook.export.passages import Passage
from casebook.library import casefile
from casebook.library.folder import load_vocabulary
from casebook.model import ROLES, Case, UserError
from casebook.runtime import cli
from casebook.runtime.cache import store_of
from casebook.runtime.file_names import portable_name
from casebook.site.case_items import CaseItem
from casebook.site.on_demand import open_library_on_demand
from casebook.site.prepare import PreparedCase, prepare_case, prepare_cases
from casebook.vocabulary import Vocabulary

TOGETHER_TITLE = "案例汇编"
"""The name of the file of several cases."""

Documents = Mapping[str, Sequence[Passage]]
"""The passages of each file, by its name without the ending."""


def run(options: argparse.Namespace) -> int:
    """Write the files that are asked for. Returns the exit code."""
    if not options.cases.is_dir():
        raise UserError(f"{options.cases}：没有这个文件夹，请用 --cases 指出案例文件夹。")
    make = FORMATS[options.format]
    documents = _choose_documents(options)
    files = {
        options.out / portable_name(f"{name}.{options.format}"): make(passages)
        for name, passages in documents.items()
    }
    if not options.force:
        _refuse_to_overwrite(files)
    for path, content in files.items():
        cli.write_bytes(path, content)
        cli.say(cli.display_path(path))
    return cli.OK


def _refuse_to_overwrite(files: Mapping[Path, bytes]) -> None:
    """Raise UserError for a file that somebody may have worked on; nothing is written then."""
    for path, content in files.items():
        if path.exists() and not (path.is_file() and path.read_bytes() == content):
            raise UserError(
                f"{cli.display_path(path)}：已有同名文件，内容不同，没有写入任何文件；"
                "请用 --out 另指一处，或用 --force 覆盖。"
            )


def _choose_documents(options: argparse.Namespace) -> Documents:
    site = options.site_url
    if options.theme:
        return _make_theme_document(options.cases, options.theme, site)
    if any("#" in named for named in options.ids):
        return {EXCERPTS_TITLE: _make_excerpts(options.cases, options.ids, site)}
    cases = list(_read_cases(options.cases, options.ids))
    if options.together:
        return {TOGETHER_TITLE: make_collection(cases, site)}
    return {name: make_case_document(case, site) for name, case in _name_files(cases).items()}


def _read_cases(folder: Path, ids: Sequence[str]) -> Iterator[Case]:
    """The cases with these ids in their order, without ids all of them."""
    if not ids:
        yield from (prepared.case for prepared in prepare_cases(folder, store_of(folder)))
        return
    library = open_library_on_demand(folder)
    for case_id in dict.fromkeys(ids):
        path = folder / f"{case_id}.md"
        if path.parent != folder or not path.is_file():
            raise UserError(f"{case_id}：{folder} 里没有这个案例，请写案例文件的名称，不带 .md。")
        yield prepare_case(casefile.read_case(path), library).case


def _name_files(cases: Sequence[Case]) -> dict[str, Case]:
    """Each case by its title; cases whose files would have one name have their ids, too."""
    counts = Counter(portable_name(case.title).casefold() for case in cases)
    return {
        case.title
        if counts[portable_name(case.title).casefold()] == 1
        else f"{case.title}（{case.id}）": case
        for case in cases
    }


def _make_excerpts(folder: Path, named: Sequence[str], site: str) -> list[Passage]:
    """Items (ID#anchor) and whole cases in the order of the call."""
    ids = [name.partition("#")[0] for name in named]
    cases = {case.id: case for case in _read_cases(folder, ids)}
    roles = _name_roles(load_vocabulary(folder))
    excerpts = []
    for name in named:
        case_id, _, anchor = name.partition("#")
        _check_anchor(cases[case_id], anchor)
        excerpts.append(make_excerpt(cases[case_id], anchor, roles, site))
    return make_excerpt_document(EXCERPTS_TITLE, excerpts)


def _check_anchor(case: Case, anchor: str) -> None:
    known = [block.anchor for block in case.blocks[1:]]
    if anchor and anchor not in known:
        named = "、".join(known) or "（无）"
        raise UserError(f"{case.id}#{anchor}：这个案例没有锚点 {anchor}，有的是 {named}。")


def _make_theme_document(folder: Path, themes: Sequence[str], site: str) -> Documents:
    """The items of some themes, in the order of the roles."""
    vocabulary = load_vocabulary(folder)
    names = [_find_theme(vocabulary, theme) for theme in themes]
    items = _list_theme_items(prepare_cases(folder, store_of(folder)), set(names))
    if not items:
        raise UserError(f"主题“{'、'.join(names)}”还没有条目，没有写入任何文件。")
    roles = _name_roles(vocabulary)
    excerpts = [
        make_excerpt(item.case, item.block.anchor, roles, site, alone=True) for item in items
    ]
    title = f"{'、'.join(names)}（{EXCERPTS_TITLE}）"
    return {title: make_excerpt_document(title, excerpts)}


def _find_theme(vocabulary: Vocabulary, theme: str) -> str:
    if name := vocabulary.theme_name(theme):
        return name
    known = "、".join(vocabulary.themes)
    raise UserError(f"{theme}：没有这个主题；有的是 {known}。")


def _list_theme_items(prepared: Sequence[PreparedCase], themes: set[str]) -> list[CaseItem]:
    found = (item for each in prepared for item in each.items if themes & set(item.themes))
    return sorted(found, key=lambda item: ROLES.index(item.block.role))


def _name_roles(vocabulary: Vocabulary) -> dict[str, str]:
    """The names of roles by their ids."""
    return {role.id: role.name for role in vocabulary.roles.values()}
