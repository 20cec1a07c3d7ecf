"""An issue with a write-up becomes a proposal: read, imported, completed, checked."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from rapidfuzz import fuzz

from casebook.checks.rules import CHECK_RULES_BY_ID
from casebook.forge.attachments import (
    MOST_ATTACHMENTS,
    describe_refused,
    fetch_attachment,
    find_ending,
)
from casebook.forge.case_branch import name_branch
from casebook.forge.download import Fetch
from casebook.forge.proposal import Proposal, encode_files
from casebook.forge.submission import Submission, read_submission
from casebook.library.folder import Library, open_library
from casebook.model import Case, Finding, SourceRef, UserError, WriteUp
from casebook.pipeline.checking import check_since
from casebook.pipeline.contribution import (
    Contribution,
    hide_private,
    mask_finding,
    summarize_plan,
)
from casebook.pipeline.import_plan import Plan, PlannedSource
from casebook.pipeline.import_writing import write_plan
from casebook.pipeline.importing import plan_import
from casebook.pipeline.source_guard import Protection
from casebook.runtime.cli import UNPACKED_PREFIX
from casebook.runtime.file_names import portable_name

REDACTED = Protection(redact=True)
"""How a document with private text comes in: masked, and of it only the SHA-256 is kept."""

TITLE_LIKENESS = 75
"""Likeness (0–100, rapidfuzz) from which a line of a text is the title that the form gives."""

_ODD_IN_NAMES = re.compile("[^\\w“”《》（）、，·—-]+")
"""Signs of shells and the like, which the name of a document need not have."""

_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.M)

_NAMES = {"标题": "title", "单位": "organ", "地区": "region", "日期": "date"}
"""What both a write-up and the form may say, by its name in messages."""

_DECIDE = "可能重复：有相近的案例；收录以后，请在分支 {} 上运行下面的命令判定，再推送。"

_STILL_PUBLIC = (
    "个人信息或密级标志：文章里有（见下面的“案例检查”）；个人信息在案例里用 X 遮盖，"
    "有密级标志的不收录。这个 issue 和附件人人可见：请编辑 issue 删去，"
    "再点正文上方的“edited”，打开旧版本，选“Delete revision”。"
)

FIRST_LINES, MOST_COMPARED = 5, 500
"""Lines of a text among which its title is, and characters of each."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote into the library, what there is to show of it, and what did not work."""

    written: Sequence[Path] = ()
    shown: Contribution = field(default_factory=Contribution)
    failures: Sequence[str] = ()
    doubts: Sequence[str] = ()


def take_in(
    issue: int,
    values: Mapping[str, str],
    folder: Path,
    fetch: Fetch,
) -> Proposal:
    """Import what a form submits into the library at `folder`, and check what was written.

    `values` are those of the form by the ids of its fields. Whatever is wrong with the submission
    is said in the proposal. Raises UserError for a library that cannot be read or is in no git
    repository, OSError.
    """
    library = open_library(folder)
    submission = read_submission(values, library.vocabulary)
    fields = (values.get(name, "") for name in ("body", "attachment"))
    missing = [*submission.missing, *describe_refused(*fields)]
    with tempfile.TemporaryDirectory(prefix=UNPACKED_PREFIX) as scratch:
        imported = _import_submission(submission, library, Path(scratch), fetch)
    missing += imported.failures
    findings = check_since("HEAD", [folder]) if imported.written else []
    shown, doubts = imported.shown, [*submission.doubts, *imported.doubts]
    if shown.duplicates:
        doubts.append(_DECIDE.format(name_branch(issue)))
    if any(map(_is_private, (*shown.findings, *findings))):
        missing.append(_STILL_PUBLIC)
    blocked = any(found.severity == "error" and _is_private(found) for found in findings)
    ready = bool(imported.written) and submission.consent and not blocked
    return Proposal(
        issue=issue,
        title=submission.title or "（没有标题）",
        ready=ready,
        missing=tuple(map(hide_private, missing)),
        doubts=tuple(map(hide_private, doubts)),
        declared=tuple(_list_declared(submission, values)),
        shown=replace(shown, findings=(*shown.findings, *map(mask_finding, findings))),
        files=encode_files(folder, imported.written) if ready else {},
    )


