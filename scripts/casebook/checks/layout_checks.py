"""Lines of the body that do not show on the page as they were meant.

Headings without `##`, lines that run together, sentences of the template. Each may also be what a
person wanted, so these findings are warnings, and `--fix` leaves them alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from casebook.checks.case_source import CaseSource
from casebook.checks.rules import Problem
from casebook.library import casefile, markup
from casebook.runtime.visible_text import reveal_invisible
from casebook.text.number_ranges import join_ranges
from casebook.text.numerals import UP_TO_HUNDREDS

TEMPLATE = Path(__file__).with_name("template.md")
"""The template of a case, which the documents show."""

LONGEST_HEADING_CHARACTERS = 36
"""Characters after the number of a heading that has no `##`; longer lines are sentences."""

LEAST_TEMPLATE_CHARACTERS = 6
"""Characters of a sentence of the template; a shorter one may be anybody's."""

_KINDS_OF_NUMBERS = (
    ("section", re.compile(rf"第?[{UP_TO_HUNDREDS}]+(?:、|[章节][ 　、])")),
    ("item", re.compile(rf"[（(][{UP_TO_HUNDREDS}]+[)）]")),
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_SENTENCE_END = re.compile("[。\n]")
_NO_HEADING = re.compile(r"[。！？!?；;：:].|[。！？!?；;：:，,、…]$")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;…][”’』」）)》】]*$")
_MARKDOWN = re.compile(r"[|>]|[-+*][ \t]|\d{1,9}[.)][ \t]|[ \t]{2}|\[[^\]]*\]:|.*(?: {2}|\\)$")
"""Lines of lists, tables, quotations, code, and with a hard line break: their breaks count."""

_BULLET = re.compile(r"[•·●○◆◇■□▪▫★☆➢➤►▶√✓✔]|[-—–](?![-—–\s])")
_NUMBERED = re.compile(
    rf"[{UP_TO_HUNDREDS}]+、|[（(](?:[{UP_TO_HUNDREDS}]+|\d{{1,2}})[)）]|\d{{1,2}}[、．.)）]|[①-⑳]"
)

_UNMARKED = "“{wording}”像小标题，请写成“{heading}”。"
_RUN_TOGETHER = "第 {lines} 行之间没有空行，网页上会连成一段；{how}。"
_LIKE_TABLE = "像表格，请写成 Markdown 表格：各列用 | 隔开，第二行写 |---|---|"
_LIKE_LIST = "像列表，请把行首的符号改成“- ”，并在列表前面空一行"
_ADD_BLANK = "请在行与行之间空一行"
_TEMPLATE_TITLE = "标题“{words}”是模板里的话，请换成自己的，或者删掉。"
_TEMPLATE_WORDS = "“{words}”是模板里的话，请换成自己的，或者删掉。"
"""What findings say."""


class _Line(NamedTuple):
    """A line of the body that is not blank and no code, with its number in the file."""

    number: int
    text: str


def check_layout(document: CaseSource) -> Iterator[Problem]:
    """Problems of lines and paragraphs, where the body can be read."""
    if document.parts is None or document.front is None or not document.blocks:
        return
    runs = list(_list_runs(document.parts.body, document.parts.body_line))
    yield from _check_headings([line for run in runs for line in run])
    for run in runs:
        yield from _check_breaks(run)
    yield from _check_template(document, runs)


def _list_runs(body: str, first_line: int) -> Iterator[Sequence[_Line]]:
    """Lines that follow each other without a blank line; a heading is a run of its own."""
    run: list[_Line] = []
    for number, text in markup.lines_outside_code(body.split("\n"), first_line):
        if run and (
            not text.strip() or "#" in (text[0], run[0].text[0]) or number > run[-1].number + 1
        ):
            yield run
            run = []
        if text.strip():
            run.append(_Line(number, text))
    if run:
        yield run


