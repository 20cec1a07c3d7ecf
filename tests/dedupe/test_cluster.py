"""Clusters: verified against the canonical text, no drift, no series inside."""

from __future__ import annotations

import random

import pytest
from labeled_pairs import load

from casebook.dedupe.cluster import find_duplicates
from casebook.dedupe.relations import ComparedText
from casebook.dedupe.union_find import UnionFind, find_components
from casebook.model import UserError

PAIRS = {pair.name: pair for pair in load()}
TEXT = PAIRS["原样转载"].a.text
RNG_CHARACTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳"


def _clusters(*documents: ComparedText) -> list[tuple[str, tuple[str, ...]]]:
    report = find_duplicates(documents)
    return [(cluster.canonical, cluster.members) for cluster in report.clusters]


def test_the_most_complete_text_is_canonical() -> None:
    """The whole comes before its parts in any order; of equal texts the first is canonical."""
    lines = TEXT.split("\n")
    parts = ComparedText("part", "甲", "\n".join(lines[:5])), ComparedText("whole", "乙", TEXT)
    assert _clusters(*parts) == [("whole", ("part",))]
    assert _clusters(ComparedText("one", "甲", TEXT), ComparedText("two", "乙", TEXT)) == [
        ("one", ("two",))
    ]


def test_a_concrete_text_is_preferred_to_one_with_placeholders() -> None:
    """临江市 before XX市, though the lengths are nearly the same."""
    veiled = TEXT.replace("临江市", "XXXX市").replace("城东区", "XXXX区")
    assert _clusters(ComparedText("x", "甲", veiled), ComparedText("c", "甲", TEXT)) == [
        ("c", ("x",))
    ]


def test_two_localized_texts_do_not_meet_in_a_template() -> None:
    """A template with placeholders is near both, but they are a series: one of them stays out."""
    other = TEXT.replace("临江市", "台州市").replace("城东区", "椒江区")
    template = TEXT.replace("临江市", "XX市").replace("城东区", "XX区")
    for more in ("", f"\n五、下一步打算\n{TEXT[:200]}"):
        documents = [
            ComparedText(i, "", t) for i, t in (("t", template + more), ("a", TEXT), ("b", other))
        ]
        for order in (documents, documents[::-1]):
            (cluster,) = _clusters(*order)
            assert not {"a", "b"} <= {cluster[0], *cluster[1]}


def test_a_chain_does_not_drift() -> None:
    """A text that only resembles a member, not the canonical text, is not taken in."""
    rng = random.Random(1)
    lines = ["".join(rng.choices(RNG_CHARACTERS, k=60)) for _ in range(16)]
    texts = [lines[start : start + 10 - start // 3] for start in (0, 3, 6)]
    report = find_duplicates([ComparedText(str(i), "", "\n".join(t)) for i, t in enumerate(texts)])
    related = {frozenset((pair.a, pair.b)) for pair in report.pairs}
    assert frozenset("01") in related
    for cluster in report.clusters:
        assert not {"0", "2"} <= {cluster.canonical, *cluster.members}


def test_the_report_keeps_the_order_of_the_documents() -> None:
    """Pairs name the earlier document first; `about` keeps what involves some of them."""
    stranger = PAIRS["毫不相干"].b
    documents = [ComparedText(i, "题", TEXT) for i in "abc"] + [
        ComparedText("z", "", stranger.text)
    ]
    report = find_duplicates(documents)
    assert [(pair.a, pair.b) for pair in report.pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [(pair.a, pair.b) for pair in report.select({"c"}).pairs] == [("a", "c"), ("b", "c")]


def test_progress_is_reported_for_every_candidate() -> None:
    """The number of pairs first, then one call for each."""
    counts: list[int] = []

    def start(total: int) -> object:
        counts.append(total)
        return lambda: counts.append(-1)

    find_duplicates([ComparedText(i, "", TEXT) for i in "ab"], progress=start)  # type: ignore[arg-type]
    assert counts == [1, -1]


def test_what_cannot_be_compared() -> None:
    """One id twice is said in one Chinese sentence."""
    with pytest.raises(UserError, match="两次"):
        find_duplicates([ComparedText("a", "", TEXT), ComparedText("a", "", TEXT)])


def test_nothing_to_compare_is_no_error() -> None:
    """No documents, or one, make an empty report."""
    assert find_duplicates([]).pairs == ()
    assert find_duplicates([ComparedText("a", "", "")]).clusters == ()


def test_sets_grow_together() -> None:
    """Connected things form one group, in the order of their first member."""
    assert find_components([(5, 9), (1, 2), (2, 3), (9, 7)]) == [[1, 2, 3], [5, 7, 9]]
    sets = UnionFind()
    sets.join(4, 2)
    assert (sets.find(4), sets.find(8)) == (2, 8)


def test_another_year_in_between_does_not_tear_a_large_family() -> None:
    """Of so many copies each is compared with the next one only; they still meet."""
    year = PAIRS["只有年份不同"]
    copies = [ComparedText(f"copy{n}", year.a.title, _one_wrong(year.a.text, n)) for n in range(80)]
    report = find_duplicates([*copies[:40], year.b, *copies[40:]])
    (cluster,) = report.clusters
    assert len(cluster.members) == 79
    assert year.b.id not in {cluster.canonical, *cluster.members}


def _one_wrong(text: str, number: int) -> str:
    """The text with one wrong character, each number another one; figures are left alone."""
    places = [place for place, c in enumerate(text) if "\u4e00" <= c <= "\u9fff"]
    place = places[40 + 4 * number]
    return text[:place] + chr(0x4E00 + number) + text[place + 1 :]


def test_only_what_involves_the_new_text() -> None:
    """What is known is compared with what is known only where they join one cluster."""
    documents = [ComparedText(name, "", TEXT) for name in ("known", "other", "new")]
    strangers = [ComparedText(f"stranger{n}", "", TEXT[::-1]) for n in range(2)]
    report = find_duplicates([*strangers, *documents], new={"new"})
    pairs = {frozenset((pair.a, pair.b)) for pair in report.pairs}
    assert pairs == {frozenset(("known", "new")), frozenset(("other", "new"))}
    assert [cluster.canonical for cluster in report.clusters] == ["known"]
    assert len(find_duplicates([*strangers, *documents]).pairs) == 4
