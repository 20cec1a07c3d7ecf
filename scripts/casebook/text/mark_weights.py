"""How frequent punctuation is in Chinese text: the one set of weights of marks.

A weight is a rough natural logarithm of a share. The two columns were set at different times and
contradict each other: a mark has a greater share among words than among characters, since most
words have two characters, but not so ， here. The thresholds of the decoders were set with them,
so they stay until these are set again.
"""

from __future__ import annotations

from typing import NamedTuple

ORDINARY_MARK = -9.0
"""Weight of a mark that is about as frequent as a character of level 1 of GB 2312."""


class MarkWeights(NamedTuple):
    """Logarithms of shares; None where a mark is weighed like any other character."""

    per_character: float | None
    """Among the characters of running text (counted in newspaper text)."""

    per_word: float | None
    """Among the words of running text, marks included (counted in news)."""


MARK_WEIGHTS = {
    "，": MarkWeights(-2.8, -3.0),
    "。": MarkWeights(-3.7, -3.4),
    "、": MarkWeights(-4.2, -4.0),
    "“": MarkWeights(-5.5, -4.6),
    "”": MarkWeights(-5.5, -4.6),
    "；": MarkWeights(-6.0, -5.5),
    "：": MarkWeights(-6.0, -5.2),
    "（": MarkWeights(ORDINARY_MARK, -5.8),
    "）": MarkWeights(ORDINARY_MARK, -5.8),
    "《": MarkWeights(ORDINARY_MARK, -6.1),
    "》": MarkWeights(ORDINARY_MARK, -6.1),
    "—": MarkWeights(ORDINARY_MARK, -6.1),
    "…": MarkWeights(ORDINARY_MARK, -7.2),
    "？": MarkWeights(ORDINARY_MARK, None),
    "！": MarkWeights(ORDINARY_MARK, None),
    "‘": MarkWeights(ORDINARY_MARK, None),
    "’": MarkWeights(ORDINARY_MARK, None),
    "\u3000": MarkWeights(None, -4.0),
    "［": MarkWeights(None, -8.0),
    "］": MarkWeights(None, -8.0),
    "【": MarkWeights(None, -8.0),
    "】": MarkWeights(None, -8.0),
}

PAIR_PROBABILITIES = {
    "：“": 0.3,
    "。”": 0.03,
    "！”": 0.34,
    "？”": 0.15,
    "”，": 0.14,
    "”。": 0.12,
    "”、": 0.05,
    "”“": 0.03,
    "、“": 0.015,
    "》，": 0.14,
    "》。": 0.05,
}
"""Probability of a mark after another (counted in 1.9 million characters of newspaper)."""
