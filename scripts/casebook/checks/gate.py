"""The gate: all checks of one case file, of several files, or of a whole library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from casebook.checks import (
    character_checks,
    decision_checks,
    heading_checks,
    private_checks,
    references,
    role_checks,
    schema,
    unsafe,
    vocabulary_terms,
)
from casebook.checks.case_source import CaseSource, find_library_folder, parse_case_source
from casebook.checks.excuses import find_excuse, find_excused_values, list_excused_rules
from casebook.checks.fix import fix_case
from casebook.checks.published_files import check_published_files
from casebook.checks.rules import CHECK_RULES_BY_ID, Problem, limit_problems
from casebook.library import casefile
from casebook.library.casefile import CaseFileError
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.folder import (
    SOURCES,
    VARIANTS,
    case_paths,
    load_vocabulary,
    vocabulary_version,
)
from casebook.model import Finding, UserError
from casebook.runtime import cache, cli
from casebook.runtime.file_names import path_below
from casebook.runtime.json_records import from_json, to_json

LARGEST_CASE_BYTES = 1024 * 1024
"""Bytes of a case file; longer ones are refused before they are read."""

MOST_PROBLEMS_PER_CHECK = 10_000
"""Problems that one check looks for in one file; hostile files could hold a million."""

CHECKS: tuple[Callable[[CaseSource], Iterator[Problem]], ...] = (
    schema.check_schema,
    vocabulary_terms.check_vocabulary_terms,
    references.check_references,
    heading_checks.check_headings,
    role_checks.check_roles,
    unsafe.check_markup,
    character_checks.check_characters,
    character_checks.check_line_ends,
    private_checks.check_private,
)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A checked file: its findings, and what the checks across files need to know.

    `sources` are names of stored documents, `withheld` the SHA-256 of those that are not to be
    stored, `excused_values` the keys of private text that a person has excused.
    """

    path: Path
    findings: tuple[Finding, ...]
    id: str = ""
    id_place: tuple[int, int] = (1, 1)
    variants: tuple[tuple[str, tuple[int, int]], ...] = ()
    sources: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    excused_values: tuple[str, ...] = ()


def check_file(path: Path, text: str) -> list[Finding]:
    """All findings of one case file; its library is the folder that `path` is in.

    `text` is what the file holds or is about to hold. Raises UserError for a broken vocabulary.
    """
    return list(_check_text(path, text).findings)


def check_library(folder: Path, store: cache.Store = cache.NOTHING) -> list[Finding]:
    """All findings of a library: of each case and variant, and across files.

    With a store, files that did not change are not checked again.
    Raises UserError when the folder is missing or holds no case.
    """
    return check_paths([folder], stores=lambda _: store)


def check_paths(
    paths: Sequence[Path],
    fix: bool = False,
    stores: Callable[[Path], cache.Store] = lambda _: cache.NOTHING,
) -> list[Finding]:
    """All findings of case files and libraries, sorted; with `fix` the files are fixed first.

    Checks across files run where a path is a folder; `stores` gives the cache of a library.
    Raises UserError, OSError.
    """
    targets = [(path, _list_case_files(path)) for path in paths]
    findings: dict[Finding, None] = {}
    for path, files in targets:
        if fix:
            _fix_files(files)
        if path.is_dir():
            checked = _check_cached(path, files, stores(path))
            findings.update(dict.fromkeys(_check_across_files(checked)))
            findings.update(dict.fromkeys(_check_decisions_file(path)))
            findings.update(dict.fromkeys(_check_published(path, checked, stores(path))))
        else:
            checked = [_check_stored_file(path)]
        findings.update(dict.fromkeys(f for each in checked for f in each.findings))
    return sorted(findings, key=lambda f: (f.path, f.line, f.column, f.rule, f.message))


def _check_cached(folder: Path, files: Sequence[Path], store: cache.Store) -> list[CheckedFile]:
    progress = cli.Progress("检查", len(files))
    read = partial(from_json, CheckedFile)
    made_of = f"{vocabulary_version(folder)}\n{Path.cwd()}"
    return cache.load_or_make(
        "checked", _check_for_cache, read, files, folder, store, made_of, progress.step
    )


def _check_for_cache(path: Path) -> cache.Made:
    """A checked file as a row for the cache, and the other files that the check read."""
    checked = _check_stored_file(path)
    needs = [f"{VARIANTS}/{path.name}", *(f"{VARIANTS}/{name}.md" for name, _ in checked.variants)]
    return [*needs, *(f"{SOURCES}/{name}" for name in checked.sources)], to_json(checked)


def _list_case_files(path: Path) -> list[Path]:
    if not path.exists() and not path.is_symlink():
        raise UserError(f"{path}：没有这个文件或文件夹。")
    if path.is_dir():
        found = [*case_paths(path), *case_paths(path / VARIANTS)]
        if not found:
            raise UserError(f"{path}：文件夹里没有案例文件（.md）。")
        return found
    if path.suffix != ".md":
        raise UserError(f"{path}：不是案例文件，案例文件的名字以 .md 结尾。")
    return [path]


