"""Roles for the blocks of a write-up: sections together, in their order; then their items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from casebook.model import Block, BlockDecision
from casebook.structure import role_evidence
from casebook.structure.role_evidence import Reason
from casebook.structure.roles import LABEL, bare_heading, heading_role
from casebook.text.dates import YEAR
from casebook.vocabulary import Role

LEAST = 2
"""Points below which a role is not given."""

SECTION, SECTION_LOOSE = 9, 3
"""What an item has from its section: a stated role holds it, a background or a guess less."""

APPENDED = "附在后面的资料，不分角色"
"""Why a glossary or a list of references has no role."""

_YEAR = re.compile(rf"({YEAR})年")
_APPENDIX = re.compile(
    "名词解释|附录|附表|附注|注释|参考文献|参考资料|法条链接|法律链接|法律依据|相关法条|相关法律(?:规定|条文)|关联索引|附件|"
    "关联案例|相关报道|相关链接|延伸阅读|作者简介|作者信息|项目团队|项目名称"
)

_CLAUSES = re.compile("[^，：]")

PLAINLY = 3
"""Phrases of another role, twice those of the section's, that set a paragraph apart."""

_SET_APART = ("practice", "outcome", "suggestion")


@dataclass(slots=True)
class _Section:
    """A level-2 block with the blocks under it and what speaks for its role."""

    blocks: list[Block]
    signs: list[str]
    reasons: list[Reason]
    stated: bool = False
    role: str = ""


def assign(
    blocks: Sequence[Block], signs: Sequence[str], roles: Mapping[str, Role], default: str
) -> tuple[tuple[Block, ...], tuple[BlockDecision, ...]]:
    """The blocks with their roles, and for each of them why.

    `signs` says for each block why it is one; `default` is the role that the kind of the write-up
    gives, '' where it gives none. A paragraph that plainly has another role than its section
    becomes an item without a heading.
    """
    lead = replace(blocks[0], role=_lead_role(blocks[0].text, roles))
    sections = _sections(blocks[1:], signs[1:], roles, default)
    found = [(lead, BlockDecision(signs[0], lead.role, "", "导语说背景，除非明说别的"))]
    scores = [role_evidence.totals(section.reasons) for section in sections]
    for section, role in zip(
        sections, role_evidence.best_path(scores, _alike(sections)), strict=True
    ):
        section.role = role
        found.extend(_decided(section, roles))
    return tuple(block for block, _ in found), tuple(decision for _, decision in found)


def _alike(sections: Sequence[_Section]) -> list[bool]:
    """For each section whether its heading, of two clauses or more, is built like the one before.

    Headings that name a role are never alike.
    """
    shapes = ["" if s.stated else _CLAUSES.sub("", s.blocks[0].heading or "") for s in sections]
    return [False, *(a == b != "" for a, b in pairwise(shapes))][: len(shapes)]


def without_roles(
    blocks: Sequence[Block], signs: Sequence[str]
) -> tuple[tuple[Block, ...], tuple[BlockDecision, ...]]:
    """The blocks of a text that tells no experience: it is not bent into roles."""
    return tuple(blocks), tuple(
        BlockDecision(sign, "", "", "不是经验材料，不分角色") for sign in signs
    )


def _lead_role(text: str, roles: Mapping[str, Role]) -> str:
    """A lead tells the background unless it plainly does something else."""
    if not text:
        return ""
    counts = role_evidence.phrase_counts(text[: role_evidence.TEXT_READ], roles)
    (first, most), (_, second) = counts.most_common(2)
    plain = most >= PLAINLY and most >= 2 * second
    return first if plain and first in ("problem", "lesson") else "background"


def _sections(
    blocks: Sequence[Block], signs: Sequence[str], roles: Mapping[str, Role], default: str
) -> list[_Section]:
    sections: list[_Section] = []
    for block, sign in zip(blocks, signs, strict=True):
        if block.level == 2 or not sections:
            sections.append(_Section([], [], []))
        sections[-1].blocks.append(block)
        sections[-1].signs.append(sign)
    for index, section in enumerate(sections):
        section.reasons = list(_section_reasons(section, roles, default))
        named = [role for role, why, _ in section.reasons if why == role_evidence.NAMES]
        section.stated = len(named) == 1
        section.reasons += role_evidence.place_reasons(index, len(sections))
    _settle_remedies(sections)
    for section in sections[_first_later_year(sections) :]:
        section.reasons.append(("suggestion", "前文回顾的是更早的年份", role_evidence.LATER_YEAR))
        section.stated = True
    return sections


def _settle_remedies(sections: Sequence[_Section]) -> None:
    """对策 before 成效, where nothing else is named a practice, was carried out, not proposed."""
    named = [_named(section) for section in sections]
    last = max((place for place, role in enumerate(named) if role == "outcome"), default=0)
    if "practice" in named:
        return
    for section, role in zip(sections[:last], named, strict=False):
        if role == "suggestion":
            section.reasons = [
                ("practice", "小标题说的办法，后文说了成效", points) if why == role_evidence.NAMES
                else (other, why, points)
                for other, why, points in section.reasons
            ]  # fmt: skip


