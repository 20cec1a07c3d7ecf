"""Splitting a case: parts of it become cases of their own, and no address is lost.

Each block stands in exactly one of the cases afterwards, with its anchor; the first part keeps the
id. The others list what they have taken, as `ID#anchor`, among their aliases.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from casebook.library import casefile, identity
from casebook.library.case_edits import rewrite_case
from casebook.library.case_renaming import find_owners, plan_links
from casebook.library.case_schema import LONGEST_LINE_CHARACTERS
from casebook.library.case_targets import CaseTarget
from casebook.library.folder import load_vocabulary, read_own_case
from casebook.library.folder_edits import Edits
from casebook.library.markup import plain_text
from casebook.library.outline_numbers import strip_outline_number
from casebook.model import Block, Case, UserError
from casebook.structure.roles import resolve_roles

_CLOSING_MARKS = "。；：，、"


def plan_splitting(folder: Path, case_id: str, anchors: Sequence[str]) -> tuple[Edits, list[Case]]:
    """The edits that make a case of its own begin at each of the anchors, and the new cases.

    Raises UserError if the case cannot be split there, and then says why.
    """
    case = read_own_case(folder, case_id)
    places = _find_places(case, anchors)
    roles = resolve_roles(case.blocks, case.kind, load_vocabulary(folder))
    taken = set(find_owners(folder))
    parts = []
    for start, end in zip(places, [*places[1:], len(case.blocks)], strict=True):
        moved = [
            dataclasses.replace(block, role=role)
            for block, role in zip(case.blocks[start:end], roles[start:end], strict=True)
        ]
        parts.append(_make_part(case, moved, taken))
        taken.add(parts[-1].id)
    moved_aliases = {alias for part in parts for alias in part.aliases}
    kept = tuple(alias for alias in case.aliases if alias not in moved_aliases)
    rest = dataclasses.replace(case, blocks=case.blocks[: places[0]], aliases=kept)
    _refuse_loss(case, [rest, *parts])
    path = folder / f"{case_id}.md"
    edits: dict[Path, str | None] = {
        path: rewrite_case(casefile.read_raw(path), case, rest),
        **{folder / f"{part.id}.md": casefile.dump(part) for part in parts},
    }
    return {**edits, **_plan_links(folder, edits, case_id, parts)}, parts


def _find_places(case: Case, anchors: Sequence[str]) -> list[int]:
    """The indexes of the blocks at which parts begin."""
    blocks = case.blocks
    if any(not block.anchor for block in blocks[1:]):
        raise UserError(f"[split-anchor] {case.id}：有小标题还没有锚点，请先运行 check --fix。")
    known = {block.anchor: index for index, block in enumerate(blocks) if index}
    if wrong := [anchor for anchor in anchors if anchor.removeprefix("#") not in known]:
        held = "、".join(f"#{anchor}" for anchor in known)
        raise UserError(f"[split-anchor] {case.id} 里没有锚点 {wrong[0]}；有：{held}。")
    places = sorted({known[anchor.removeprefix("#")] for anchor in anchors})
    if places[0] == 1 and not blocks[0].text:
        raise UserError(
            f"[split-empty] 从第一个小标题 #{blocks[1].anchor} 拆，{case.id} 就只剩标题了；"
            "请从后面的小标题拆，要换 id 请用 casebook rename。"
        )
    for block in blocks[places[0] :]:
        if block.source:
            raise UserError(
                f"[split-variant] #{block.anchor} 取自异文 {block.source}，"
                f"请先撤销合并（duplicates --unmerge {block.source}），再拆分。"
            )
    for place in places:
        _refuse_title(blocks[place])
    return places


def _refuse_title(block: Block) -> None:
    if not block.heading:
        reason = "没有小标题，不能作新案例的标题；请先给它写上小标题"
    elif len(block.heading) > LONGEST_LINE_CHARACTERS:
        reason = f"小标题超过 {LONGEST_LINE_CHARACTERS} 个字，不能作标题；请先写短些"
    else:
        return
    raise UserError(f"[split-title] #{block.anchor} {reason}。")


def _make_part(case: Case, blocks: Sequence[Block], taken: set[str]) -> Case:
    """The case that blocks become: the heading of the first is its title, its text the lead."""
    first, *others = blocks
    title = _make_title(first.heading or "")
    lead = Block(1, title, first.role, first.text)
    digest = hashlib.sha256(plain_text(blocks).encode()).hexdigest()
    own = {block.anchor for block in blocks}
    former = [alias for alias in case.aliases if alias.partition("#")[2] in own]
    return dataclasses.replace(
        case,
        id=identity.free_id(title, digest, taken.__contains__),
        title=title,
        blocks=(lead, *_raise_levels(others)),
        themes=tuple(dict.fromkeys((*case.themes, *first.themes))),
        aliases=(*(f"{case.id}#{block.anchor}" for block in blocks), *former),
        variants=(),
    )


def _make_title(heading: str) -> str:
    """A heading as a title: without its number and the mark at its end."""
    return strip_outline_number(heading).strip().rstrip(_CLOSING_MARKS) or heading


def _raise_levels(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks below a new title: the highest is a section, and no level is skipped."""
    above, highest = 1, min((block.level for block in blocks), default=2)
    for block in blocks:
        above = min(block.level - highest + 2, above + 1)
        yield dataclasses.replace(block, level=above)


def _refuse_loss(case: Case, parts: Sequence[Case]) -> None:
    """Every block and every text is in one part: else the program is wrong."""
    texts = sorted(block.text for part in parts for block in part.blocks)
    held = [block.anchor for part in parts for block in part.blocks[1:]]
    opening = [part.aliases[0].partition("#")[2] for part in parts[1:]]
    before = sorted(block.anchor for block in case.blocks[1:])
    if sorted(held + opening) != before or texts != sorted(block.text for block in case.blocks):
        raise UserError(f"拆分 {case.id} 会丢失文字，已放弃，没有写入任何文件。")


def _plan_links(folder: Path, edits: Edits, case_id: str, parts: Iterable[Case]) -> Edits:
    """All case files with the links to items that moved."""
    now = {alias: part for part in parts for alias in part.aliases}

    def follow(target: CaseTarget) -> CaseTarget:
        part = now.get(f"{target.id}#{target.anchor}") if target.id == case_id else None
        if part is None:
            return target
        has_it = any(block.anchor == target.anchor for block in part.blocks)
        return CaseTarget(part.id, target.anchor if has_it else "")

    return plan_links(folder, edits, follow)
