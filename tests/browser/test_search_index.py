"""The index as a browser reads it: exact for any text, folded as in Python, from a folder."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from casebook.model import Block, Case
from casebook.search import shards
from index_files import fold_for_search
from search_harness import ROLES, open_index

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "data" / "search" / "folding.yml"


def small_library(seed: int = 3, alphabet: str = "党建业务的。") -> list[Case]:
    """Cases of few characters, so that pairs stand scattered everywhere."""
    chance = random.Random(seed)

    def text(length: int) -> str:
        return "".join(chance.choices(alphabet, k=length))

    def case(number: int) -> Case:
        blocks = [Block(1, text(4), "", text(chance.randint(0, 20)))]
        for n in range(chance.randint(0, 4)):
            blocks.append(Block(2, text(3), chance.choice(ROLES), text(12), f"k{n:03}"))
        return Case(f"c{number}", blocks[0].heading or "", tuple(blocks), chance.choice("甲乙"))

    return [case(number) for number in range(60)]


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """The library of these tests."""
    named = Case("named", "枫桥经验", (Block(1, "枫桥经验", "", "5G+平台，党建引领。考核、评价"),))
    return [*small_library(), named]


@pytest.fixture(scope="module")
def reader(browser: Browser, cases: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The index of the library of these tests."""
    return open_index(browser, cases, tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def long_reader(
    browser: Browser, cases: list[Case], tmp_path_factory: pytest.TempPathFactory
) -> Page:
    """The same, with files so small that frequent pairs are cut by their neighbors."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SHARD", 20)
        patch.setattr(shards, "LONG", 10)
        return open_index(browser, cases, tmp_path_factory.mktemp("long"))


@pytest.fixture(scope="module")
def pinyin_reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """Words of characters with several readings."""
    words = ("重庆", "银行", "长效", "西安")
    cases = [Case(word, "", (Block(1, "", "", f"在{word}的。"),)) for word in words]
    return open_index(browser, cases, tmp_path_factory.mktemp("pinyin"))


@pytest.fixture(scope="module")
def odd_reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """One case with odd characters, one with none of them."""
    text = "学习《党建要点》，要求𠮷野家用C++，降到-5℃，增长15.4%。"
    texts = {"odd": text, "plain": "另一份材料，要求不同。"}
    cases = [Case(name, "", (Block(1, "", "", text),)) for name, text in texts.items()]
    return open_index(browser, cases, tmp_path_factory.mktemp("odd"))


def ask(page: Page, *states: dict[str, str]) -> list[dict[str, Any]]:
    """The answers to queries."""
    answers: list[dict[str, Any]] = page.evaluate(f"ask({json.dumps(states)})")
    return answers


def holding(cases: list[Case], text: str) -> dict[str, list[int]]:
    """By scanning: case ids with the text, and the numbers of the items that show it."""
    found = {}
    for case in cases:
        items = [
            number
            for number, block in enumerate(case.blocks)
            if text in fold_for_search(block.text)
            or (number and text in fold_for_search(block.heading or ""))
        ]
        if items or text in fold_for_search(case.title):
            found[case.id] = items
    return found


@pytest.mark.parametrize("kind", ["reader", "long_reader"])
def test_every_run_is_found_exactly(
    request: pytest.FixtureRequest, cases: list[Case], kind: str
) -> None:
    """Runs of one to six characters, also such as stand nowhere: cases and items as by a scan; also
    where nearly all lists are long and cut."""
    reader: Page = request.getfixturevalue(kind)
    chance = random.Random(5)
    lengths = [1, 1, *([2, 3, 4] * 25), *([5, 6] * 10)]
    runs = sorted({"".join(chance.choices("党建业务的", k=length)) for length in lengths})
    answers = ask(reader, *({"q": f'"{run}"'} for run in runs))
    for run, answer in zip(runs, answers, strict=True):
        assert dict(answer["ids"]) == holding(cases, run), run


def test_facets_are_counted_exactly(reader: Page, cases: list[Case]) -> None:
    """What a facet promises is what choosing it leaves, and what a scan counts."""
    for query in ("党建", "业务的", "建"):
        (whole,) = ask(reader, {"q": query})
        for name, counts in whole["counts"].items():
            for value, count in counts.items():
                (narrowed,) = ask(reader, {"q": query, name: value})
                assert len(narrowed["ids"]) == count
        roles = [{cases_by_id(cases)[i].blocks[n].role for n in items} for i, items in whole["ids"]]
        assert whole["counts"]["role"]["cause"] == sum("cause" in each for each in roles)


def cases_by_id(cases: list[Case]) -> dict[str, Case]:
    """Cases by id."""
    return {case.id: case for case in cases}


def test_words_are_required_and_excluded_by_case(reader: Page, cases: list[Case]) -> None:
    """Words stand anywhere in a case; what is excluded stands nowhere in it."""
    both, without = ask(reader, {"q": "党建业 务的建"}, {"q": "党建 -党建业"})
    expected = holding(cases, "党建业").keys() & holding(cases, "务的建").keys()
    assert {i for i, _ in both["ids"]} == expected
    assert {i for i, _ in without["ids"]} == (
        holding(cases, "党建").keys() - holding(cases, "党建业").keys()
    )


@pytest.mark.parametrize(
    "query", ["楓橋經驗", "fengqiaojingyan", "５ｇ＋", "考核、评价", "枫桥 5G"]
)
def test_other_ways_to_type_it(reader: Page, query: str) -> None:
    """Traditional script, pinyin, width, marks within a phrase, words of title and text."""
    (answer,) = ask(reader, {"q": query})
    assert [case_id for case_id, _ in answer["ids"]] == ["named"]
    assert not answer["near"]


@pytest.mark.parametrize(
    ("query", "case"),
    [
        ("chongqing", "重庆"),
        ("zhongqing", ""),
        ("yinhang", "银行"),
        ("changxiao", "长效"),
        ("yinh", "银行"),
        ("yin hang", "银行"),
        ("xi'an", "西安"),
        ("银hang", "银行"),
        ("yin行", "银行"),
        ("Yinhang", "银行"),
        ('"yinhang"', ""),
    ],
)
def test_pinyin(pinyin_reader: Page, query: str, case: str) -> None:
    """Polyphones, begun, divided, mixed with characters; nothing in quotes."""
    (answer,) = ask(pinyin_reader, {"q": query})
    found = [case_id for case_id, _ in answer["ids"]]
    assert found == ([case] if case else [])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("𠮷野", ["odd"]),
        ("𠮷", ["odd"]),
        ("15.4%", ["odd"]),
        ("-5℃", ["odd"]),
        ("c++", ["odd"]),
        ("《党建要点》", ["odd"]),
        ('"《党建要点》"', ["odd"]),
        ('"党建要点、要求"', []),
        ("＂党建要点＂", ["odd"]),
        ("《党建要点", ["odd"]),
        ("，。！？", []),
        ('""', []),
        ("“", []),
        ("constructor", []),
        ("__proto__", []),
        ("<img src=x onerror=alert(1)>", []),
        ("龘" * 2000, []),
        ("党建要点 " * 400, ["odd"]),
    ],
)
def test_odd_queries(odd_reader: Page, query: str, found: list[str]) -> None:
    """Signs, pairs of code units, quotes of all kinds, names of JavaScript, far too much."""
    (answer,) = ask(odd_reader, {"q": query})
    assert [case_id for case_id, _ in answer["ids"]] == found


def test_a_question_comes_close_and_says_so(reader: Page) -> None:
    """The case that has most of a question comes first."""
    (answer,) = ask(reader, {"q": "怎么学习枫桥经验和5G平台建设"})
    assert answer["ids"] == []
    assert answer["near"][0] == "named"


def test_folding_is_that_of_python(reader: Page) -> None:
    """The golden file, with the characters that the index file folds.js brings."""
    rows = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    ask(reader, {"q": "黨國"})  # an unknown character loads the table
    texts = [row["text"] for row in rows]
    folded = reader.evaluate(
        """async (texts) => {
          const { forms } = await openIndex();
          return texts.map((text) => fold(text, forms));
        }""",
        texts,
    )
    assert folded == [row["folded"] for row in rows]
