"""The gate: all checks of one case file, of several files, or of a whole library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from casebook.checks import (
    character_checks,
    heading_checks,
    layout_checks,
    link_checks,
    private_checks,
    references,
    removed_checks,
    role_checks,
    schema,
    source_checks,
    unsafe,
    vocabulary_terms,
)
from casebook.checks.across_files import check_across_files
from casebook.checks.case_encoding import decode_case
from casebook.checks.case_source import CaseSource, find_library_folder, parse_case_source
from casebook.checks.checked_file import CheckedFile, make_finding
from casebook.checks.excuses import find_excuse, find_excused_values, list_excused_rules
from casebook.checks.file_places import find_misplaced, is_for_a_case
from casebook.checks.rules import Problem, limit_problems
from casebook.library import casefile
from casebook.library.casefile import CaseFileError
from casebook.library.folder import (
    SOURCES,
    VARIANTS,
    case_paths,
    load_vocabulary,
    variant_paths,
    vocabulary_version,
)
from casebook.library.removed_register import FILE as REMOVED
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX
from casebook.model import Finding, UserError
from casebook.runtime import cache
from casebook.runtime.json_records import from_json, to_json

LARGEST_CASE_BYTES = 1024 * 1024
"""Bytes of a case file; longer ones are refused before they are read."""

MOST_CASE_LINES = 50_000
"""Lines of a case file; one with more is not looked at."""

MOST_PROBLEMS_PER_CHECK = 10_000
"""Problems that one check looks for in one file; hostile files could hold a million."""

EXCUSE_UNUSED = "allow 里的 {rule} 已经用不上，请删掉这一项。"

CHECKS: tuple[Callable[[CaseSource], Iterator[Problem]], ...] = (
    schema.check_schema,
    vocabulary_terms.check_vocabulary_terms,
    references.check_references,
    link_checks.check_case_links,
    source_checks.check_provenance,
    heading_checks.check_headings,
    layout_checks.check_layout,
    role_checks.check_roles,
    unsafe.check_markup,
    character_checks.check_characters,
    character_checks.check_line_ends,
    private_checks.check_private,
    removed_checks.check_removed,
)


def check_file(path: Path, text: str) -> list[Finding]:
    """All findings of one case file; its library is the folder that `path` is in.

    `text` is what the file holds or is about to hold. Raises UserError for a broken vocabulary.
    """
    return list(_check_text(path, text)[0].findings)


def check_library(folder: Path, store: cache.Store = cache.NOTHING) -> list[Finding]:
    """All findings of a library: of each case and variant, across files, of names and places.

    With a store, files that did not change are not checked again.
    Raises UserError when the folder is missing or holds no case.
    """
    return sort_findings(_check_folder(folder, store))


def check_paths(paths: Sequence[Path], use_cache: bool = False) -> list[Finding]:
    """All findings of case files and libraries, sorted.

    Checks across files run where a path is a folder; with `use_cache`, files of it that did not
    change are not checked again. Raises UserError, OSError.
    """
    targets = [(path, list_case_files(path)) for path in paths]
    findings: list[Finding] = []
    for path, found in targets:
        if path.is_dir():
            findings += _check_folder(path, cache.store_of(path) if use_cache else cache.NOTHING)
        else:
            findings += check_stored_file(found[0]).findings
    return sort_findings(findings)


def _check_folder(folder: Path, store: cache.Store) -> Iterator[Finding]:
    files = list_case_files(folder)
    removed = cache.hash_file(folder / REMOVED)
    made_of = f"{vocabulary_version(folder)}\n{removed}\n{Path.cwd()}"
    read = partial(from_json, CheckedFile)
    checked = cache.load_or_make(
        "checked", _check_for_cache, read, files, folder, store, made_of, label="检查案例"
    )
    for each in checked:
        yield from each.findings
    for path, problem in check_across_files(folder, checked, store):
        yield make_finding(path, problem)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each once, in the order of files and lines."""
    once = dict.fromkeys(findings)
    return sorted(once, key=lambda f: (f.path, f.line, f.column, f.rule, f.message))


def _check_for_cache(path: Path) -> cache.Made:
    """A checked file as a row for the cache, and the other files that the check read."""
    checked = check_stored_file(path)
    needs = [f"{VARIANTS}/{path.name}", *(f"{VARIANTS}/{name}.md" for name, _ in checked.variants)]
    for name, _ in checked.sources:
        needs += [f"{SOURCES}/{name}{suffix}" for suffix in ("", STEPS_SUFFIX, LINES_SUFFIX)]
    for name in checked.links:
        needs += [f"{name}.md", f"{VARIANTS}/{name}.md"]
    return needs, to_json(checked)


