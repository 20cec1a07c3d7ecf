"""Labeled pairs of write-ups in the style of real ones, made from tests/dedupe/data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from opencc import OpenCC

from casebook.dedupe.relations import ComparedText

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Labeled:
    """Two documents and the relation that a person sees between them; `none` for no link.

    `evidence` is a phrase that the reason must have when `a` comes first, '' where none is
    written down; `known_limit` says why the relation is not found yet, '' where it is.
    """

    name: str
    a: ComparedText
    b: ComparedText
    relation: str
    evidence: str = ""
    known_limit: str = ""


def load(name: str = "pairs.yml") -> list[Labeled]:
    """All labeled pairs of a file; it says itself how a pair is written down."""
    data = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return [_pair(item, data["bases"], data.get("frame", {})) for item in data["pairs"]]


def _pair(item: dict[str, Any], bases: dict[str, Any], frame: dict[str, Any]) -> Labeled:
    base = bases[item["base"]]
    title = item.get("base_title", base["title"])
    original = _edited(base["text"].strip(), item.get("base_edits", []))
    original = "\n".join([*item.get("prepend", []), original])
    other = bases[item.get("other_base", item["base"])]
    changed = _changed(item, other["text"].strip())
    texts = [(title, original), (item.get("title", title), changed)]
    if dates := item.get("frame"):
        texts = [_framed(frame, *text, str(date)) for text, date in zip(texts, dates, strict=True)]
    a, b = (ComparedText(name, *text) for name, text in zip("ab", texts, strict=True))
    notes = item.get("evidence", ""), item.get("known_limit", "")
    return Labeled(item["name"], a, b, item["relation"], *notes)


def _changed(item: dict[str, Any], text: str) -> str:
    text = _edited(item.get("text", text).strip(), item.get("edits", []))
    lines = text.split("\n")
    lines = [lines[place] for place in item.get("order", range(len(lines)))]
    lines = [line for place, line in enumerate(lines) if place not in item.get("drop", [])]
    lines = [*item.get("other_prepend", []), *lines, *item.get("add", [])]
    result = ("" if item.get("glue") else "\n").join(lines)
    return str(OpenCC("s2t").convert(result)) if item.get("traditional") else result


def _edited(text: str, edits: list[tuple[str, str]]) -> str:
    for old, new in edits:
        assert old in text, f"{old} is not in the text"
        text = text.replace(old, new)
    return text


def _framed(frame: dict[str, Any], title: str, text: str, date: str) -> tuple[str, str]:
    """The text as its page has it: navigation and posting date above, links and rights below."""
    year = int(date[:4])
    facts = {
        "title": title,
        "date": date,
        "clicks": 100 + sum(map(ord, date)) % 900,
        "previous": f"松河县人民政府办公室关于{year - 1}年国庆节放假的通知",
        "next": f"松河县召开{year}年第{date[6]}次常务会议",
    }
    head, foot = ([line.format(**facts) for line in frame[part]] for part in ("head", "foot"))
    return title, "\n".join([*head, text, *foot])
