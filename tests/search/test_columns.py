"""Columns are read back by a decoder of the plain kind that the browser has."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.search.columns import FEW, ONE, RATE, RUN, TOP, WHOLE, BitCoder, code_column


class Decoder:
    """Bits from bytes, by the same odds."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 4
        self.range, self.code = WHOLE - 1, int.from_bytes(data[:4], "big")

    def bit(self, odds: list[int], at: int) -> int:
        """The next bit."""
        bound = (self.range >> 11) * odds[at]
        bit = int(self.code >= bound)
        if bit:
            self.code, self.range = self.code - bound, self.range - bound
            odds[at] -= odds[at] >> RATE
        else:
            self.range = bound
            odds[at] += (ONE - odds[at]) >> RATE
        while self.range < TOP:
            self.range, self.code = self.range << 8, self.code << 8 | self.data[self.at]
            self.at += 1
        return bit


def decoded(decoder: Decoder, count: int, most: int) -> list[int]:
    """A column."""
    depth = max(1, (most - 1).bit_length())
    same, trees = [ONE // 2] * (4 * most), [[ONE // 2] * (1 << depth) for _ in range(most)]
    values: list[int] = []
    before = run = 0
    for _ in range(count):
        if decoder.bit(same, 4 * before + run):
            node = 1
            while node < 1 << depth:
                node = 2 * node + decoder.bit(trees[before if most <= FEW else 0], node)
            before, run = node - (1 << depth), 0
        else:
            run = min(run + 1, RUN)
        values.append(before)
    return values


@given(st.lists(st.tuples(st.integers(1, 40), st.lists(st.integers(0, 10**6), max_size=60))))
def test_columns_are_read_back(columns: list[tuple[int, list[int]]]) -> None:
    """Several columns in one run of bytes."""
    coder = BitCoder()
    wanted = [([value % most for value in values], most) for most, values in columns]
    for values, most in wanted:
        code_column(coder, values, most)
    decoder = Decoder(coder.finish())
    for values, most in wanted:
        assert decoded(decoder, len(values), most) == values


@pytest.mark.parametrize("seed", range(5))
def test_a_carry_runs_through_the_bytes(seed: int) -> None:
    """Long columns meet every carry there is."""
    chance = random.Random(seed)
    values = [chance.choice((0, 0, 0, 0, chance.randrange(30))) for _ in range(20_000)]
    coder = BitCoder()
    code_column(coder, values, 30)
    assert decoded(Decoder(coder.finish()), len(values), 30) == values


def test_what_is_foretold_costs_little() -> None:
    """Roles in a set order, in runs: far less than a bit each."""
    values = [role for _ in range(300) for role in range(7) for _ in range(3)]
    coder = BitCoder()
    code_column(coder, values, 7)
    assert len(coder.finish()) * 8 < 0.3 * len(values)
