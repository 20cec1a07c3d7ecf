"""Search through the real page on a synthetic library (`make bench`): truth by scanning.

For each kind of query: recall and precision of the first ten cases, whether the count is exact,
kilobytes of the index read cold until the page is done (the counts of themes follow a second
later or when somebody goes to the facets: at 10,000 cases 50 kB more), seconds to
the first hit and to the end cold (a fresh browser context, loading the page included) and warm
(the next query on the open page). Beside it Pagefind and mkdocs-material's own search on the same
library, of a size that their builds and answers end within minutes with.
`bench_search.py SIZE PEERS` measures other sizes (PEERS 0: no peer).
"""

from __future__ import annotations

import functools
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean, median
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from search_peers import asked, peers
from synthetic import library

import checkout  # noqa: F401 (says where the content is)
from casebook.library.themes import item_themes
from casebook.model import ROLES, Case
from casebook.search import FOLDER, search_files
from casebook.vocabulary import load

SIZE, PEERS = 1000, 300
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COUNT = "document.querySelector('#cb-search-hits').dataset.count"
SHOWN = "Array.from(document.querySelectorAll('[data-case]'), (e) => e.dataset.case)"

KINDS: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]] = {
    "common": [("党建", ("党建",)), ("满意度", ("满意度",)), ("监督检查", ("监督检查",))],
    "exact rare": [("枫桥经验", ("枫桥经验",)), ("柳编产业", ("柳编产业",))],
    "one character": [("柳", ("柳",)), ("党", ("党",))],
    "mixed": [("5G+", ("5g+",)), ("wifi", ("wifi",)), ("GB/T 19001", ("gb/t", "19001"))],
    "partial": [("两张皮", ("两张皮",)), ("岗双责", ("岗双责",)), ("深度融合", ("深度融合",))],
    "traditional": [("黨建", ("党建",)), ("楓橋經驗", ("枫桥经验",)), ("業務融合", ("业务融合",))],
    "and": [("枫桥 满意度", ("枫桥", "满意度")), ("党建 驿站", ("党建", "驿站"))],
    "phrase": [('"家门口就业"', ("家门口就业",)), ('"同谋划、同部署"', ("同谋划、同部署",))],
    "heading": [("下一步建议", ("下一步建议",)), ("成因分析", ("成因分析",))],
    "pinyin": [("dangjian", ("党建",)), ("fengqiaojingyan", ("枫桥经验",))],
    "long question": [("怎么解决党建和业务工作两张皮问题", ("党建", "两张皮"))],
}  # fmt: skip
"""Queries and the texts that a relevant case holds, all of them."""


FIRST = """new MutationObserver(() => {
  const shown = document.querySelector("[data-case]");
  if (shown && !window.firstHit) window.firstHit = performance.now();
}).observe(document, {subtree: true, childList: true});"""

Asked = tuple[list[str], int, float, float, float, float]
"""Ids of the first ten cases, the count, kilobytes read, seconds to the first hit from the start of
loading the page, to all that there is, and to all that there is on the open page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine showed for a query, and what it took."""

    recall: float
    precision: float
    exact: bool
    kilobytes: float
    first: float
    cold: float
    warm: float


def relevant(texts: Mapping[str, str], needed: Sequence[str]) -> set[str]:
    """The cases that hold all texts."""
    return {case_id for case_id, text in texts.items() if all(each in text for each in needed)}


def text_of(case: Case) -> str:
    """Everything that a page of the case says in lower case."""
    parts = (f"{block.heading or ''}\n{block.text}" for block in case.blocks)
    return "\n".join((case.title, *parts)).lower()


def index_of(cases: Sequence[Case]) -> dict[str, bytes]:
    """The index with the themes of the vocabulary; prints what it took."""
    vocabulary = load()
    themes = {case.id: item_themes(case, vocabulary) for case in cases}
    before = time.perf_counter()
    files = search_files(cases, {role: role for role in ROLES}, themes)
    seconds = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    size = sum(map(len, files.values())) / 1e6
    print(
        f"casebook: index and texts {size:.1f} MB in {len(files)} files, {seconds:.1f} s, ", end=""
    )
    print(f"peak {peak:.2f} GB")
    return files


