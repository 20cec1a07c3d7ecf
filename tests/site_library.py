"""Cases made by hand, for tests of pages."""

from __future__ import annotations

from casebook.model import Block, Case

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def make_case(case_id: str = "a", title: str = "某区经验材料", **fields: object) -> Case:
    """A case with a lead, a practice section with two items, and an outcome."""
    blocks = (
        Block(1, title, "background", "近年来，某区做了一些事。"),
        Block(2, "主要做法", "practice", "总的来说是这样做的。", "k001"),
        Block(3, "（一）建立清单。", "practice", "梳理事项86项。", "k002"),
        Block(3, None, "practice", "没有小标题的一条。", "k003"),
        Block(2, "取得成效", "outcome", "满意度达到98%。", "k004"),
    )
    values: dict[str, object] = {"blocks": blocks, "kind": "经验材料", "region": "某区"}
    return Case(case_id, title, **(values | fields))  # type: ignore[arg-type]
