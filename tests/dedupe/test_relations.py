"""Relations of labeled pairs, and that a series is never taken for a duplicate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labeled_pairs import Labeled, load

from casebook.dedupe.relations import ComparedText, relate

PAIRS = load()
BASE = next(pair.a for pair in PAIRS if pair.name == "下一年的总结")


def _name(pair: Labeled) -> str:
    return pair.name


@pytest.mark.parametrize("pair", PAIRS, ids=_name)
def test_labeled_pairs(pair: Labeled) -> None:
    """Each pair has the relation that a person sees, whichever comes first, and a reason."""
    for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
        found = relate(a, b)
        assert (found.relation if found else "none") == pair.relation
        if found:
            assert 0 <= found.similarity <= 100
            assert found.evidence and all(found.evidence)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.relation != "none"], ids=_name)
def test_the_reason_names_what_differs(pair: Labeled) -> None:
    """Dates, figures, names, sections that one text lacks: the phrase of each labeled pair."""
    found = relate(pair.a, pair.b)
    assert found is not None
    assert pair.evidence in found.evidence


@given(st.sampled_from(["年", "局", "季"]), st.integers(2001, 2022), st.data())
def test_a_series_is_never_a_duplicate(what: str, year: int, data: st.DataObject) -> None:
    """The same text under a title of another year, body or quarter does not merge."""
    one, two = {
        "年": (f"{year}年", f"{year + 1}年"),
        "局": ("财政局", data.draw(st.sampled_from(["税务局", "教育局", "公安局"]))),
        "季": ("第一季度", data.draw(st.sampled_from(["第二季度", "三季度", "4季度"]))),
    }[what]
    text = BASE.text.replace("2023年", "当年").replace("2022年", "上年").replace("2024年", "来年")
    a = ComparedText("a", f"区里{one}工作总结", text)
    b = ComparedText("b", f"区里{two}工作总结", text.replace("86次", "93次"))
    found = relate(a, b)
    assert found is not None
    assert found.relation == "series"


def test_a_title_that_the_text_answers_is_no_series() -> None:
    """Two titles with other years over one text that names its year itself: a careless re-post."""
    other = ComparedText("b", BASE.title.replace("2023", "2024"), BASE.text)
    found = relate(BASE, other)
    assert found is not None
    assert found.relation == "near"


def test_other_figures_alone_are_a_later_wording_not_a_copy() -> None:
    """Facts in conflict keep two texts from `near` and `contains`, which may merge unasked."""
    other = ComparedText("b", BASE.title, BASE.text.replace("86次", "96次").replace("37件", "39件"))
    found = relate(BASE, other)
    assert found is not None
    assert found.relation == "revision"


def test_two_other_places_outweigh_some_rewording() -> None:
    """Each named once only, under one title, with other words changed as well."""
    a = f"今年三月，考察组一行先后到临沂市和聊城市学习信访工作。{BASE.text}"
    b = a.replace("临沂市", "台州市").replace("聊城市", "嘉兴市")
    for old, new in (
        ("先后", "分别"),
        ("学习", "调研"),
        ("全力", "着力"),
        ("缓慢", "偏慢"),
        ("推诿", "敷衍"),
    ):
        b = b.replace(old, new)
    found = relate(ComparedText("a", "信访工作", a), ComparedText("b", "信访工作", b))
    assert found is not None
    assert found.relation == "series"


def test_nothing_is_said_about_empty_texts() -> None:
    """A text without letters or digits has no relation."""
    assert relate(ComparedText("a", "题", ""), ComparedText("b", "题", "。。")) is None


def test_the_evidence_of_a_part_says_what_stands_where() -> None:
    """Missing paragraphs are no rewording; what is inside what is said with the share of each."""
    pair = next(pair for pair in load() if pair.name == "截去结尾一节")
    found = relate(pair.a, pair.b)
    assert found
    assert found.relation == "contains"
    assert found.evidence[0].startswith("乙有 100.0% 见于甲，甲有 ")
    assert not any("措辞" in reason for reason in found.evidence)


def test_another_opening_is_reported() -> None:
    """The year that a reworded text begins with makes a series, and is the reason given."""
    plan = next(p for p in load("campus_pairs.yml") if p.name == "计划改写的下一年")
    found = relate(plan.a, plan.b)
    assert found is not None
    assert "开头日期不同：2022年→2023年" in found.evidence


def test_a_typing_error_in_an_opening_makes_no_series() -> None:
    """A date that lost a digit, among other errors; another day without any is another meeting."""
    text = BASE.text.replace("2023年，", "2023年12月15日，", 1)
    errors = text.replace("15日", "5日")
    for old, new in (("的", "得"), ("，", "了，"), ("信访", "信坊")):
        errors = errors.replace(old, new)
    kinds = [
        relate(ComparedText("a", "", text), ComparedText("b", "", other))
        for other in (errors, text.replace("15日", "25日"))
    ]
    assert [pair and pair.relation for pair in kinds] == ["revision", "series"]