def site_with_index(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The project's own site with the index of the synthetic library in the place of its own."""
    site = folder / "casebook"
    command = [sys.executable, str(ROOT / "scripts" / "build_site.py"), "--out", str(site)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for path in (site / FOLDER).iterdir():
        path.unlink()
    for name, content in files.items():
        (site / name).write_bytes(content)
    return site


def timed(page: Page, act: Callable[[], object]) -> float:
    """Seconds until the page says that it is done."""
    start = time.perf_counter()
    act()
    page.wait_for_selector("#cb-search-hits[data-ready]", state="attached")
    return time.perf_counter() - start


def ask(browser: Browser, site: Path, query: str) -> Asked:
    """Ask the page cold from the folder, then once more warm, by way of another query."""
    context = browser.new_context()
    context.add_init_script(FIRST)
    page = context.new_page()
    read: list[str] = []
    page.on("request", lambda r: read.append(r.url) if FOLDER in r.url else None)
    start = (site / "search" / "index.html").as_uri()
    cold = timed(page, lambda: page.goto(f"{start}?q={quote(query)}"))
    size = sum((site / FOLDER / url.rsplit("/", 1)[1]).stat().st_size for url in read)
    shown, count = page.evaluate(SHOWN)[:10], int(page.evaluate(COUNT))
    first = page.evaluate("window.firstHit") or 0.0
    box = page.get_by_role("searchbox")
    timed(page, lambda: submit(box, "其他"))
    warm = timed(page, lambda: submit(box, query))
    context.close()
    return shown, count, size / 1000, first / 1000, cold, warm


def submit(box: Locator, query: str) -> None:
    """Type a query and press Enter."""
    box.fill(query)
    box.press("Enter")


def answer(asked: Asked, truth: set[str]) -> Answer:
    """An engine's answer beside the truth."""
    shown, count, kilobytes, first, cold, warm = asked
    good = len(truth.intersection(shown))
    recall, precision = good / min(10, len(truth)), good / len(shown) if shown else 0.0
    return Answer(recall, precision, count == len(truth), kilobytes, first, cold, warm)


def measure(name: str, texts: Mapping[str, str], ask: Callable[[str], Asked]) -> None:
    """Ask every query; print a row for each kind, and one for all."""
    columns = ("recall", "precision", "exact", "kB cold", "s first", "s cold", "s warm")
    print(f"{name:15}" + "".join(f"{column:>10}" for column in columns))
    answers: list[Answer] = []
    for kind, queries in KINDS.items():
        truths = [(query, relevant(texts, needed)) for query, needed in queries]
        found = [answer(ask(query), truth) for query, truth in truths if truth]
        row(kind, found)
        answers += found
    row("all", answers)
    print(f"kB cold: median {median(a.kilobytes for a in answers):.0f}, ", end="")
    print(f"most {max(a.kilobytes for a in answers):.0f}\n", flush=True)


def row(name: str, answers: Sequence[Answer]) -> None:
    """The means of answers."""
    columns = [[getattr(a, name) for a in answers] for name in Answer.__slots__]
    print(f"{name:15}" + "".join(f"{mean(column):10.2f}" for column in columns if column))


class Quiet(SimpleHTTPRequestHandler):
    """Prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a free port."""
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def compare(browser: Browser, size: int, beside: bool) -> None:
    """One library, asked through this project and, `beside`, through the peers."""
    cases = list(library(size))
    texts = {case.id: text_of(case) for case in cases}
    print(f"{size} cases, {sum(map(len, texts.values())) / max(1, size):.0f} characters each")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site = site_with_index(folder, index_of(cases))
        measure("casebook", texts, lambda query: ask(browser, site, query))
        if not beside:
            return
        (folder / "site").mkdir()
        with served(folder / "site") as address:
            for peer in peers(folder, cases, address):
                print(f"{peer.name}: index {peer.megabytes:.1f} MB, {peer.seconds:.1f} s")
                measure(peer.name, texts, functools.partial(asked, browser, peer))


def main(size: int = SIZE, peers_size: int = PEERS) -> None:
    """Both sizes in one browser."""
    with sync_playwright() as playwright:
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        if peers_size:
            compare(browser, peers_size, beside=True)
        if size:
            compare(browser, size, beside=False)
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