def _check_stored_file(path: Path) -> CheckedFile:
    if path.is_symlink():
        return _refuse_file(path, "symlink", "案例必须是真正的文件，请用文件本身代替符号链接。")
    if path.stat().st_size > LARGEST_CASE_BYTES:
        message = f"文件超过 {LARGEST_CASE_BYTES // 1024} KiB，请拆成几个案例。"
        return _refuse_file(path, "file-too-large", message)
    try:
        text = casefile.read_text(path)
    except CaseFileError as error:
        return _refuse_file(path, error.rule, str(error))
    return _check_text(path, text)


def _fix_files(files: Sequence[Path]) -> None:
    progress = cli.Progress("补全", len(files))
    for path in files:
        if not path.is_symlink() and path.stat().st_size <= LARGEST_CASE_BYTES:
            with suppress(CaseFileError):
                _fix_stored_file(path)
        progress.step()


def _fix_stored_file(path: Path) -> None:
    text = casefile.read_text(path)
    folder = find_library_folder(path)
    document, _ = parse_case_source(path, text, folder, load_vocabulary(folder))
    raw = path.read_bytes().decode("utf-8")
    fixed = fix_case(document, raw)
    if fixed != raw:
        cli.write_text(path, fixed)


def _refuse_file(path: Path, rule: str, message: str) -> CheckedFile:
    return CheckedFile(path, (_make_finding(path, Problem(rule, 1, 1, message)),))


def _check_text(path: Path, text: str) -> CheckedFile:
    folder = find_library_folder(path)
    document, problems = parse_case_source(path, text, folder, load_vocabulary(folder))
    for check in CHECKS:
        problems.extend(islice(check(document), MOST_PROBLEMS_PER_CHECK))
    problems = list(
        limit_problems(sorted(_apply_excuses(document, problems), key=lambda p: p[1:3]))
    )
    findings = tuple(_make_finding(path, problem) for problem in problems)
    front = document.front
    if front is None:
        return CheckedFile(path, findings)
    variants = front.list_mappings("variants")
    claims = tuple((item.get("id", ""), front.locate("variants", n)) for n, item in variants)
    sources = [item for _, item in front.list_mappings("sources")]
    return CheckedFile(
        path=path,
        findings=findings,
        id=front.get_text("id"),
        id_place=front.locate("id"),
        variants=claims,
        sources=tuple(item.get("file", "") for item in sources),
        withheld=tuple(_list_withheld(sources)),
        excused_values=tuple(find_excused_values(text, list_excused_rules(document))),
    )


def _list_withheld(sources: Sequence[Mapping[str, str]]) -> Iterator[str]:
    return (item["sha256"] for item in sources if item.get("sha256") and not item.get("file"))


def _make_finding(path: Path, problem: Problem) -> Finding:
    place = path_below(path, Path.cwd()) or path.as_posix()
    severity = problem.severity or CHECK_RULES_BY_ID[problem.rule].severity
    return Finding(problem.rule, severity, place, problem.line, problem.column, problem.message)


def _apply_excuses(document: CaseSource, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems that no person has excused, and one for each excuse that is not used."""
    excused = list_excused_rules(document)
    covers = {problem.rule: find_excuse(problem.rule, excused) for problem in problems}
    yield from (problem for problem in problems if not covers[problem.rule])
    for rule_id in sorted(excused.keys() - set(covers.values())):
        if document.front:
            message = f"allow 里的 {rule_id} 已经用不上，请删掉这一项。"
            yield Problem(
                "allow-unused", *document.front.locate("allow", excused[rule_id]), message
            )


def _check_decisions_file(folder: Path) -> Iterator[Finding]:
    """Findings of the file of decisions."""
    cases, variants = ([path.stem for path in case_paths(f)] for f in (folder, folder / VARIANTS))
    for problem in decision_checks.check_decisions(folder, cases, variants):
        yield _make_finding(folder / DECISIONS, problem)


def _check_published(
    folder: Path, checked: Sequence[CheckedFile], store: cache.Store
) -> Iterator[Finding]:
    """Findings of the published files besides the cases."""
    excused: defaultdict[str, set[str]] = defaultdict(set)
    withheld: dict[str, str] = {}
    for each in checked:
        for name in each.sources:
            excused[name].update(each.excused_values)
        withheld.update(dict.fromkeys(each.withheld, each.path.stem))
    for path, problem in check_published_files(folder, excused, withheld, store):
        yield _make_finding(path, problem)


def _check_across_files(checked: Sequence[CheckedFile]) -> Iterator[Finding]:
    """Ids used twice, variants that two cases claim, variants that no case claims."""
    ids: dict[str, Path] = {}
    claimed: dict[str, Path] = {}
    for each in checked:
        if each.id and each.id in ids and ids[each.id].name != each.path.name:
            message = f"id 与 {ids[each.id].name} 相同，请给其中一个案例换文件名和 id。"
            yield _make_finding(each.path, Problem("id-duplicate", *each.id_place, message))
        ids.setdefault(each.id, each.path)
        for variant, place in each.variants:
            if claimed.setdefault(variant, each.path) != each.path:
                message = f"异文 {variant} 已经属于 {claimed[variant].name}，请删掉其中一处。"
                yield _make_finding(each.path, Problem("variant-shared", *place, message))
    for each in checked:
        if each.path.parent.name == VARIANTS and each.path.stem not in claimed:
            message = "没有案例把它列在 variants 里，它的旧网址会失效，请在合并后的案例里补上。"
            yield _make_finding(each.path, Problem("variant-orphan", 1, 1, message))
