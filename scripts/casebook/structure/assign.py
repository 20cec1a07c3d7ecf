"""Roles for the blocks of a write-up: first for all sections in their order, then for items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from casebook.model import Block, BlockDecision
from casebook.structure import role_evidence
from casebook.structure.role_evidence import Reason
from casebook.structure.roles import LABEL_CHARACTERS, find_heading_role, strip_heading
from casebook.text.dates import YEAR
from casebook.text.numerals import ONE_TO_TEN
from casebook.vocabulary import Role

LEAST_POINTS = 2
"""Points below which a block gets no role."""

SECTION_POINTS, LOOSE_SECTION_POINTS = 9, 3
"""Points that an item gets for the role of its section.

The first where the heading states the role, the second for a background or a guess.
"""

APPENDIX_REASON = "附在后面的资料，不分角色"
"""The reason why a glossary, an annex or a list of keywords has no role."""

_YEAR = re.compile(rf"({YEAR})年")
_APPENDIX = re.compile(
    rf"附[件录表]?[ 　]*[\d{ONE_TO_TEN}]{{0,2}}(?:[：:].*)?|"
    "(?:有关|部分|相关)?(?:名词|用语|术语)(?:解释|说明|注释)|附注|注释|参考文献|参考资料|法条链接|"
    "法律链接|法律依据|相关法条|相关法律(?:规定|条文)|关联索引|"
    "关键词|关键字|主题词|关联案例|相关报道|相关链接|延伸阅读|作者简介|作者信息|项目团队|项目名称"
)

_CLAUSES = re.compile("[^，：]")

PLAIN_PHRASES = 3
"""Phrases from which a text plainly has a role; no other role may have more than half as many."""

_KEPT_ROLES = ("outcome", "lesson")
"""Roles of a section that its items keep, even if only the text and the place suggest them."""

_SET_APART = ("practice", "outcome", "suggestion")


@dataclass(slots=True)
class _Section:
    """A level-2 block with the blocks under it and the reasons for its role.

    `signs` are the signs of the headings. `stated` says that the heading names exactly one role.
    """

    blocks: list[Block]
    signs: list[str]
    reasons: list[Reason]
    stated: bool = False
    role: str = ""


def assign_roles(
    blocks: Sequence[Block], signs: Sequence[str], roles: Mapping[str, Role], default: str
) -> tuple[tuple[Block, ...], tuple[BlockDecision, ...]]:
    """The blocks with their roles, and a decision with reasons for each.

    `signs` says for each block why its heading is one. `default` is the usual role for the kind of
    the write-up, or ''. A paragraph that plainly has another role than its section becomes an item
    without a heading.
    """
    lead = replace(blocks[0], role=_find_lead_role(blocks[0].text, roles))
    sections = _group_sections(blocks[1:], signs[1:], roles, default)
    found = [(lead, BlockDecision(signs[0], lead.role, "", "导语说背景，除非明说别的"))]
    scores = [role_evidence.sum_points(section.reasons) for section in sections]
    for section, role in zip(
        sections, role_evidence.find_best_path(scores, _find_alike(sections)), strict=True
    ):
        section.role = role
        found.extend(_decide_section(section, roles))
    return tuple(block for block, _ in found), tuple(decision for _, decision in found)


def _find_alike(sections: Sequence[_Section]) -> list[bool]:
    """For each section whether its heading is built like the heading before.

    Both have two clauses or more of the same lengths; headings that name a role do not count.
    """
    shapes = ["" if s.stated else _CLAUSES.sub("", s.blocks[0].heading or "") for s in sections]
    return [False, *(a == b != "" for a, b in pairwise(shapes))][: len(shapes)]


def leave_without_roles(
    blocks: Sequence[Block], signs: Sequence[str]
) -> tuple[tuple[Block, ...], tuple[BlockDecision, ...]]:
    """The blocks of a text that is no experience material, without roles."""
    return tuple(blocks), tuple(
        BlockDecision(sign, "", "", "不是经验材料，不分角色") for sign in signs
    )


def _find_lead_role(text: str, roles: Mapping[str, Role]) -> str:
    """The role of a lead: the background, unless it is plainly about problems or lessons."""
    if not text:
        return ""
    counts = role_evidence.count_phrases(text[: role_evidence.READ_PHRASES_CHARACTERS], roles)
    (first, most), (_, second) = counts.most_common(2)
    plain = most >= PLAIN_PHRASES and most >= 2 * second
    return first if plain and first in ("problem", "lesson") else "background"


def _group_sections(
    blocks: Sequence[Block], signs: Sequence[str], roles: Mapping[str, Role], default: str
) -> list[_Section]:
    sections: list[_Section] = []
    for block, sign in zip(blocks, signs, strict=True):
        if block.level == 2 or not sections:
            sections.append(_Section([], [], []))
        sections[-1].blocks.append(block)
        sections[-1].signs.append(sign)
    for index, section in enumerate(sections):
        section.reasons = list(_find_section_reasons(section, roles, default))
        named = [role for role, why, _ in section.reasons if why == role_evidence.NAMED_REASON]
        section.stated = len(named) == 1
        section.reasons += role_evidence.find_place_reasons(index, len(sections))
    _settle_remedies(sections)
    for section in sections[_first_later_year(sections) :]:
        section.reasons.append(
            ("suggestion", "前文回顾的是更早的年份", role_evidence.LATER_YEAR_POINTS)
        )
        section.stated = True
    return sections


def _settle_remedies(sections: Sequence[_Section]) -> None:
    """Make 对策 before 成效 a practice, for what has an outcome was carried out, not proposed.

    Only where no other section is named a practice.
    """
    named = [_find_named_role(section) for section in sections]
    last = max((place for place, role in enumerate(named) if role == "outcome"), default=0)
    if "practice" in named:
        return
    for section, role in zip(sections[:last], named, strict=False):
        if role == "suggestion":
            section.reasons = [_make_practice(reason) for reason in section.reasons]


def _make_practice(reason: Reason) -> Reason:
    """A reason by the name of a heading, turned into one for a practice; any other unchanged."""
    _, why, points = reason
    if why != role_evidence.NAMED_REASON:
        return reason
    return "practice", "小标题说的办法，后文说了成效", points


def _find_named_role(section: _Section) -> str:
    """The only role that the heading of a section names, or ''."""
    named = [role for role, why, _ in section.reasons if why == role_evidence.NAMED_REASON]
    return named[0] if section.stated else ""


def _first_later_year(sections: Sequence[_Section]) -> int:
    """The index of the first section with a later year than one before: 2023年重点工作."""
    earlier = 0
    for index, section in enumerate(sections):
        found = _YEAR.search(section.blocks[0].heading or "")
        year = int(found[1]) if found else 0
        if earlier and year > earlier:
            return index
        earlier = earlier or year
    return len(sections)


def _find_section_reasons(
    section: _Section, roles: Mapping[str, Role], default: str
) -> Iterator[Reason]:
    head = section.blocks[0]
    for reason in role_evidence.find_heading_reasons(head.heading or "", roles):
        if not (
            default and reason[1] == role_evidence.ACTION_REASON
        ):  # in a proposal an action is proposed
            yield reason
    whole = "\n".join(f"{block.heading or ''}\n{block.text}" for block in section.blocks[:8])
    yield from role_evidence.find_text_reasons(whole, roles)
    if default:
        yield default, "文种的通常角色", role_evidence.KIND_POINTS


def _decide_section(
    section: _Section, roles: Mapping[str, Role]
) -> Iterator[tuple[Block, BlockDecision]]:
    """The blocks of a section with their roles and decisions."""
    head = section.blocks[0]
    if _APPENDIX.fullmatch(strip_heading(head.heading or "")):
        for block, sign in zip(section.blocks, section.signs, strict=True):
            yield block, BlockDecision(sign, "", "", APPENDIX_REASON)
        return
    decision = _make_decision(section.signs[0], section.reasons, section.role)
    head = replace(head, role=decision.role)
    if section.stated or len(section.blocks) > 1:
        yield head, decision
    else:
        yield from _split_off_items(head, decision, roles)
    over: tuple[int, str] = head.level, ""
    for block, sign in zip(section.blocks[1:], section.signs[1:], strict=True):
        if block.level <= over[0]:
            over = head.level, ""
        reasons = list(_find_item_reasons(block, section, over[1] or decision.role, roles))
        scores = role_evidence.sum_points(reasons)
        best = max(scores, key=lambda role: scores[role])
        found = _make_decision(sign, reasons, best)
        if not over[1] and find_heading_role(block.heading or "", roles) == found.role != "":
            over = block.level, found.role
        yield replace(block, role=found.role), found


def _find_item_reasons(
    block: Block, section: _Section, role: str, roles: Mapping[str, Role]
) -> Iterator[Reason]:
    """The reasons for the role of an item: its own name and text, and the role of its section."""
    heading = block.heading or ""
    if len(strip_heading(heading)) <= LABEL_CHARACTERS and (
        named := find_heading_role(heading, roles)
    ):
        yield named, role_evidence.NAMED_REASON, role_evidence.HEAD_POINTS
    yield from role_evidence.find_text_reasons(f"{heading}\n{block.text}", roles)
    if role:
        holds = (section.stated and role != "background") or role in _KEPT_ROLES
        yield role, "所在部分的角色", SECTION_POINTS if holds else LOOSE_SECTION_POINTS


def _make_decision(sign: str, reasons: Sequence[Reason], role: str) -> BlockDecision:
    """The decision for a role, with its reasons and the runner-up; no role below LEAST_POINTS."""
    scores = role_evidence.sum_points(reasons)
    second = max((r for r in scores if r != role), key=lambda r: scores[r])
    runner_up = f"{second} {scores[second]}"
    why = "；".join(f"{why} {points:+d}" for r, why, points in reasons if r == role)
    if scores[role] < LEAST_POINTS:
        return BlockDecision(sign, "", runner_up, "依据不足")
    return BlockDecision(sign, role, runner_up, f"{why or '上下文的顺序'}；共 {scores[role]} 分")


def _split_off_items(
    section: Block, decision: BlockDecision, roles: Mapping[str, Role]
) -> Iterator[tuple[Block, BlockDecision]]:
    """The section; paragraphs after its first one that plainly have another role become items."""
    first, *others = section.text.split("\n")
    parts: list[tuple[Block, BlockDecision]] = [(replace(section, text=""), decision)]
    texts = [[first]]
    for paragraph in others:
        role = _find_plain_role(paragraph, roles)
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


def _find_plain_role(text: str, roles: Mapping[str, Role]) -> str:
    """The role that a paragraph plainly has by its phrases, or ''."""
    counts = role_evidence.count_phrases(text[: role_evidence.READ_PHRASES_CHARACTERS], roles)
    (first, most), (_, second) = counts.most_common(2)
    return first if most >= PLAIN_PHRASES and most >= 2 * second else ""
