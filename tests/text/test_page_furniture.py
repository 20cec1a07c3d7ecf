"""The table of page furniture: what each stage does with ordinary lines, and what it refuses.

`tests/data/text/page_furniture.txt` lists lines that web pages put around a text, and lines of
texts that look like them, under what the three stages do with them. The stages were written one by
one, so they agree about few lines. Some differences are meant (a source is a fact to keep), most
are not. A change of one stage's decision moves a line to another heading.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from casebook.dedupe.furniture import without_furniture
from casebook.model import UserError
from casebook.structure.lines import is_outside_text
from casebook.structure.metadata import find_date, find_facts
from casebook.text.page_furniture import FORMS, KINDS, alternatives, read_furniture
from plain import repair

GOLDEN = Path(__file__).parents[1] / "data" / "text" / "page_furniture.txt"
PROSE = "会议强调，各村要压实责任，把各项工作落到实处。"


def table(lines: list[str]) -> str:
    """The lines, grouped by what the stages do with them."""
    groups = defaultdict(list)
    for line in lines:
        heading = (
            f"repair {_repaired(line)}, structure {_structured(line)}, dedupe {_compared(line)}"
        )
        groups[heading].append(line)
    return "\n".join(
        "\n".join((f"== {heading}", *groups[heading], "")) for heading in sorted(groups)
    )


def _repaired(line: str) -> str:
    around = f"{PROSE}\n{PROSE}"
    return "removes" if repair(f"{PROSE}\n{line}\n{PROSE}").text == around else "keeps"


def _structured(line: str) -> str:
    if find_facts([line]) or find_date([line]):
        return "takes as a fact"
    return "sets aside" if is_outside_text(line) else "keeps"


def _compared(line: str) -> str:
    return "leaves out" if without_furniture(f"{line}\n{PROSE}").strip() == PROSE else "keeps"


def test_what_each_stage_does_with_ordinary_lines() -> None:
    """The printed table is the file, so a meant change is copied from here."""
    golden = GOLDEN.read_text(encoding="utf-8")
    lines = [line for line in golden.splitlines() if line and not line.startswith("== ")]
    found = table(lines)
    print(found)
    assert found.splitlines() == golden.splitlines()


@pytest.mark.parametrize(
    ("entry", "mistake"),
    [
        ("{words: 打印, kind: buton, repair: tool}", "不认识的 kind buton"),
        ("{words: 打印, kind: button, reqair: tool}", "不认识的键 reqair"),
        ("{words: 打印, kind: button, repair: rows}", "repair 没有 rows 这种形式"),
        ("{words: 打印, kind: button, dedupe: button}", "dedupe 没有 button 这种形式"),
        ("{words: 打印, kind: button}", "应有 repair、structure、dedupe 中的至少一个"),
        ("{kind: button, repair: row}", "应有 words 或 pattern 中的一个"),
        ("{words: 打印, pattern: 打印, kind: button, repair: row}", "应有 words 或 pattern"),
        ("{words: 打印 关闭 打印, kind: button, repair: tool}", "打印 已经写过"),
        ("{words: 首页, kind: navigation, repair: place}", "首页 已经写过"),
        ("{pattern: (打印, kind: button, repair: line}", "pattern 不是正则表达式"),
        ("{pattern: (打印|关闭), kind: button, repair: line}", "括号应写成"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, entry: str, mistake: str) -> None:
    """With the file and the entry's number."""
    path = tmp_path / "furniture.yml"
    first = "{words: 首页, kind: navigation, dedupe: row}"
    path.write_text(f"- {first}\n- {entry}\n", encoding="utf-8")
    with pytest.raises(UserError, match=mistake) as raised:
        read_furniture(path)
    assert f"{path} 的第 2 项" in str(raised.value)


def test_words_stand_for_themselves(tmp_path: Path) -> None:
    """Signs of regular expressions mean nothing in them; a pattern is kept as it is."""
    path = tmp_path / "furniture.yml"
    entries = (
        "{words: www. 打印, kind: button, repair: tool button}",
        "{pattern: 到.|至, kind: pager, dedupe: row}",
    )
    path.write_text("".join(f"- {entry}\n" for entry in entries), encoding="utf-8")
    words, pattern = read_furniture(path)
    assert words.expressions == (r"www\.", "打印")
    assert words.forms == {"repair": ("tool", "button")}
    assert (pattern.expressions, pattern.kind) == (("(?:到.|至)",), "pager")


def test_every_form_and_kind_is_used() -> None:
    """What no entry uses would be a rule without effect."""
    path = Path(__file__).parents[2] / "scripts/casebook/text/page_furniture.yml"
    entries = read_furniture(path)
    assert {entry.kind for entry in entries} == set(KINDS)
    for stage, forms in FORMS.items():
        assert {form for entry in entries for form in entry.forms.get(stage, ())} == set(forms)


def test_a_form_without_entries_matches_nothing() -> None:
    """An empty group would match everywhere."""
    assert alternatives("dedupe", "button") == "(?!)"
