"""The queue of alike pairs that wait for a person: a page, and the file of decisions."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from casebook.dedupe import MERGING
from casebook.dedupe.cluster import DuplicateReport
from casebook.dedupe.relations import ComparedText, Pair
from casebook.library.review_file import ReviewEntry, dump_review, read_review
from casebook.model import UserError
from casebook.runtime import cli
from casebook.site.review_page import ReviewPair, render_review_page


def write_review(
    page: Path, report: DuplicateReport, documents: Mapping[str, ComparedText], library: Path
) -> str:
    """Write the page (.html) and, with the same name, the file (.yml); returns what to tell people.

    Only pairs of cases (of `library`) that may merge are asked about, the most alike first. What a
    person has filled into the file stays. Raises UserError, and writes nothing, when the file has
    errors.
    """
    if page.is_dir():
        raise UserError(f"{page} 是文件夹；--review 后面写网页的文件名，例如 review.html。")
    file = page.with_suffix(".yml")
    may_merge = [pair for pair in report.pairs if pair.relation in MERGING]
    pairs = sorted(filter(_are_cases, may_merge), key=lambda pair: -pair.similarity)
    left = len(may_merge) - len(pairs)
    rest = f"另有 {left} 对涉及还没有导入的文章，不在其中。" if left else ""
    if not pairs:
        return f"没有待判定的案例，没有写入文件。{rest}"
    entries = list(_make_entries(pairs, file))
    held = [
        ReviewPair(pair, documents[pair.a], documents[pair.b], entry)
        for pair, entry in zip(pairs, entries, strict=True)
    ]
    decide = f"{cli.command('duplicates')} --library {shlex.quote(library.as_posix())} --decide "
    html = page.with_suffix(".html")
    cli.write_text(html, render_review_page(held, file.name, decide + shlex.quote(file.name)))
    cli.write_text(file, dump_review(entries))
    return (
        f"{len(pairs)} 对待判定：打开 {html.as_posix()} 逐对选择，或者直接填写 {file.as_posix()}；"
        f"然后运行 {decide}{shlex.quote(file.as_posix())}。{rest}"
    )


def _are_cases(pair: Pair) -> bool:
    """Whether both are cases, not documents: the name of a document's file has an ending."""
    return "." not in pair.a + pair.b


def _make_entries(pairs: list[Pair], file: Path) -> Iterator[ReviewEntry]:
    """An entry for each pair, with what a person has decided in the file that is there."""
    known, findings = read_review(file) if file.is_file() else ([], [])
    if findings:
        place = f"{file}:{findings[0].line}"
        raise UserError(f"{place}：{findings[0].message}请改好，或把这个文件移走再生成。")
    decided = {entry.pair: entry for entry in known}
    for pair in pairs:
        old = decided.get(frozenset((pair.a, pair.b)))
        yield ReviewEntry(
            pair.a,
            pair.b,
            pair.relation,
            old.decision if old else "",
            old.reason if old else "",
        )
