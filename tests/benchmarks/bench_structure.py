"""Headings, levels and roles of the golden write-ups beside a naive baseline; time by length.

The baseline is what a first afternoon gives: one regular expression per level, roles by the first
keyword in a heading. `marked` is the text as written, `stripped` has every heading as a bare line.
Titles and outlines are those of the short texts in kinds/outlines.txt, metadata what goldens state.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

import checkout  # noqa: F401 (says where the content is)
from casebook.structure.roles import strip_heading
from plain import structure
from structure_golden import Golden, find_outline, golden_write_ups, read_kinds

Found = dict[str, tuple[int, str]]
"""Level and role of each heading, by its text."""

_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]+、.{1,40}$", re.M),
    re.compile(r"^（[一二三四五六七八九十]+）[^。\n]{1,40}。?", re.M),
    re.compile(r"^\d+[.、][^。\n]{1,40}。?", re.M),
    re.compile(r"^.{2,8}$", re.M),
)
_KEYWORDS = (
    ("background", "背景|情况|意义"),
    ("problem", "问题|困难|不足|短板"),
    ("cause", "原因|成因|根源"),
    ("practice", "做法|举措|措施|实践"),
    ("outcome", "成效|效果|成果|结果"),
    ("lesson", "启示|体会|经验|意义|思考"),
    ("suggestion", "建议|对策|下一步|打算"),
)


def find_by_baseline(text: str) -> Found:
    """Headings by one regular expression per level, roles by keyword or the heading before."""
    found = sorted(
        (m.start(), m[0], level)
        for level, pattern in zip((2, 3, 4, 2), _LEVELS, strict=True)
        for m in pattern.finditer(text)
    )
    headings: Found = {}
    role = ""
    for start, heading, level in found:
        if start:  # the first line is the title
            named = (name for name, words in _KEYWORDS if re.search(words, heading))
            role = next(named, role)
            headings[heading] = level, role
    return headings


def find_by_casebook(text: str) -> Found:
    """What this project finds."""
    blocks = [block for write_up in structure(text) for block in write_up.blocks]
    return {b.heading: (b.level, b.role) for b in blocks if b.level > 1 and b.heading}


def stripped(golden: Golden) -> tuple[str, Found]:
    """The text with every heading on a line of its own and without marks, and its headings."""
    text, expected = golden.text, {}
    for heading, (level, role) in golden.expected.items():
        if level > 1:
            bare = strip_heading(heading)
            text = text.replace(heading, f"\n{bare}\n", 1)
            expected[bare] = level, role
    return re.sub("\n+", "\n", text), expected


def marked(golden: Golden) -> tuple[str, Found]:
    """The text as written, and its headings."""
    return golden.text, {h: known for h, known in golden.expected.items() if known[0] > 1}


def count_matches(
    tool: Callable[[str], Found], texts: Iterator[tuple[str, str, Found]]
) -> dict[str, Counter[str]]:
    """Counts by genre: known, found, right, with the right role."""
    counts: dict[str, Counter[str]] = {}
    for genre, text, expected in texts:
        found = tool(text)
        right = [heading for heading in expected if heading in found]
        for name in (genre, "all"):
            count = counts.setdefault(name, Counter())
            count["known"] += len(expected)
            count["found"] += len(found)
            count["right"] += len(right)
            for place, name_of_part in enumerate(("level", "role")):
                count[name_of_part] += sum(found[h][place] == expected[h][place] for h in right)
    return counts


def format_row(count: Counter[str]) -> str:
    """Recall, precision, levels and roles (of all known headings) that are right, in percent."""
    recall = count["right"] / count["known"]
    precision = count["right"] / max(1, count["found"])
    parts = [count[name] / count["known"] for name in ("level", "role")]
    return "".join(f"{share:8.1%}" for share in (recall, precision, *parts))


def print_table(form: Callable[[Golden], tuple[str, Found]], split: str) -> None:
    """Print one table: genres down, casebook and the baseline across."""
    golden = [each for each in golden_write_ups() if each.split == split]
    results = [
        count_matches(tool, ((each.genre, *form(each)) for each in golden))
        for tool in (find_by_casebook, find_by_baseline)
    ]
    print(f"\n{form.__name__}, {split}: {len(golden)} write-ups; recall, precision, levels, roles")
    print(f"{'':12}{'headings':>9}{'casebook':>32}{'baseline':>32}")
    for genre, count in sorted(results[0].items(), key=lambda item: item[0] == "all"):
        print(f"{genre:12}{count['known']:9}{format_row(count)}{format_row(results[1][genre])}")


def print_outlines() -> None:
    """Print how many short texts have the right titles, and the right outline."""
    counts: Counter[str] = Counter()
    for _, text, expected in read_kinds():
        found = find_outline(text)
        titles = [[name for level, name in each if level == 1] for each in (found, expected)]
        counts["titles"] += titles[0] == titles[1]
        counts["outline"] += found == expected
        counts["texts"] += 1
    print(
        f"\n{counts['texts']} short texts: titles {counts['titles']}, outline {counts['outline']}"
    )


def print_metadata() -> None:
    """Print how many of the facts that golden write-ups state are found."""
    known: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for golden in golden_write_ups():
        write_up = structure(golden.text)[0]
        known.update(golden.facts.keys())
        right.update(name for name, fact in golden.facts.items() if getattr(write_up, name) == fact)
    print("metadata: " + ", ".join(f"{name} {right[name]} of {known[name]}" for name in known))


def print_timings() -> None:
    """Print seconds for texts of growing length; a doubled text should take twice as long."""
    piece = "\n".join(each.text for each in golden_write_ups())
    lines = "\n".join(f"{n % 900 + 1}. 加强组织领导" for n in range(10_000))
    bare = "\n".join(f"加强组织领导之{n % 900}" for n in range(10_000))
    megabyte = piece * (1_000_000 // len(piece.encode()))
    print(f"\n{'text':34}{'MB':>8}{'seconds':>10}")
    for name, text in (
        ("write-ups", megabyte[: len(megabyte) // 2]),
        ("write-ups", megabyte),
        ("10,000 numbered lines", lines),
        ("20,000 numbered lines", f"{lines}\n{lines}"),
        ("10,000 bare lines", bare),
        ("20,000 bare lines", f"{bare}\n{bare}"),
        ("10,000 bare lines with text", bare.replace("\n", "\n这里是正文。\n")),
        ("20,000 bare lines with text", f"{bare}\n{bare}".replace("\n", "\n这里是正文。\n")),
    ):
        start = time.perf_counter()
        structure(text)
        seconds = time.perf_counter() - start
        print(f"{name:34}{len(text.encode()) / 1e6:8.2f}{seconds:10.2f}")


def main() -> None:
    """Print the tables and the timings."""
    for form in (marked, stripped):
        for split in ("tune", "held"):
            print_table(form, split)
    print_outlines()
    print_metadata()
    print_timings()


if __name__ == "__main__":
    main()
