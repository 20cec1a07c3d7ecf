"""Labeled pairs of write-ups in the style of real ones, made from tests/dedupe/data/pairs.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from opencc import OpenCC

from casebook.dedupe.relations import Document

DATA = Path(__file__).parent / "data" / "pairs.yml"


@dataclass(frozen=True)
class Labeled:
    """Two documents and the relation that a person sees between them; `none` for no link."""

    name: str
    a: Document
    b: Document
    relation: str


def load() -> list[Labeled]:
    """All labeled pairs."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return [_pair(item, data["bases"][item["base"]]) for item in data["pairs"]]


def _pair(item: dict[str, Any], base: dict[str, str]) -> Labeled:
    title = item.get("base_title", base["title"])
    original = "\n".join([*item.get("prepend", []), base["text"].strip()])
    a = Document("a", title, original)
    b = Document("b", item.get("title", title), _changed(item, base["text"].strip()))
    return Labeled(item["name"], a, b, item["relation"])


def _changed(item: dict[str, Any], text: str) -> str:
    text = item.get("text", text).strip()
    for old, new in item.get("edits", []):
        text = text.replace(old, new)
    lines = text.split("\n")
    lines = [lines[place] for place in item.get("order", range(len(lines)))]
    lines = [line for place, line in enumerate(lines) if place not in item.get("drop", [])]
    lines = [*item.get("other_prepend", []), *lines, *item.get("add", [])]
    result = ("" if item.get("glue") else "\n").join(lines)
    return str(OpenCC("s2t").convert(result)) if item.get("traditional") else result
