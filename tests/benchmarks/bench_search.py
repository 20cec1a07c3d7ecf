"""Search through the real page on a synthetic library (`make bench`): truth by scanning.

For each kind of query: recall and precision of the first ten cases, whether the count is exact,
kilobytes read cold, and seconds to the first hits cold (a fresh browser context) and warm (the next
query on the open page). `bench_search.py SIZE` measures another size.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from playwright.sync_api import Browser, Page, sync_playwright
from synthetic import library

from casebook.model import ROLES, Case
from casebook.search import FOLDER, search_files

SIZE = 1000
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page showed for a query, and what it took."""

    recall: float
    precision: float
    exact: bool
    kilobytes: float
    cold: float
    warm: float


def relevant(texts: Mapping[str, str], needed: Sequence[str]) -> set[str]:
    """The cases that hold all texts."""
    return {case_id for case_id, text in texts.items() if all(each in text for each in needed)}


def text_of(case: Case) -> str:
    """Everything that a page of the case says in lower case."""
    parts = (f"{block.heading or ''}\n{block.text}" for block in case.blocks)
    return "\n".join((case.title, *parts)).lower()


def site_with_index(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The project's own site with the index of the synthetic library in the place of its own."""
    site = folder / "site"
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


def answer(browser: Browser, site: Path, query: str, truth: set[str]) -> Answer:
    """Ask the page cold, then once more warm, by way of another query."""
    context = browser.new_context()
    page = context.new_page()
    read: list[str] = []
    page.on("request", lambda r: read.append(r.url) if FOLDER in r.url else None)
    start = (site / "search" / "index.html").as_uri()
    cold = timed(page, lambda: page.goto(f"{start}?q={quote(query)}"))
    size = sum((site / FOLDER / url.rsplit("/", 1)[1]).stat().st_size for url in read)
    shown = page.evaluate(SHOWN)[:10]
    count = int(page.evaluate(COUNT))
    timed(page, lambda: page.get_by_label("排序").select_option("date"))
    warm = timed(page, lambda: page.get_by_label("排序").select_option(""))
    context.close()
    good = len(truth.intersection(shown))
    wanted = min(10, len(truth))
    return Answer(good / wanted, good / len(shown), count == len(truth), size / 1000, cold, warm)


def measured(browser: Browser, site: Path, texts: Mapping[str, str]) -> Iterator[Answer]:
    """Answers to every query; prints a row for each kind."""
    columns = ("recall", "precision", "exact", "kB cold", "s cold", "s warm")
    print(f"{'kind':15}" + "".join(f"{column:>10}" for column in columns))
    for kind, queries in KINDS.items():
        truths = [(query, relevant(texts, needed)) for query, needed in queries]
        answers = [answer(browser, site, query, truth) for query, truth in truths if truth]
        for_all = [[getattr(a, name) for a in answers] for name in Answer.__slots__]
        print(f"{kind:15}" + "".join(f"{mean(column):10.2f}" for column in for_all))
        yield from answers


def main(size: int) -> None:
    """Build, ask, print."""
    cases = list(library(size))
    before = time.process_time()
    files = search_files(cases, {role: role for role in ROLES})
    seconds = time.process_time() - before
    characters = sum(len(text_of(case)) for case in cases)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    megabytes = sum(map(len, files.values())) / 1e6
    print(f"{size} cases, {characters / size:.0f} characters each; CPU s {seconds:.1f}, ", end="")
    print(f"index and texts {megabytes:.1f} MB in {len(files)} files, peak {peak:.2f} GB")
    texts = {case.id: text_of(case) for case in cases}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = site_with_index(Path(folder), files)
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        answers = list(measured(browser, site, texts))
        browser.close()
    print(f"recall {mean(a.recall for a in answers):.3f}  ", end="")
    print(f"precision {mean(a.precision for a in answers):.3f}  ", end="")
    print(f"kB cold: median {median(a.kilobytes for a in answers):.0f}, ", end="")
    print(f"most {max(a.kilobytes for a in answers):.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZE)
