"""Characters of which bytes were lost, told by the words around them, or not at all.

All choices for neighboring characters are compared together: the best must be clearly likelier
than the next, the more clearly, the more characters would fit.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from heapq import nlargest
from itertools import product
from math import prod

from casebook.text import segmentation
from casebook.text.numerals import OF_QUANTITIES
from casebook.text.word_frequencies import frequency, makes_word

LEAST_MARGIN, CHOICE_MARGIN = 1.0, 0.35
"""How much likelier (in nats) the best choice must be than the next one, and how much more where
there are e times as many choices."""

UNSUPPORTED_MARGIN = 1.5
"""How much more for a character that makes no word with a neighbor."""

UNCOMMON_MARGIN, MANY_CHOICES = 1.5, 30
"""How much more for a word that is not common where many characters fit."""

FREQUENT = 20_000
"""How often the dictionary counts a character that may stand alone although it was inferred."""

COMMON = 2_000
"""How often it counts a word that is told apart even where many characters fit."""

NUMERALS = frozenset(OF_QUANTITIES) - {"○"}

NEAR = 3
"""Characters before and behind that tell what was lost."""

JOINTLY, MOST_CHOICES = 6, 6000
"""Neighbors with lost bytes that are told together, and choices that are all compared for them."""

MOST_FOLLOWED, MOST_COMPARED = 500, 60
"""Where there are more: beginnings that are followed, and wholes compared with what is behind."""

MOST_GROWN = 20_000
"""Beginnings tried in all: two characters of which nothing is known have no clear choice."""

Ranked = list[tuple[float, str]]
"""The two likeliest choices, best first, with their scores in nats."""


def ranked(before: str, possible: Sequence[Collection[str]], after: str) -> Ranked:
    """The two likeliest ways to fill neighboring characters, each from its own choices."""
    if len(possible) > JOINTLY or _effort(possible) > MOST_GROWN:
        return []
    start = segmentation.segment(before[-NEAR:])
    if prod(map(len, possible)) > MOST_CHOICES:
        said = _likeliest(possible, start)
    else:
        said = list(map("".join, product(*possible)))
    return nlargest(
        2,
        (
            (segmentation.score(segmentation.segment(one + after[:NEAR], start)), one)
            for one in said
        ),
    )


def _effort(possible: Sequence[Collection[str]]) -> int:
    """How many beginnings `_likeliest` would try."""
    kept, tried = 1, 0
    for choices in possible:
        tried += kept * len(choices)
        kept = min(MOST_FOLLOWED, kept * len(choices))
    return tried


def _likeliest(possible: Sequence[Collection[str]], start: segmentation.Segmentation) -> list[str]:
    """The likeliest ways to fill neighbors, as far as characters behind them do not tell."""
    kept = [(start, "")]
    for choices in possible:
        grown = ((segmentation.extend(cut, c), said + c) for cut, said in kept for c in choices)
        kept = nlargest(MOST_FOLLOWED, grown, key=lambda way: segmentation.score(way[0]))
    return [said for _, said in kept[:MOST_COMPARED]]


def clear_choice(best: Ranked, before: str, after: str, possible: Sequence[Collection[str]]) -> str:
    """The best choice if it is clear enough, else ''."""
    if not best or _is_any_numeral(best[0][1], possible):
        return ""
    place = (before[-NEAR:], best[0][1], after[:NEAR])
    count = prod(map(len, possible))
    least = LEAST_MARGIN + CHOICE_MARGIN * math.log(count)
    if count > MANY_CHOICES and not _is_supported(*place, COMMON):
        least += UNCOMMON_MARGIN
    if not _is_supported(*place):
        least += UNSUPPORTED_MARGIN
    return best[0][1] if len(best) == 1 or best[0][0] - best[1][0] >= least else ""


def _is_any_numeral(said: str, possible: Sequence[Collection[str]]) -> bool:
    """Whether a numeral was told where another one would fit as well: words tell no numbers."""
    pairs = zip(said, possible, strict=True)
    return any(c in NUMERALS and len(NUMERALS & set(choices)) > 1 for c, choices in pairs)


def _is_supported(before: str, said: str, after: str, least: int = 1) -> bool:
    """Whether every inferred character makes a word with its neighbors, or often stands alone.

    `least` is how often the dictionary must count such a word.
    """
    whole = before + said + after
    return all(
        character in "，。、；："
        or (least == 1 and frequency(character) >= FREQUENT)
        or makes_word(whole[:place], character, whole[place + 1 :], least=least)
        for place, character in enumerate(said, len(before))
    )
