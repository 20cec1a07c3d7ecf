"""Headings, levels and roles of the golden write-ups, as written and with every mark stripped."""

from __future__ import annotations

import re

import pytest

from casebook.structure.roles import strip_heading
from plain import structure
from structure_golden import Golden, golden_write_ups

ALL = list(golden_write_ups())
TUNED = [golden for golden in ALL if golden.split == "tune"]
ALSO_RIGHT = {
    "为什么建": (2, "background"),
    "（二）改革开放纵深推进。": (3, "outcome"),
    "三、坚持群众满意，做到“红色服务”有温度": (2, "practice"),
}
"""Headings that a person could read in two ways: what is right besides what their tag says."""


def found_in(text: str) -> dict[str, tuple[int, str]]:
    """Level and role of each heading that structure finds, by its text."""
    blocks = [block for write_up in structure(text) for block in write_up.blocks]
    return {b.heading: (b.level, b.role) for b in blocks if b.level > 1 and b.heading}


def sections(golden: Golden) -> dict[str, tuple[int, str]]:
    """What is expected, without the titles of a compilation's parts."""
    return {text: known for text, known in golden.expected.items() if known[0] > 1}


@pytest.mark.parametrize("golden", TUNED, ids=lambda golden: golden.id)
def test_every_heading_with_level_and_role(golden: Golden) -> None:
    """What the rules were written for comes out exactly."""
    found, expected = found_in(golden.text), sections(golden)
    accepted = {k: v for k, v in found.items() if ALSO_RIGHT.get(k) == v}
    assert found == expected | accepted


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: golden.id)
def test_headings_stripped_of_their_marks(golden: Golden) -> None:
    """Bare names on lines of their own are found without 一、, （一）, 【】 and full stops."""
    text = golden.text
    for heading in sections(golden):
        text = text.replace(heading, f"\n{strip_heading(heading)}\n", 1)
    expected = {strip_heading(heading) for heading in sections(golden)}
    assert set(found_in(re.sub("\n+", "\n", text))) == expected


def test_held_out_headings_and_roles() -> None:
    """The aims of the project hold on the held-out write-ups."""
    held = [golden for golden in ALL if golden.split == "held"]
    pairs = [(found_in(golden.text), sections(golden)) for golden in held]
    known = sum(len(expected) for _, expected in pairs)
    right = sum(heading in found for found, expected in pairs for heading in expected)
    false = sum(heading not in expected for found, expected in pairs for heading in found)
    roles = sum(
        found.get(heading, (0, ""))[1] == role
        for found, expected in pairs
        for heading, (_, role) in expected.items()
    )
    assert right >= 0.95 * known
    assert false <= 0.05 * known
    assert roles >= 0.90 * known


def test_there_are_sixty_write_ups_in_ten_genres() -> None:
    """The set is as broad as the project promises."""
    assert len(ALL) >= 60
    assert len({golden.genre for golden in ALL}) == 10
