"""The write-ups of a fictional library, composed from the fragments in tests/data/demo.

A topic has a problem, its cause, what was done, what came of it and a lesson, which belong
together. A write-up takes three or four topics of one field, and no two write-ups of a field have
more than one topic in common.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data" / "demo"
PER_FIELD = 11

STRUCTURES = ("numbered", "arabic", "plain", "shi", "questions", "table", "numbered")
"""How the sections and items of a write-up are marked; `shi` is 一是…二是… in one paragraph."""

SECTIONS = ("background", "problem", "cause", "practice", "outcome", "lesson", "next")
OMITTED = ((), ("next",), ("cause", "next"), ("lesson",), ("background", "next"), ("problem",))
"""Sections that a write-up leaves out, in turn."""

NUMERALS = "一二三四五六七八九"
_SENTENCE = re.compile(r"[^。]+。")
_FIGURE = re.compile(r"\{([\d.]+)-([\d.]+)\}")


@dataclass(frozen=True)
class Line:
    """A paragraph: `title`, `byline`, `date`, `section`, `item`, `text`, or a `row` of cells."""

    kind: str
    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class WriteUp:
    """A composed write-up; `name` is that of its file, without an ending."""

    name: str
    field: str
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The first line."""
        return self.lines[0].text

    @property
    def length(self) -> int:
        """Characters of all lines."""
        return sum(len(line.text) + sum(map(len, line.cells)) for line in self.lines)


@dataclass(frozen=True)
class Part:
    """What a section says of one topic: a heading without its full stop, and sentences."""

    heading: str
    sentences: tuple[str, ...]

    @property
    def body(self) -> str:
        """The sentences as one paragraph."""
        return "".join(self.sentences)


@cache
def load(name: str) -> Any:
    """A file of the fragments, which nobody changes."""
    return yaml.safe_load((DATA / f"{name}.yml").read_text(encoding="utf-8"))


def compose_library() -> list[WriteUp]:
    """All write-ups but the re-posts, the revision and the series; always the same ones."""
    shared = load("library")
    return [
        _compose(shared, load(field), field, number)
        for field in shared["fields"]
        for number in range(PER_FIELD)
    ]


def revise(write_up: WriteUp) -> WriteUp:
    """The same write-up a year later: another date, and a paragraph about what has been added."""
    lines = [replace(each, text=_year_later(each)) for each in write_up.lines]
    place = max(n for n, each in enumerate(lines) if each.kind == "text")
    added = "今年又建立回访制度，由专人每季度回访一次，把新发现的问题补充到台账，逐条办理。"
    lines.insert(place + 1, Line("text", added))
    return replace(write_up, name=f"{write_up.name}-修订", lines=tuple(lines))


def compose_series(first: int, count: int) -> list[WriteUp]:
    """Summaries of consecutive years by one organ: one template, the figures of each year."""
    shared, field = load("library"), load("party")
    return [
        _compose(shared, field, "party", 0, year, f"series {year}")
        for year in range(first, first + count)
    ]


def _year_later(line: Line) -> str:
    if line.kind != "date":
        return line.text
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), line.text, count=1)


def _compose(
    shared: Any, field: Any, name: str, number: int, year: int = 0, seed: str = ""
) -> WriteUp:
    """One write-up; a `year` makes it the summary of that year, of which only figures differ."""
    wording, chance = random.Random(f"{name} {number}"), random.Random(seed or f"{name} {number}")
    place = (load_index(name, shared) * 5 + number * 3) % len(shared["places"])
    province, town = shared["places"][place]
    organ = town + field["units"][number % len(field["units"])]
    topics = [field["topics"][each] for each in choose_topics(len(field["topics"]))[number]]
    kind = shared["kinds"][number]
    title = f"{province}{organ}{topics[0]['title']}{kind}"
    if year:
        title = f"{province}{organ}{year}年度工作总结"
    opening = "".join(field["opening"]).replace("{place}", province).replace("{unit}", organ)
    parts = {
        "background": [Part("", (_fill(opening, chance),))],
        **{role: [] for role in SECTIONS[1:]},
    }
    for topic in topics:
        for role, part in _say(topic, wording, chance):
            parts[role].append(part)
    left_out = OMITTED[number % len(OMITTED)]
    chosen = {role: each for role, each in parts.items() if role not in left_out}
    structure = STRUCTURES[(number + load_index(name, shared)) % len(STRUCTURES)]
    date = f"{year or 2019 + (number * 2 + place) % 7}年{wording.randint(1, 12)}月"
    head = [Line("title", title), *_facts(province + organ, date, number)]
    body = _arrange(chosen, structure, shared, wording)
    return WriteUp(f"{name}-{number + 1:02}{seed[-5:].replace(' ', '-')}", name, (*head, *body))


