"""Items: only the same practice in several cases is grouped, whatever the names."""

from __future__ import annotations

import random

import pytest
from comparing import compare
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from casebook.dedupe import alike_items
from casebook.dedupe.alignment import compute_ratio
from casebook.dedupe.alike_items import SHORTEST_ITEM_CHARACTERS, group_similar_items
from casebook.dedupe.comparison_folding import fold_for_comparison
from effort import examples

PRACTICE = (
    "建立党建与业务双向考核机制，把党建工作成效纳入年度综合考评，"
    "由机关党委每季度对12个支部开展一次督查，考核结果与评先评优直接挂钩。"
)
OTHER = (
    "推行首问负责制，群众来访由第一个接待的同志全程跟办，"
    "三个工作日内答复办理进度，对超期未办结的事项逐级提醒、公开通报。"
)


def test_a_practice_recycled_elsewhere_is_grouped() -> None:
    """Other figures, script, punctuation and a few words; a stranger stays out."""
    texts = {
        "a/1": PRACTICE,
        "b/1": PRACTICE.replace("机关党委", "X市直机关工委").replace("12", "36"),
        "c/1": str(OpenCC("s2t").convert(PRACTICE.replace("，", " "))),
        "c/2": OTHER,
    }
    assert group_similar_items(texts) == (("a/1", "b/1", "c/1"),)


def test_a_practice_cut_short_is_grouped_and_a_quotation_is_not() -> None:
    """Half of a text or more is the same practice; one sentence inside a long one is not."""
    half = PRACTICE[: 2 * len(PRACTICE) // 3]
    assert group_similar_items({"a": PRACTICE, "b": half}) == (("a", "b"),)
    assert group_similar_items({"a": PRACTICE + OTHER * 2, "b": PRACTICE}) == ()


def test_a_slogan_is_no_practice() -> None:
    """Equal texts are grouped only from a length at which they say something."""
    slogan = "加强组织领导，压实工作责任"
    assert len(slogan) < SHORTEST_ITEM_CHARACTERS
    assert group_similar_items({"a": slogan, "b": slogan}) == ()
    assert group_similar_items({"a": PRACTICE, "b": PRACTICE}) == (("a", "b"),)


def test_two_practices_make_two_groups_in_the_order_of_their_ids() -> None:
    """Groups do not mix; an id is in one group at most."""
    texts = {"a": OTHER, "b": PRACTICE, "c": PRACTICE, "d": OTHER, "e": OTHER[:40]}
    assert group_similar_items(texts) == (("a", "d", "e"), ("b", "c"))


def test_likeness_does_not_drift_along_a_chain() -> None:
    """A ~ B ~ C, but A and C differ too much: C is not in the group of A."""
    rng = random.Random(1)
    words = ["".join(chr(rng.randrange(0x4E00, 0x5E00)) for _ in range(12)) for _ in range(12)]
    texts = {str(n): "，".join(words[n : n + 8]) for n in range(0, 5, 2)}
    groups = group_similar_items(texts)
    assert all(not {"0", "4"} <= set(group) for group in groups)
    assert group_similar_items({key: texts[key] for key in ("0", "2")}) == (("0", "2"),)


def test_a_practice_of_three_hundred_cases_is_one_group() -> None:
    """A family beyond the cap of holders is found whole."""
    names = "甲乙丙丁戊己庚辛壬癸"
    texts = {
        str(n): PRACTICE.replace("机关党委", names[n % 10] + names[n // 10 % 10] + "局")
        for n in range(300)
    }
    assert [len(group) for group in group_similar_items(texts)] == [300]


def test_a_family_is_joined_with_few_judgments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty alike texts have 1,770 pairs; pairs connected already are not compared."""
    judged = []

    def counted(a: str, b: str, cutoff: float) -> float:
        judged.append((a, b))
        return compute_ratio(a, b, cutoff)

    monkeypatch.setattr(alike_items, "compute_ratio", counted)
    texts = {str(n): f"{PRACTICE}第{n}号文件写明了这一条。" for n in range(60)}
    assert [len(group) for group in group_similar_items(texts)] == [60]
    assert len(judged) < 3 * 60


@examples(60)
@given(st.lists(st.sampled_from(PRACTICE + OTHER), min_size=20, max_size=60), st.randoms())
def test_the_lower_bound_agrees_with_the_alignment(
    characters: list[str], chance: random.Random
) -> None:
    """Whatever is dropped from a text or moved in it, both give the same answer."""
    text = "".join(characters)
    cut = chance.randrange(len(text))
    other = text[cut:] + "。\n" + text[: chance.randrange(cut + 1)]
    if min(
        len(fold_for_comparison(text)), len(fold_for_comparison(other))
    ) >= SHORTEST_ITEM_CHARACTERS and fold_for_comparison(text) != fold_for_comparison(other):
        likeness = compare(text, other)
        both = min(likeness.a_in_b, likeness.b_in_a)
        alike = both >= alike_items.ALIKE_SHARE or (
            likeness.containment >= alike_items.PART_SHARE and both >= 50
        )
        assert alike_items._ItemGroups([text, other])._are_alike(0, 1) == alike
