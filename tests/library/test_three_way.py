"""Merging two changed versions of a text: both sides' changes, each once, or a conflict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.library.three_way import merge_texts, split_sentences
from effort import examples

BASE = "河道窄。淤泥深！\n\n“谁来清？”村里议。各组出工；按日记分。"
PIECES = ["甲。", "乙；", "丙？”", "\n\n", "丁", "戊！"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("yours", "today", "merged"),
    [
        (("窄", "浅"), ("出", "派"), "河道浅。淤泥深！\n\n“谁来清？”村里议。各组派工；按日记分。"),
        (("窄", "浅"), ("深", "厚"), "河道浅。淤泥厚！\n\n“谁来清？”村里议。各组出工；按日记分。"),
        (("窄", "浅"), ("窄", "浅"), "河道浅。淤泥深！\n\n“谁来清？”村里议。各组出工；按日记分。"),
        (("窄", "浅"), ("窄", "狭"), None),
        (("。淤", "。水黑。淤"), ("窄", "狭"), None),
        (("淤泥深！", ""), ("泥深", "泥厚"), None),
        (("村里议。", ""), ("记分", "记工"), "河道窄。淤泥深！\n\n“谁来清？”各组出工；按日记工。"),
        (
            ("！\n\n", "！"),
            ("分。", "工。"),
            "河道窄。淤泥深！“谁来清？”村里议。各组出工；按日记工。",
        ),
        (("记分。", "记分。甲。"), ("记分。", "记分。乙。"), None),
    ],
)
def test_sentences_are_merged(
    yours: tuple[str, str], today: tuple[str, str], merged: str | None
) -> None:
    """Changes of other sentences, of the same one, and what is put in beside a change."""
    assert merge_texts(BASE, BASE.replace(*yours), BASE.replace(*today)) == merged
    assert merge_texts(BASE, BASE.replace(*today), BASE.replace(*yours)) == merged


@given(TEXTS, TEXTS, TEXTS)
@examples(200)
def test_a_merge_is_complete(base: str, yours: str, today: str) -> None:
    """What one side alone changed is taken, and merging the result again changes nothing."""
    assert "".join(split_sentences(base)) == base
    assert merge_texts(base, base, today) == today
    assert merge_texts(base, yours, base) == yours
    merged = merge_texts(base, yours, today)
    assert merged == merge_texts(base, today, yours)
    if merged is not None:
        assert merge_texts(base, merged, today) == merged
