"""A page that holds nothing but the search of some cases, to ask it directly or by its form."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

from browser_page import open_page
from casebook.model import Case
from index_files import index_files

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "docs" / "overrides" / "main.html"
ROLES = ("practice", "cause", "")
PLACES = "".join(f'<div id="cb-search-{name}"></div>' for name in ("form", "state", "hits"))
"""What the search page of a site has for its script to fill."""

ASK = """<script>
async function ask(states) {
  const index = await openIndex();
  const answers = [];
  for (const state of states) {
    const answer = await index.search(state);
    const ids = await Promise.all(answer.hits.map(async ({ n }) => {
      const first = index.cases.starts[n];
      const piece = await index.piece(first);
      const items = index.itemsOf(answer, n, state).map((item) => item - first);
      return [piece.id, items.sort((a, b) => a - b)];
    }));
    const counts = await index.counts(answer, state, FACETS);
    const { groups, offers } = await new Loosening(index, answer, state).run();
    const near = await Promise.all((groups[0] ? groups[0].hits : []).map(async ({ n }) =>
      (await index.piece(index.cases.starts[n])).id));
    const said = groups.map((group) => group.said);
    answers.push({ ids, near, said, offers, counts, texts: answer.texts });
  }
  return answers;
}
</script>"""


def script_names() -> list[str]:
    """The scripts of the search in the order in which a page loads them."""
    listed = re.search(r"for name in \[(.*?)\]", TEMPLATE.read_text(encoding="utf-8"))
    assert listed
    return re.findall(r'"(\w+)"', listed[1])


def open_index(
    browser: Browser,
    cases: list[Case],
    folder: Path,
    roles: Mapping[str, str] | None = None,
    synonyms: Sequence[Sequence[str]] = (),
) -> Page:
    """A page that reads the index of cases from a folder."""
    named = roles or {role: role for role in ROLES}
    for name, content in index_files(cases, named, synonyms=synonyms).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    shutil.copytree(ROOT / "docs" / "scripts", folder / "scripts")
    sources = [f'<script src="scripts/search/{name}.js"></script>' for name in script_names()]
    html = "\n".join(['<!doctype html><meta charset="utf-8">', PLACES, *sources, ASK])
    (folder / "page.html").write_text(html, encoding="utf-8")
    page = open_page(browser)
    page.goto((folder / "page.html").as_uri())
    return page
