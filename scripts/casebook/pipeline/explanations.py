"""Write-ups as the machine output and `--explain` print them."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.model import WriteUp, as_dict
from casebook.vocabulary import Vocabulary


def describe_blocks(write_up: WriteUp, explain: bool = False) -> list[dict[str, object]]:
    """Blocks as the machine output prints them, a stable contract; with `explain` also why."""
    keys = ("level", "heading", "role", "text")
    blocks = [{key: getattr(block, key) for key in keys} for block in write_up.blocks]
    if explain:
        for block, decision in zip(blocks, write_up.decisions, strict=True):
            block["why"] = as_dict(decision)
    return blocks


def describe_facts(write_up: WriteUp) -> dict[str, object]:
    """What a write-up says about itself, for the machine output of --explain."""
    facts, other = dict(write_up.facts), write_up.not_a_case
    return {"date": write_up.date, "facts": facts, "not_a_case": other}


def explain_write_up(write_up: WriteUp, vocabulary: Vocabulary) -> Iterator[str]:
    """Lines that say why each block of a write-up has its level and its role."""
    facts = {"文种": write_up.kind, "单位": write_up.organ, "地区": write_up.region}
    facts |= {"日期": write_up.date} | dict(write_up.facts)
    stated = "，".join(f"{name}：{value}" for name, value in facts.items() if value)
    yield f"《{write_up.title or '（无标题）'}》  {stated}"
    for block, decision in zip(write_up.blocks, write_up.decisions, strict=True):
        name = _role_name(decision.role, vocabulary)
        heading = block.heading or f"（无标题）{block.text[:12]}"
        yield f"{'  ' * block.level}{block.level} 级 [{name}] {heading}"
        yield f"{'  ' * block.level}     层级：{decision.level}"
        second, _, points = decision.runner_up.partition(" ")
        runner_up = f"；其次是{_role_name(second, vocabulary)} {points} 分" if second else ""
        yield f"{'  ' * block.level}     角色：{decision.why}{runner_up}"


def _role_name(role: str, vocabulary: Vocabulary) -> str:
    return vocabulary.roles[role].name if role else "未定"
