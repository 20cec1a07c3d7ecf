"""Words that exclude each other."""

from __future__ import annotations

import pytest

from casebook.dedupe.contrasts import find_contrast


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("春季", "秋季", ("春", "秋")),
        ("寒假", "暑假", ("寒假", "暑假")),
        ("春节期间", "中秋节期间", ("春节", "中秋节")),
        ("汛期", "秋汛", ("汛期", "秋汛")),
        ("女子", "男子", ("女", "男")),
        ("城东", "城西", ("东", "西")),
        ("初级", "高级", ("初级", "高级")),
        ("中秋节", "中秋", None),
        ("春季", "秋游", None),
        ("做法", "办法", None),
        ("经验", "体验", None),
        ("推进", "推动", None),
    ],
)
def test_only_words_of_one_class_exclude_each_other(
    a: str, b: str, expected: tuple[str, str] | None
) -> None:
    """And only where all else is equal; synonyms and other names of one thing do not."""
    assert find_contrast(a, b) == expected
    assert find_contrast(b, a) == (expected and expected[::-1])