def list_case_files(path: Path) -> list[Path]:
    """The case file at `path`, or the cases and variants of a library. Raises UserError."""
    if not path.exists() and not path.is_symlink():
        raise UserError(f"{path}：没有这个文件或文件夹。")
    if path.is_dir():
        found = [*case_paths(path), *variant_paths(path)]
        if not found and not any(map(is_for_a_case, find_misplaced(path))):
            raise UserError(f"{path}：文件夹里没有案例文件（.md）。")
        return found
    if path.suffix != ".md":
        raise UserError(f"{path}：不是案例文件，案例文件的名字以 .md 结尾。")
    return [path]


def check_stored_file(path: Path) -> CheckedFile:
    """Check a case file on disk."""
    try:
        return _check_real_file(path)
    except OSError as error:
        message = f"文件读不出来：{error.strerror}；请检查它的权限，或重新放一份。"
        return _refuse_file(path, "file-unreadable", message)


def _check_real_file(path: Path) -> CheckedFile:
    if path.is_symlink():
        return _refuse_file(path, "symlink", "案例必须是真正的文件，请用文件本身代替符号链接。")
    if path.stat().st_size > LARGEST_CASE_BYTES:
        message = f"文件超过 {LARGEST_CASE_BYTES // 1024} KiB，请拆成几个案例。"
        return _refuse_file(path, "file-too-large", message)
    try:
        text = casefile.read_text(path)
    except CaseFileError as error:
        fixable = decode_case(path.read_bytes()) is not None
        return _refuse_file(path, error.rule, f"{error}{'（--fix 可以改）' if fixable else ''}")
    if text.count("\n") > MOST_CASE_LINES:
        message = f"文件超过 {MOST_CASE_LINES} 行，请删去多余的空行，或拆成几个案例。"
        return _refuse_file(path, "file-too-large", message)
    return _check_text(path, text)[0]


def _refuse_file(path: Path, rule: str, message: str) -> CheckedFile:
    return CheckedFile(path, (make_finding(path, Problem(rule, 1, 1, message)),))


def _check_text(path: Path, text: str) -> tuple[CheckedFile, CaseSource]:
    folder = find_library_folder(path)
    document, problems = parse_case_source(path, text, folder, load_vocabulary(folder))
    for check in CHECKS:
        problems.extend(islice(check(document), MOST_PROBLEMS_PER_CHECK))
    problems = private_checks.mask_messages(document, problems)
    problems = list(
        limit_problems(sorted(_apply_excuses(document, problems), key=lambda p: p[1:3]))
    )
    findings = tuple(make_finding(path, problem) for problem in problems)
    front = document.front
    if front is None:
        return CheckedFile(path, findings), document
    variants = front.list_mappings("variants")
    claims = tuple((item.get("id", ""), front.locate("variants", n)) for n, item in variants)
    aliases = tuple((name, front.locate("aliases", n)) for n, name in front.list_texts("aliases"))
    sources = [item for _, item in front.list_mappings("sources")]
    linked = (target.id for _, target in link_checks.find_case_targets(document))
    return CheckedFile(
        path=path,
        findings=findings,
        id=front.get_text("id"),
        id_place=front.locate("id"),
        variants=claims,
        aliases=aliases,
        anchors=tuple(each.block.anchor for each in document.blocks if each.block.anchor),
        sources=tuple((s["file"], s.get("sha256", "")) for s in sources if s.get("file")),
        links=tuple(dict.fromkeys(linked)),
        withheld=tuple(s["sha256"] for s in sources if s.get("sha256") and not s.get("file")),
        excused_values=tuple(find_excused_values(text, list_excused_rules(document))),
    ), document


def _apply_excuses(document: CaseSource, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems that no person has excused, and one for each excuse that is not used."""
    excused = list_excused_rules(document)
    covers = {problem.rule: find_excuse(problem.rule, excused) for problem in problems}
    yield from (problem for problem in problems if not covers[problem.rule])
    for rule_id in sorted(excused.keys() - set(covers.values())):
        if document.front:
            place = document.front.locate("allow", excused[rule_id])
            yield Problem("allow-unused", *place, EXCUSE_UNUSED.format(rule=rule_id))