def _named(section: _Section) -> str:
    """The one role that a section's heading names, or ''."""
    named = [role for role, why, _ in section.reasons if why == role_evidence.NAMES]
    return named[0] if section.stated else ""


def _first_later_year(sections: Sequence[_Section]) -> int:
    """The first section whose heading bears a later year than one before: 2023年重点工作."""
    earlier = 0
    for index, section in enumerate(sections):
        found = _YEAR.search(section.blocks[0].heading or "")
        year = int(found[1]) if found else 0
        if earlier and year > earlier:
            return index
        earlier = earlier or year
    return len(sections)


def _section_reasons(
    section: _Section, roles: Mapping[str, Role], default: str
) -> Iterator[Reason]:
    head = section.blocks[0]
    for reason in role_evidence.heading_reasons(head.heading or "", roles):
        if not (default and reason[1] == role_evidence.ACTS):  # in a proposal an action is proposed
            yield reason
    whole = "\n".join(f"{block.heading or ''}\n{block.text}" for block in section.blocks[:8])
    yield from role_evidence.text_reasons(whole, roles)
    if default:
        yield default, "文种的通常角色", role_evidence.KIND


def _decided(section: _Section, roles: Mapping[str, Role]) -> Iterator[tuple[Block, BlockDecision]]:
    """The blocks of a section with their roles and the reasons."""
    head = section.blocks[0]
    if _APPENDIX.fullmatch(bare_heading(head.heading or "")):
        for block, sign in zip(section.blocks, section.signs, strict=True):
            yield block, BlockDecision(sign, "", "", APPENDED)
        return
    decision = _decision(section.signs[0], section.reasons, section.role)
    head = replace(head, role=decision.role)
    if section.stated or len(section.blocks) > 1:
        yield head, decision
    else:
        yield from _apart(head, decision, roles)
    over: tuple[int, str] = head.level, ""
    for block, sign in zip(section.blocks[1:], section.signs[1:], strict=True):
        if block.level <= over[0]:
            over = head.level, ""
        reasons = list(_item_reasons(block, section, over[1] or decision.role, roles))
        scores = role_evidence.totals(reasons)
        best = max(scores, key=lambda role: scores[role])
        found = _decision(sign, reasons, best)
        if not over[1] and heading_role(block.heading or "", roles) == found.role != "":
            over = block.level, found.role
        yield replace(block, role=found.role), found


def _item_reasons(
    block: Block, section: _Section, role: str, roles: Mapping[str, Role]
) -> Iterator[Reason]:
    """An item has its section's role unless its own name or text says otherwise."""
    heading = block.heading or ""
    if len(bare_heading(heading)) <= LABEL and (named := heading_role(heading, roles)):
        yield named, role_evidence.NAMES, role_evidence.HEAD
    yield from role_evidence.text_reasons(f"{heading}\n{block.text}", roles)
    if role:
        holds = section.stated and role != "background"
        yield role, "所在部分的角色", SECTION if holds else SECTION_LOOSE


def _decision(sign: str, reasons: Sequence[Reason], role: str) -> BlockDecision:
    """The role with its reasons and the runner-up; no role where too little speaks for it."""
    scores = role_evidence.totals(reasons)
    second = max((r for r in scores if r != role), key=lambda r: scores[r])
    runner_up = f"{second} {scores[second]}"
    why = "；".join(f"{why} {points:+d}" for r, why, points in reasons if r == role)
    if scores[role] < LEAST:
        return BlockDecision(sign, "", runner_up, "依据不足")
    return BlockDecision(sign, role, runner_up, f"{why or '上下文的顺序'}；共 {scores[role]} 分")


def _apart(
    section: Block, decision: BlockDecision, roles: Mapping[str, Role]
) -> Iterator[tuple[Block, BlockDecision]]:
    """The section, and later paragraphs of it that plainly have another role as items."""
    first, *others = section.text.split("\n")
    parts: list[tuple[Block, BlockDecision]] = [(replace(section, text=""), decision)]
    texts = [[first]]
    for paragraph in others:
        role = _plain_role(paragraph, roles)
        if role in _SET_APART and role not in (section.role, parts[-1][0].role):
            item = Block(level=section.level + 1, heading=None, role=role)
            parts.append(
                (item, BlockDecision("这一段明说了另一种角色", role, "", "正文里的提示语"))
            )
            texts.append([paragraph])
        else:
            texts[-1].append(paragraph)
    for (block, why), lines in zip(parts, texts, strict=True):
        yield replace(block, text="\n".join(lines)), why


def _plain_role(text: str, roles: Mapping[str, Role]) -> str:
    """The role that plainly leads in a paragraph, or ''."""
    counts = role_evidence.phrase_counts(text[: role_evidence.TEXT_READ], roles)
    (first, most), (_, second) = counts.most_common(2)
    return first if most >= PLAINLY and most >= 2 * second else ""