def load_index(name: str, shared: Any) -> int:
    """The place of a field in the list of fields."""
    index: int = shared["fields"].index(name)
    return index


def choose_topics(count: int) -> list[tuple[int, ...]]:
    """Topics for each write-up of a field: each is first once, two lists share one at most."""
    chance, chosen = random.Random(count), list[tuple[int, ...]]()
    while len(chosen) < PER_FIELD:
        first = len(chosen)
        more = 3 if first % 3 == 1 else 2
        others = chance.sample([each for each in range(count) if each != first], more)
        found = (first, *others)
        if all(len({*found} & {*other}) < 2 for other in chosen):
            chosen.append(found)
    return chosen


def _facts(organ: str, date: str, number: int) -> list[Line]:
    """What stands under a title: an organ and a date, or one of them."""
    lines = [Line("byline", organ), Line("date", f"（{date}）")]
    return lines if number % 5 else lines[1:]


def _say(topic: Any, wording: random.Random, chance: random.Random) -> Iterator[tuple[str, Part]]:
    """What a topic has for each section; a figure that comes twice is the same one."""
    known: dict[str, str] = {}
    for role in SECTIONS[1:]:
        text = _fill(topic[role], chance, known)
        if role in ("lesson", "next"):
            yield role, Part("", (text,))
            continue
        heading, *sentences = _SENTENCE.findall(text)
        if len(sentences) > 3:
            sentences.pop(wording.randrange(1, len(sentences)))
        yield role, Part(heading.removesuffix("。"), tuple(sentences))


def _fill(text: str, chance: random.Random, known: dict[str, str] | None = None) -> str:
    """Write a number for each range, {30-60} or {1.2-4.8}."""
    known = {} if known is None else known

    def choose(found: re.Match[str]) -> str:
        low, high = found.groups()
        if "." in found[0]:
            places = len(low.partition(".")[2])
            number = f"{chance.uniform(float(low), float(high)):.{places}f}"
        else:
            number = str(chance.randint(int(low), int(high)))
        return known.setdefault(found[0], number)

    return _FIGURE.sub(choose, text)


# --- structure


def _arrange(
    parts: dict[str, list[Part]], structure: str, shared: Any, wording: random.Random
) -> list[Line]:
    """The sections of a write-up as lines."""
    lines: list[Line] = []
    if structure == "table":
        inside = [role for role in shared["columns"] if role in parts]
        lines += _make_table({role: parts.pop(role) for role in inside}, shared["columns"])
        lead = parts.pop("background", [])
        lines[:0] = [Line("text", part.body) for part in lead]
    for number, (role, said) in enumerate(parts.items()):
        heading = wording.choice(shared["headings"][role])
        if structure == "questions":
            heading = shared["questions"][role]
        marked = structure not in ("plain", "questions")
        if structure == "table":
            number += 1
        lines.append(Line("section", f"{NUMERALS[number]}、{heading}" if marked else heading))
        lines += _write_items(said, structure)
    return lines


def _write_items(said: Sequence[Part], structure: str) -> Iterator[Line]:
    """The lines of one section."""
    if not said[0].heading:
        yield from (Line("text", part.body) for part in said)
    elif structure == "shi":
        pieces = [f"{NUMERALS[n]}是{p.heading}。{p.body}" for n, p in enumerate(said)]
        yield Line("text", "".join(pieces))
    elif structure == "plain":
        for part in said:
            yield Line("item", part.heading)
            yield Line("text", part.body)
    else:
        for n, part in enumerate(said):
            marker = f"{n + 1}." if structure == "arabic" else f"（{NUMERALS[n]}）"
            yield Line("text", f"{marker}{part.heading}。{part.body}")


def _make_table(columns: dict[str, list[Part]], names: dict[str, str]) -> list[Line]:
    """A section whose table has a row for each topic."""
    cells = zip(*columns.values(), strict=True)
    rows = [tuple(f"{part.heading}。{part.body}" for part in row) for row in cells]
    header = tuple(names[role] for role in columns)
    return [Line("section", "一、主要做法"), *(Line("row", "", row) for row in (header, *rows))]
