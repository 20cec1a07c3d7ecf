"""What people type into the search of a small library of five fields, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml
from playwright.sync_api import Page

from casebook.model import Block, Case

QUESTIONS = Path(__file__).parent / "data" / "search" / "typed_questions.yml"

ASK = """async (address) => {
  history.replaceState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  const hits = document.querySelector("#cb-search-hits");
  while (!hits.hasAttribute("data-ready")) await new Promise((done) => setTimeout(done, 2));
  const ids = (within) => Array.from(
    document.querySelectorAll(`${within} [data-case]`), (each) => each.dataset.case);
  const offer = document.querySelector("#cb-search-offers a, #cb-search-state a");
  return {
    exact: ids("#cb-search-hits > :not([data-near])").concat(
      Array.from(document.querySelectorAll("#cb-search-hits > [data-case]"),
        (each) => each.dataset.case)),
    near: ids("[data-near]"),
    count: Number(hits.dataset.count),
    offer: offer ? offer.textContent : "",
    said: document.querySelector("#cb-search-state").textContent,
    nearSaid: Array.from(document.querySelectorAll("[data-near] > p"),
      (each) => each.textContent).join(" / "),
  };
}"""


def load_questions() -> tuple[list[Case], list[dict[str, Any]]]:
    """The write-ups as cases, and the questions."""
    table = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    return [_case(row) for row in table["cases"]], table["questions"]


def _case(row: Mapping[str, Any]) -> Case:
    title = row["title"]
    items = [
        Block(2, heading, role, text, f"k{number:03}")
        for number, (role, heading, text) in enumerate(row["items"], 1)
    ]
    kind, region, organ, date = row["facts"]
    blocks = (Block(1, title, "background", ""), *items)
    return Case(row["id"], title, blocks, kind=kind, region=region, organ=organ, date=date)


def ask(page: Page, query: str, more: str = "") -> dict[str, Any]:
    """What the open search page shows of a query; `more` is added to the address."""
    answer: dict[str, Any] = page.evaluate(ASK, f"?q={quote(query)}{more}")
    return answer


def is_answered(question: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """Whether a right case stands among the first hits, or the right correction is the first."""
    if question.get("none"):
        return answer["count"] == 0 and not answer["near"]
    if question.get("offer", "\0") in answer["offer"]:
        return True
    shown: Sequence[str] = [*answer["exact"], *answer["near"]][: question.get("within", 3)]
    return any(case_id in shown for case_id in question.get("first", ()))
