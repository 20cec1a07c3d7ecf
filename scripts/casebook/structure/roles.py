"""The role of a block: its heading decides, then its text, then its section, then its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casebook.model import Block
from casebook.structure.markers import read_marker
from casebook.vocabulary import Role, Vocabulary

STRONG = 3
"""What a strong phrase counts; a plain phrase counts one."""

LEAST_SCORE = 3
"""Score below which a text says nothing about its role."""

LEAD = 2
"""How many times the runner-up's score the winner needs."""

SECTION_BONUS = 2
"""What the role of a background section adds for its items: it holds them only loosely."""

KIND_BONUS = 6
"""What the kind's default role adds: only plain evidence outweighs it."""

_ACTIONS = (
    "破解|解决|提升|提高|强化|加强|推动|推进|聚焦|抓|创新|健全|完善|优化|落实|坚持|深化|打造|构建|建立|"
    "找准|统筹|明确|增强|夯实|凝聚|激发|畅通|拓宽|搭建|补齐|化解|攻克|消除|突破|直面|正视|着力|改进|发挥"
)
_STARTS_WITH_ACTION = re.compile(f"(?:{_ACTIONS})")
_LABEL_BEFORE_HEAD = re.compile(
    r"(?:^|的|主要|工作|具体|存在|取得|经验|几点|基本|特色|初步|突出|现实|深层次?|内在|有关|相关)$"
)
_AROUND = re.compile(r"^[【\[〔\s]+|[。．.：:！!？?】\]〕\s]+$")


def heading_role(heading: str, roles: Mapping[str, Role]) -> str:
    """The role that a heading names by its head word, or ''.

    The head of a Chinese noun phrase stands last, so the heading must end with it. A heading that
    is a verb with its object (破解融资难题) names an action, not a role, unless the head word is
    plainly a label (破解难题的主要做法).
    """
    marker = read_marker(heading)
    if marker and marker.family == "shi":
        return ""  # what follows 一是 is a predicate, not a name
    text = bare_heading(heading)
    ending = [
        (len(word), role.id)
        for role in roles.values()
        for word in role.headings
        if text.endswith(word)
    ]
    if not ending:
        return ""
    length, role_id = max(ending)
    before = text[:-length]
    acts = _STARTS_WITH_ACTION.match(text) and not _LABEL_BEFORE_HEAD.search(before)
    return "" if acts and before else role_id


def bare_heading(heading: str) -> str:
    """A heading without its marker, the brackets around it and its closing mark."""
    marker = read_marker(heading)
    return _AROUND.sub("", heading[marker.length :] if marker else heading)


def text_scores(text: str, roles: Mapping[str, Role]) -> dict[str, int]:
    """For every role how many of its phrases a text has, strong ones counted STRONG times."""
    return {
        role.id: sum(bool(phrase.search(text)) for phrase in role.phrases)
        + STRONG * sum(bool(phrase.search(text)) for phrase in role.strong)
        for role in roles.values()
    }


def winner(scores: Mapping[str, int]) -> str:
    """The role that plainly leads, or ''."""
    (first, best), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    return first if best >= LEAST_SCORE and best >= LEAD * second else ""


def assign(blocks: Sequence[Block], roles: Mapping[str, Role], default: str) -> tuple[Block, ...]:
    """The blocks with their roles; `default` is the kind's role, '' where it has none.

    Where a paragraph of a section plainly has another role, it becomes an item without a heading.
    """
    result: list[Block] = []
    section, stated = "", False
    for block in blocks:
        if block.level == 1:
            result.append(replace(block, role=_lead_role(block.text, roles)))
            continue
        if block.level == 2:
            block, stated = _section(block, roles, default)
            section = block.role
            result.extend([block] if stated else _apart(block, roles))
        else:
            result.append(_item(block, roles, section, stated))
    return tuple(result)


def resolved(blocks: Sequence[Block], kind: str, vocabulary: Vocabulary) -> list[str]:
    """The role of each block of a case file, of which a person may have left out the mark.

    Its mark decides, then its heading, the block above it, the kind's default; '' where none can
    be told. The first block is the lead; nothing is passed on from it.
    """
    known = vocabulary.kinds.get(kind)
    default = known.default_role if known else ""
    result: list[str] = []
    above = [default] * (max((block.level for block in blocks), default=1) + 2)
    for block in blocks:
        named = heading_role(block.heading or "", vocabulary.roles) if block.level > 1 else ""
        inherited = above[block.level] if block.level > 1 else ""
        role = block.role or named or inherited
        result.append(role)
        if block.level > 1:
            above[block.level + 1 :] = [role] * len(above[block.level + 1 :])
    return result


def _lead_role(text: str, roles: Mapping[str, Role]) -> str:
    """A lead tells the background unless it plainly does something else."""
    if not text:
        return ""
    found = winner(text_scores(text, roles))
    return found if found in ("problem", "lesson") else "background"


def _section(block: Block, roles: Mapping[str, Role], default: str) -> tuple[Block, bool]:
    """The section with its role, and whether its own heading states it."""
    stated = heading_role(block.heading or "", roles)
    if stated:
        return replace(block, role=stated), True
    first = block.text.split("\n", 1)[0]
    scores = text_scores(f"{block.heading}\n{first}", roles)
    if default:
        scores[default] += KIND_BONUS
    elif _STARTS_WITH_ACTION.match(bare_heading(block.heading or "")):
        scores["practice"] += STRONG  # 强化……、推动……: what was done, in a report of what was done
    best = max(scores, key=lambda role: scores[role])
    role = best if default and scores[best] >= KIND_BONUS else winner(scores)
    return replace(block, role=role or default), False


def _item(block: Block, roles: Mapping[str, Role], section: str, stated: bool) -> Block:
    """An item has its section's role unless its own heading or text says otherwise."""
    named = heading_role(block.heading or "", roles) if _is_label(block.heading) else ""
    if named:
        return replace(block, role=named)
    if section and (stated and section != "background"):
        return replace(block, role=section)
    scores = text_scores(f"{block.heading or ''}\n{block.text}", roles)
    if section:
        scores[section] += SECTION_BONUS
    return replace(block, role=winner(scores) or section)


def _is_label(heading: str | None) -> bool:
    """Whether an item's heading is the name of a part (主要做法), not a sentence of its own."""
    return heading is not None and len(bare_heading(heading)) <= 8


def _apart(section: Block, roles: Mapping[str, Role]) -> Iterator[Block]:
    """The section, and later paragraphs of it that plainly have another role as items."""
    first, *others = section.text.split("\n")
    current = replace(section, text=first)
    for paragraph in others:
        role = winner(text_scores(paragraph, roles))
        differs = role and role != section.role and role in ("practice", "outcome", "suggestion")
        if differs and role != current.role:
            yield current
            current = Block(level=section.level + 1, heading=None, role=role, text=paragraph)
        else:
            current = replace(current, text=f"{current.text}\n{paragraph}")
    yield current
