"""Search that forgives on a large library (`make bench`): typed questions among newspaper texts.

The write-ups of tests/data/search/typed_questions.yml stand among a thousand cases of a newspaper,
where parts of every question stand elsewhere too. For each kind of question: how many find a right
case among the first hits, or are offered the right correction first.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from bench_search import BROWSERS
from bench_search_truth import SIZE, library
from playwright.sync_api import sync_playwright

import checkout  # noqa: F401 (says where the content is)
from casebook.vocabulary import load
from search_harness import open_index
from typed_questions import ask, is_answered, load_questions


def main(size: int = SIZE) -> None:
    """Build, ask, print."""
    own, questions = load_questions()
    vocabulary = load()
    roles = {role.id: role.name for role in vocabulary.roles.values()}
    cases = [*own, *library(random.Random(20), size)]
    answered: dict[str, list[bool]] = {}
    wrong = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = open_index(browser, cases, Path(folder), roles, vocabulary.synonyms)
        page.goto(page.url)
        for question in questions:
            is_right = is_answered(question, ask(page, question["q"]))
            answered.setdefault(question["kind"], []).append(is_right)
            wrong += [] if is_right else [question["q"]]
        browser.close()
    print(f"{'typed':15}{'questions':>10}{'answered':>10}")
    for kind, row in [
        *answered.items(),
        ("all", [each for some in answered.values() for each in some]),
    ]:
        print(f"{kind:15}{len(row):10}{sum(row):10}")
    print("not answered:", "、".join(wrong) or "none")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
