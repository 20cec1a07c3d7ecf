"""Texts made to exhaust the machine are compared in bounded time."""

from __future__ import annotations

import random

from casebook.dedupe.cluster import find_duplicates
from casebook.dedupe.relations import ComparedText, relate
from effort import cpu_limit

RNG = random.Random(1)
LONG = "".join(chr(RNG.randrange(0x4E00, 0x9FA5)) for _ in range(20_000))
LINES = ["".join(RNG.choices("党建工作机关业务服务群众治理", k=30)) for _ in range(12_000)]


def test_a_long_paragraph_again_and_again() -> None:
    """Twenty thousand characters fifty times, with a word more."""
    with cpu_limit(15):
        found = relate(
            ComparedText("a", "", "\n".join([LONG] * 50)),
            ComparedText("b", "", LONG + "\n".join([LONG] * 50) + "完"),
        )
    assert found is not None


def test_very_many_paragraphs_all_of_them_changed() -> None:
    """Every one has a character more; the alphabet is so small that all share grams."""
    changed = [line[:10] + RNG.choice("甲乙丙") + line[10:] for line in LINES]
    with cpu_limit(60):
        found = relate(
            ComparedText("a", "", "\n".join(LINES)), ComparedText("b", "", "\n".join(changed))
        )
    assert found is not None
    assert found.similarity > 95


def test_very_many_alike_lines() -> None:
    """Nothing but slogans and numbers."""
    a = "\n".join(f"做好工作{n % 7}" for n in range(50_000))
    b = "\n".join(f"第{n}条 做好工作" for n in range(50_000))
    with cpu_limit(40):
        relate(ComparedText("a", "", a), ComparedText("b", "", b))


def test_very_many_copies() -> None:
    """Each is compared with the next and with the canonical one, not with all."""
    documents = [ComparedText(str(n), "", "\n".join(LINES[:30])) for n in range(1_500)]
    with cpu_limit(60):
        report = find_duplicates(documents)
    assert [len(cluster.members) for cluster in report.clusters] == [1_499]
    assert len(report.pairs) < 2 * len(documents)


def test_texts_that_say_nothing() -> None:
    """Empty texts and texts of punctuation relate to nothing, not to each other either."""
    texts = ["", " \n\n ", "，。！" * 999, "\u200b" * 999, "——" * 20]
    documents = [ComparedText(str(n), "", texts[n % len(texts)]) for n in range(1_000)]
    with cpu_limit(10):
        report = find_duplicates(documents)
    assert (report.pairs, report.clusters) == ((), ())
