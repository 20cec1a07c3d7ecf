"""The data of the search page: every item, as a script that any browser can load."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from casebook.library import Library
from casebook.model import Block
from casebook.site.search_data import CALLBACK, search_data
from site_library import make_case


def read(library: Library) -> dict[str, Any]:
    """The object that the script passes to its function."""
    script = search_data(library)
    loaded: dict[str, Any] = json.loads(script.removeprefix(f"{CALLBACK}(").rstrip(")\n"))
    return loaded


def test_every_item_stands_in_the_data(library: Callable[..., Library]) -> None:
    """Cases with their facts, items with anchor, role, heading and plain text."""
    (case,) = read(library(make_case(date="2023-05")))["cases"]
    assert case[:6] == ["a", "某区经验材料", "经验材料", "XX市", "", "2023"]
    assert ["k002", "practice", "（一）建立清单。", "梳理事项86项。"] in case[6]


def test_the_script_holds_whatever_a_text_says(library: Callable[..., Library]) -> None:
    """Line separators and markup stay inside the string."""
    text = "甲\u2028乙</script><b>丙\\_丁"
    script = search_data(library(make_case(blocks=(Block(1, "标题", text=text),))))
    assert "\u2028" not in script
    assert "丙_丁" in script


def test_traditional_queries_can_be_folded(library: Callable[..., Library]) -> None:
    """Pairs of characters: what may be typed, what stands in the texts."""
    folds = read(library())["folds"]
    assert dict(zip(folds[::2], folds[1::2], strict=True))["黨"] == "党"
