"""A page that holds nothing but the search index of some cases, to ask it directly."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

from browser_page import open_page
from casebook.model import Case
from index_files import index_files

SCRIPTS = Path(__file__).parents[1] / "docs" / "scripts"
ROLES = ("practice", "cause", "")
HTML = """<!doctype html><meta charset="utf-8"><script src="search-files.js"></script>
<script src="search-index.js"></script><script>
var waiting = {};
function cbs(name, words) { waiting[name](words); }
var index = new CasebookIndex.Index(function (name) {
  return new Promise(function (resolve, reject) {
    waiting[name] = resolve;
    var script = document.createElement("script");
    script.src = "search/data/" + name + ".js";
    script.onerror = function () { reject(new Error(name)); };
    document.head.append(script);
  });
});
async function ask(states) {
  var answers = [];
  for (var state of states) {
    var found = await index.search(state);
    var ids = await Promise.all(found.hits.map(async (hit) => {
      var first = index.starts[hit.n];
      var piece = await index.piece(first);
      var items = index.itemsOf(found, hit.n, state).map((each) => each.item - first);
      return [piece.id, items.sort((a, b) => a - b)];
    }));
    var names = ["role", "theme", "kind", "region", "organ", "year"];
    var counts = await index.counts(found, state, names);
    answers.push({ids: ids, near: found.near, counts: counts, texts: found.texts});
  }
  return answers;
}
</script>"""


def open_index(browser: Browser, cases: list[Case], folder: Path) -> Page:
    """A page that reads the index of cases from a folder."""
    for name, content in index_files(cases, {role: role for role in ROLES}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for name in ("search-files.js", "search-index.js"):
        script = (SCRIPTS / name).read_text(encoding="utf-8")
        (folder / name).write_text(script, encoding="utf-8")
    (folder / "page.html").write_text(HTML, encoding="utf-8")
    page = open_page(browser)
    page.goto((folder / "page.html").as_uri())
    return page
