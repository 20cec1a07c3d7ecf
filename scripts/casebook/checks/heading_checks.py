"""The outline of the body: heading syntax, levels, marks, anchors, empty blocks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise, zip_longest

from casebook.checks.case_source import LONGEST_HEADING_CHARACTERS, CaseSource
from casebook.checks.heading_faults import ANCHOR, has_unknown_mark, list_faults
from casebook.checks.rules import Problem, display_value
from casebook.library import markup
from casebook.library.casefile import PlacedBlock

MOST_HEADINGS = 2000
"""Headings of one case: a page of so many takes half a second to make."""

_HASHES = re.compile(r"^(#+)")
_UNDERLINE = re.compile(r"^(?:=+|-+)[ \t]*$")
_NOT_WORD = re.compile(r"(?:\W|_)+")

# What findings say; the page 在线整理 says the same, so that nothing is computed in these texts.
_TOO_MANY = "小标题超过 {most} 个，请拆成几个案例。"
_UNCLOSED = "{fence} 没有成对，它后面的小标题都失效了，请在代码结尾另起一行写 {fence}。"
_TOP_LEVEL = "正文的小标题从 ## 开始（标题写在 title 里）；行首的 # 若是正文，请写成 \\#。"
_TOO_DEEP = "小标题最多六个 #，请减少层级。"
_UNDERLINED = "文字下面的 === 或 --- 会把上一行变成标题，请改用 ##，或在中间空一行。"
_SKIPPED = "小标题跳了级：这里最深只能用 {expected}，请减少 #，或补上中间一级。"
_UNKNOWN_MARK = (
    "花括号里的“{token}”不认识，可以写 {{.角色 #锚点 theme=主题 from=异文编号}}；"
    "若花括号是小标题的一部分，请改成全角｛｝。"
)
_REPEATED_MARK = "花括号里“{kind}”写了两次，只认最后一个，请删掉多余的。"
_NO_ANCHOR = "小标题还没有锚点，别人无法引用这一条，请运行 --fix 补上。"
_ANCHOR_FORMAT = "锚点 #{anchor} 应以小写字母开头，只用小写字母、数字和连字符。"
_ANCHOR_TAKEN = "锚点 #{anchor} 在第 {line} 行已经用过，请删掉后加的一个，再运行 --fix。"
_NO_BODY = "案例没有正文，请在 --- 后面写上内容。"
_EMPTY = "小标题下面没有内容，请补上正文，或删掉这个小标题。"
_TITLE_REPEATED = "正文开头又写了一遍标题，标题已经在 title 里，请删掉这一行。"


def check_headings(document: CaseSource) -> Iterator[Problem]:
    """All problems of the outline that need no vocabulary."""
    if document.parts is None:
        return
    body, first_line = document.parts.body, document.parts.body_line
    faults = dict(list_faults(body.split("\n"), first_line, document.vocabulary))
    yield from _check_lines(body, first_line)
    if document.blocks[MOST_HEADINGS + 1 :]:
        message = _TOO_MANY.format(most=MOST_HEADINGS)
        yield Problem("too-many-headings", document.blocks[MOST_HEADINGS + 1].line, 1, message)
    yield from _check_levels(document)
    for number, fault in faults.items():
        if fault.rule != "unknown-role":  # which the check of the vocabulary reports
            yield Problem(fault.rule, number, 1, fault.message)
    for placed in document.blocks[1:]:
        yield from _check_marks(placed, () if placed.line in faults else placed.unknown)
    yield from _check_anchors(document, faults)
    yield from _check_emptiness(document)
    yield from _check_repeated_title(document)


def _check_lines(body: str, first_line: int) -> Iterator[Problem]:
    """Lines that Markdown, but not the case format, reads as a heading; fences never closed."""
    fence, opened, previous = "", 0, ""
    for number, line in enumerate(body.split("\n"), start=first_line):
        found = markup.FENCE.match(line)
        if found and (not fence or found[1] == fence):
            fence, opened = ("", 0) if fence else (found[1], number)
        elif not fence and (message := _describe_heading_fault(line, previous)):
            yield Problem("heading-format", number, 1, message)
        previous = line
    if fence:
        yield Problem("fence-unclosed", opened, 1, _UNCLOSED.format(fence=fence))


def _describe_heading_fault(line: str, previous: str) -> str:
    """A Chinese sentence on what is wrong with a line, or ''."""
    hashes = _HASHES.match(line)
    if hashes and len(hashes[1]) == 1:
        return _TOP_LEVEL
    if hashes and len(hashes[1]) > 6:
        return _TOO_DEEP
    if _UNDERLINE.match(line) and previous.strip() and not previous.startswith("#"):
        return _UNDERLINED
    return ""


def _check_levels(document: CaseSource) -> Iterator[Problem]:
    for upper, lower in pairwise(document.blocks):
        if lower.block.level > upper.block.level + 1:
            message = _SKIPPED.format(expected="#" * (upper.block.level + 1))
            yield Problem("level-skipped", lower.line, 1, message)


def _check_marks(placed: PlacedBlock, unknown: Iterable[str]) -> Iterator[Problem]:
    for token in unknown:
        message = _UNKNOWN_MARK.format(token=display_value(token))
        yield Problem("unknown-mark", placed.line, 1, message)
    tokens = [token for token in placed.marks.split() if token not in placed.unknown]
    kinds = [token[0] if token[0] in ".#" else token.partition("=")[0] for token in tokens]
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        message = _REPEATED_MARK.format(kind=display_value(kind))
        yield Problem("mark-repeated", placed.line, 1, message)


def _check_anchors(document: CaseSource, faults: Container[int]) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for placed in document.blocks[1:]:
        anchor = placed.block.anchor
        if not anchor and (placed.line in faults or has_unknown_mark(placed, document.vocabulary)):
            continue  # --fix adds none beside marks that it does not know
        if not anchor:
            yield Problem("missing-anchor", placed.line, 1, _NO_ANCHOR)
        elif not ANCHOR.fullmatch(anchor):
            message = _ANCHOR_FORMAT.format(anchor=display_value(anchor))
            yield Problem("anchor-format", placed.line, 1, message)
        elif anchor in lines:
            message = _ANCHOR_TAKEN.format(anchor=anchor, line=lines[anchor])
            yield Problem("anchor-duplicate", placed.line, 1, message)
        lines.setdefault(anchor, placed.line)


def _check_emptiness(document: CaseSource) -> Iterator[Problem]:
    blocks = document.blocks
    if len(blocks) == 1 and not blocks[0].block.text:
        yield Problem("body-empty", blocks[0].line, 1, _NO_BODY)
    for placed, following in zip_longest(blocks[1:], blocks[2:]):
        has_children = following is not None and following.block.level > placed.block.level
        if not placed.block.text and not has_children:
            yield Problem("empty-block", placed.line, 1, _EMPTY)


def _check_repeated_title(document: CaseSource) -> Iterator[Problem]:
    """The title repeated as the first paragraph or as the first heading."""
    if document.front is None or not document.blocks:
        return
    title = _strip_punctuation(document.front.get_text("title"))
    lead = document.blocks[0]
    first = lead if lead.block.text else next(iter(document.blocks[1:]), lead)
    paragraph = (
        first.block.text[:LONGEST_HEADING_CHARACTERS].partition("\n\n")[0] if first is lead else ""
    )
    wording = markup.to_plain(paragraph)
    if title and title == _strip_punctuation(wording or first.block.heading or ""):
        yield Problem("title-repeated", _find_first_line(document, first), 1, _TITLE_REPEATED)


def _find_first_line(document: CaseSource, placed: PlacedBlock) -> int:
    """The line of a heading; for the lead, its first line that is not blank."""
    lines = document.text.split("\n")
    number = placed.line
    while number < len(lines) and not lines[number - 1].strip():
        number += 1
    return number


def _strip_punctuation(text: str) -> str:
    return _NOT_WORD.sub("", text)
