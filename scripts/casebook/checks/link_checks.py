"""Links from a case to other cases: they exist, and so do the items that are named."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from casebook.checks.case_source import CaseSource
from casebook.checks.rules import Problem, find_nearest, suggest_word
from casebook.checks.unsafe import find_link_targets
from casebook.library import casefile
from casebook.library.case_targets import CaseTarget, read_case_target
from casebook.library.folder import VARIANTS, case_names, variant_paths
from casebook.model import UserError
from casebook.runtime.file_names import is_plain_file


def check_case_links(document: CaseSource) -> Iterator[Problem]:
    """A problem for each link to a case, or to an item of it, that is not there."""
    for offset, target in find_case_targets(document):
        line, column = document.locate(offset)
        message = _explain_target(document.folder, target)
        if document.text[document.line_starts[line - 1]] == "#":
            message = "小标题里的链接在网页上不会生效，请写在正文里。"
        if message:
            yield Problem("case-link", line, column, message)


def find_case_targets(document: CaseSource) -> Iterator[tuple[int, CaseTarget]]:
    """The places of the links to cases in the body, with what they lead to."""
    for start, inline, target in find_link_targets(document):
        if inline and (named := read_case_target(target)):
            yield start, named


def _explain_target(folder: Path, target: CaseTarget) -> str:
    """What is wrong with a target; '' if nothing is. A case may have become a variant."""
    places = (folder / f"{target.id}.md", folder / VARIANTS / f"{target.id}.md")
    path = next((place for place in places if is_plain_file(place)), None)
    if path is None:
        known = [*case_names(folder), *(path.name for path in variant_paths(folder))]
        guess = find_nearest(target.id, (name.removesuffix(".md") for name in known))
        return f"没有 {target.id} 这个案例，链接不到{suggest_word(guess and f'{guess}.md')}"
    anchors = _list_anchors(path, path.stat().st_mtime_ns) if target.anchor else ()
    if not target.anchor or target.anchor in anchors:
        return ""
    guess = find_nearest(target.anchor, anchors)
    linked = suggest_word(guess and f"{target.id}.md#{guess}")
    return f"案例 {target.id} 里没有锚点 #{target.anchor}{linked}"


@lru_cache(maxsize=256)
def _list_anchors(path: Path, _changed: int) -> tuple[str, ...]:
    """The anchors that a case file has; none if it cannot be read, which is said elsewhere."""
    try:
        parts = casefile.split_front_matter(casefile.read_text(path))
    except (UserError, OSError):
        return ()
    blocks = (placed.block for placed in casefile.read_blocks(parts.body))
    return tuple(block.anchor for block in blocks if block.anchor)