def _check_headings(lines: Sequence[_Line]) -> Iterator[Problem]:
    """Numbered lines that stand before a text like a heading, but have no `##`.

    Lines of the same kind next to each other are a list.
    """
    kinds = [_sort_line(line.text) for line in lines]
    deepest = 1
    for position, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind.startswith("#"):
            deepest = len(kind)
        following = kinds[position + 1] if position + 1 < len(lines) else "##"
        if kind in ("", following) or kind.startswith("#") or following == "##":
            continue
        if position and kinds[position - 1] == kind:
            continue
        level = 2 if kind == "section" or deepest == 1 else 3
        deepest = level
        wording = reveal_invisible(_unwrap(line.text))
        message = _UNMARKED.format(wording=wording, heading=f"{'#' * level} {wording}")
        yield Problem("heading-unmarked", line.number, 1, message)


def _sort_line(text: str) -> str:
    """The hashes of a heading, the kind of a line that may be one, or ''."""
    if text.startswith("#"):
        return text[: len(text) - len(text.lstrip("#"))]
    wording = _unwrap(text)
    for kind, number in _KINDS_OF_NUMBERS:
        found = number.match(wording)
        if found and _may_be_heading(wording[found.end() :]):
            return kind
    return ""


def _may_be_heading(words: str) -> bool:
    length = len(words.strip())
    return 2 <= length <= LONGEST_HEADING_CHARACTERS and not _NO_HEADING.search(words)


def _unwrap(text: str) -> str:
    """A line without the stars around the whole of it, and then without its full stop."""
    bold = _BOLD.fullmatch(text.strip())
    return bold[2].rstrip("。：:") if bold else text.strip()


def _check_breaks(run: Sequence[_Line]) -> Iterator[Problem]:
    """Lines without a blank line between that are meant as paragraphs, list or table."""
    texts = [line.text for line in run]
    if len(run) < 2 or any(map(_MARKDOWN.match, texts)):
        return
    if not all(_is_meant(upper, lower) for upper, lower in pairwise(texts)):
        return
    places = join_ranges(line.number for line in run)
    if all("\t" in text.strip() for text in texts):
        how = _LIKE_TABLE
    elif any(_BULLET.match(text) for text in texts[1:]):
        how = _LIKE_LIST
    else:
        how = _ADD_BLANK
    message = _RUN_TOGETHER.format(lines=places, how=how)
    yield Problem("line-breaks", run[0].number, 1, message)


def _is_meant(upper: str, lower: str) -> bool:
    """Whether a new line within a paragraph was meant: soft breaks come inside a sentence."""
    if _ENDS_SENTENCE.search(upper.rstrip()) or ("\t" in upper.strip() and "\t" in lower.strip()):
        return True
    return bool(_BULLET.match(lower) or _NUMBERED.match(lower))


def _check_template(document: CaseSource, runs: Sequence[Sequence[_Line]]) -> Iterator[Problem]:
    """Sentences of the template that nobody exchanged, and its title."""
    title, sentences = read_template()
    if document.front and document.front.get_text("title") == title:
        message = _TEMPLATE_TITLE.format(words=title)
        yield Problem("template-left", *document.front.locate("title"), message)
    body = document.parts.body.replace("\n", "") if document.parts else ""
    if not any(sentence in body for sentence in sentences):
        return
    for run in runs:
        for sentence in _list_sentences("".join(line.text for line in run)):
            if sentence in sentences:
                message = _TEMPLATE_WORDS.format(words=sentence)
                yield Problem("template-left", run[0].number, 1, message)
                break


@lru_cache(maxsize=1)
def read_template() -> tuple[str, frozenset[str]]:
    """The title of the template, and the sentences of its body."""
    case = casefile.parse(TEMPLATE.read_text(encoding="utf-8"))
    words = (sentence for block in case.blocks for sentence in _list_sentences(block.text))
    return case.title, frozenset(words)


def _list_sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without those that are too short to be anybody's."""
    for sentence in _SENTENCE_END.split(text):
        if len(sentence.strip()) >= LEAST_TEMPLATE_CHARACTERS:
            yield sentence.strip()