def _is_private(found: Finding) -> bool:
    """Whether a finding is one of private text."""
    rule = CHECK_RULES_BY_ID.get(found.rule)
    return bool(rule and rule.excusable)


def _list_declared(submission: Submission, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the contributor declared, for the pull request; only choices and masked values."""
    yield "人工智能", submission.ai_use
    yield "是否可公开", values.get("publishable", "")
    yield "是否脱敏", values.get("anonymized", "")
    yield "署名", submission.contributor


def _collect_documents(
    submission: Submission, folder: Path, fetch: Fetch
) -> tuple[list[Path], list[str]]:
    """The pasted text and the attachments as files, and why some are not there."""
    documents, failures = list[Path](), list[str]()
    if submission.text:
        name, content = _name_text(submission), _complete_text(submission)
        documents.append(_store(folder, 0, name, content.encode("utf-8", "replace")))
    for number, address in enumerate(submission.attachments[:MOST_ATTACHMENTS], start=1):
        try:
            name = _name_document(submission, find_ending(address))
            documents.append(_store(folder, number, name, fetch_attachment(address, fetch)))
        except UserError as error:
            failures.append(str(error))
    if len(submission.attachments) > MOST_ATTACHMENTS:
        failures.append(f"附件超过 {MOST_ATTACHMENTS} 个，后面的没有读取；请分几次提交。")
    return documents, failures


def _store(folder: Path, number: int, name: str, content: bytes) -> Path:
    """A document in a folder of its own, so that equal names do not meet; messages leave it out."""
    path = folder / str(number) / name
    path.parent.mkdir()
    path.write_bytes(content)
    return path


def _name_document(submission: Submission, ending: str) -> str:
    """The name under which a document is stored: the title, with nothing private or odd in it."""
    plain = _ODD_IN_NAMES.sub("_", submission.title).strip("_")
    return portable_name(f"{plain or '来稿'}{ending}")


def _name_text(submission: Submission) -> str:
    """The name of a pasted text: Markdown where a line is a heading of it."""
    ending = ".md" if _MARKDOWN_HEADING.search(submission.text) else ".txt"
    return _name_document(submission, ending)


def _complete_text(submission: Submission) -> str:
    """The pasted text, under the title that the form gives where the text has none itself."""
    text, title = submission.text, submission.title
    first = [line[:MOST_COMPARED] for line in text.split("\n") if line.strip()][:FIRST_LINES]
    if not title or any(fuzz.partial_ratio(title, line) >= TITLE_LIKENESS for line in first):
        return f"{text}\n"
    is_markdown = _MARKDOWN_HEADING.search(text)
    return f"{'# ' if is_markdown else ''}{title}\n\n{text}\n"


def _import_submission(
    submission: Submission, library: Library, scratch: Path, fetch: Fetch
) -> Imported:
    """Import the documents of a submission, which are kept in the folder `scratch` meanwhile."""
    documents, failures = _collect_documents(submission, scratch, fetch)
    if not documents:
        return Imported(failures=failures)
    try:
        plan = _plan_documents(documents, library)
    except UserError as error:
        said = re.sub(rf"{re.escape(str(scratch))}\W\d+\W", "", str(error))
        return Imported(failures=[*failures, said])
    doubts = list(_describe_choices(plan, submission))
    _complete_plan(plan, submission)
    failures += _explain_left_out(plan)
    shown = summarize_plan(plan, library)
    pairs = tuple(replace(pair, needs_import=False) for pair in shown.duplicates)
    shown = replace(shown, duplicates=pairs)
    return Imported(write_plan(plan, library), shown, failures, doubts)


def _describe_choices(plan: Plan, submission: Submission) -> Iterator[str]:
    """Where the one write-up says otherwise than the form, and which of them counts."""
    for case in plan.cases.values() if len(plan.cases) == 1 else ():
        completed = _complete_case(case, submission, alone=True)
        for name, field_name in _NAMES.items():
            own, given = getattr(case, field_name), getattr(submission, field_name)
            chosen = "文章" if getattr(completed, field_name) == own else "表单"
            if own and given and not own.startswith(given):
                yield f"{name}：文章里是“{own}”，表单里是“{given}”，用了{chosen}的；请核对。"


def _explain_left_out(plan: Plan) -> Iterator[str]:
    """Why write-ups of a plan become no cases, as far as nothing else says it."""
    for planned in plan.sources:
        if planned.refused:
            yield "文章：没有收录，原因见下面的“案例检查”。"
        for arrival in () if planned.refused else planned.arrivals:
            if planned.known:
                yield f"文章：已经收录过了（{arrival.id}），不必再交；要改，请用“更正案例”表单。"
            elif kind := arrival.write_up.not_a_case:
                yield f"文章：像是{kind}，不是经验材料，没有收录；确实是的，请留言，由维护者导入。"


def _plan_documents(documents: Sequence[Path], library: Library) -> Plan:
    """Plan an import, masked where there is private text. Raises UserError."""
    plan = plan_import(documents, library)
    if any(planned.refused for planned in plan.sources):
        plan = plan_import(documents, library, asked=REDACTED)
        plan.withdrawals = []  # what the library has already is no business of an issue
    return plan


def _complete_plan(plan: Plan, submission: Submission) -> None:
    """Put the values of the form into the cases of a plan."""
    alone = len(plan.cases) == 1
    plan.sources = [_complete_source(each, submission, alone) for each in plan.sources]
    for cases in (plan.cases, plan.variants):
        for case_id, case in cases.items():
            cases[case_id] = _complete_case(case, submission, alone)
    # The form has said it, or the summary does; and no contributor can follow the third one.
    said = {"metadata-missing", "title-missing", "not-a-case"}
    plan.findings = [found for found in plan.findings if found.rule not in said]


def _complete_source(planned: PlannedSource, submission: Submission, alone: bool) -> PlannedSource:
    arrivals = (
        replace(arrival, write_up=_complete_facts(arrival.write_up, submission, alone))
        for arrival in planned.arrivals
    )
    return replace(planned, arrivals=tuple(arrivals))


def _complete_case(case: Case, submission: Submission, alone: bool) -> Case:
    named = case.title == _name_document(submission, "")
    title = submission.title if named and submission.title else case.title
    return replace(
        _complete_facts(case, submission, alone),
        title=title,
        blocks=(replace(case.blocks[0], heading=title), *case.blocks[1:]),
        sources=tuple(_complete_sources(case.sources, submission.sources)),
        contributor=submission.contributor,
        ai_use=submission.ai_use,
    )


Described = TypeVar("Described", Case, WriteUp)


def _complete_facts(described: Described, submission: Submission, alone: bool) -> Described:
    """Organ, region and date as the form says; what a text says itself counts where it says more.

    In a compilation only what a write-up does not say itself is taken from the form.
    """
    facts = {}
    for name in ("organ", "region", "date"):
        own, given = getattr(described, name), getattr(submission, name)
        facts[name] = own if own and (not alone or own.startswith(given)) else given
    return replace(described, **facts)


def _complete_sources(own: Sequence[SourceRef], given: Sequence[SourceRef]) -> Iterator[SourceRef]:
    """The documents with the first address that the form gives, then its other places."""
    addresses = [each.url for each in given if each.url]
    for source in own:
        yield replace(source, url=addresses[0]) if addresses else source
    yield from (SourceRef(url=address) for address in addresses[1 if own else 0 :])
    yield from (each for each in given if not each.url)
