"""Numbers for a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def join_ranges(numbers: Iterable[int]) -> str:
    """Ascending numbers, those in a row as a range.

    >>> join_ranges([2, 3, 4, 7])
    '2–4、7'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return "、".join(str(low) if low == high else f"{low}–{high}" for low, high in ranges)
