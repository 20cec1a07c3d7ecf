"""Pagefind and mkdocs-material's own search on the pages of a library, in the same browser."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from casebook.library import casefile
from casebook.model import Case

CONFIG = """site_name: peer
theme: {name: material, language: zh, font: false}
plugins: [{search: {lang: [zh]}}]
not_in_nav: /cases/
nav: [index.md]
use_directory_urls: false
"""
PAGEFIND = """async (query) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = await pagefind.search(query);
  const shown = await Promise.all(found.results.slice(0, 10).map((each) => each.data()));
  return {count: found.results.length, urls: shown.map((each) => each.url)};
}"""
BLANK = "blank.html"
"""A page without the theme, whose scripts would read their own index."""

RESULTS = ".md-search-result__item > .md-search-result__link"
MATERIAL = f"""() => {{
  const links = Array.from(document.querySelectorAll("{RESULTS}"), (each) => each.href);
  const meta = document.querySelector(".md-search-result__meta").textContent;
  return {{count: Number((meta.match(/[0-9]+/) || [0])[0]), urls: links.slice(0, 10)}};
}}"""
DONE = """() => {
  const meta = document.querySelector(".md-search-result__meta");
  return meta && /符合条件的结果/.test(meta.textContent);
}"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A site that a peer searches: its address, what building its index took, how to ask it.

    Only what it reads from the folder `index` counts.
    """

    name: str
    index: str
    address: str
    folder: Path
    megabytes: float
    seconds: float
    ask: Callable[[Page, str, str], dict[str, Any]]


def build_pages(folder: Path, cases: list[Case]) -> float:
    """The site of the theme with its own search in Chinese; seconds."""
    pages = folder / "docs" / "cases"
    pages.mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# 首页\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for case in cases:
        (pages / f"{case.id}.md").write_text(casefile.dump(case), encoding="utf-8")
    return _run([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)


def peers(folder: Path, cases: list[Case], address: str) -> list[Peer]:
    """Both peers on the same pages; `address` serves `folder`/site."""
    seconds = build_pages(folder, cases)
    site = folder / "site"
    index = (site / "search" / "search_index.json").stat().st_size / 1e6
    options = ["--site", str(site), "--force-language", "zh"]
    pagefind = _run([sys.executable, "-m", "pagefind", *options], folder)
    (site / BLANK).write_text("<!doctype html><title>查找</title>", encoding="utf-8")
    size = sum(path.stat().st_size for path in (site / "pagefind").rglob("*") if path.is_file())
    return [
        Peer("material", "search/", address, site, index, seconds, _ask_material),
        Peer("pagefind", "pagefind/", address, site, size / 1e6, pagefind, _ask_pagefind),
    ]


def _run(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def _ask_pagefind(page: Page, address: str, query: str) -> dict[str, Any]:
    if not page.url.startswith(address):
        page.goto(address + BLANK)
    answer: dict[str, Any] = page.evaluate(PAGEFIND, query)
    return answer


def _ask_material(page: Page, address: str, query: str) -> dict[str, Any]:
    if page.url.startswith(address):
        page.evaluate("document.querySelector('.md-search-result__meta').textContent = ''")
        page.locator(".md-search__input").first.fill(query)
        page.keyboard.press("End")  # the theme listens to keys
    else:
        page.goto(f"{address}404.html?q={quote(query)}")
    page.wait_for_function(DONE, timeout=120_000)
    page.wait_for_timeout(50)  # the list is drawn after the message
    answer: dict[str, Any] = page.evaluate(MATERIAL)
    return answer


def asked(
    browser: Browser, peer: Peer, query: str
) -> tuple[list[str], int, float, float, float, float]:
    """Ids of the first ten hits, the count, kilobytes of the index read; seconds cold, twice, as
    the peers show all at once, and warm."""
    context = browser.new_context()
    page = context.new_page()
    read: list[int] = []
    page.on("response", lambda r: read.append(_size(peer, r.url)))
    start = time.perf_counter()
    answer = peer.ask(page, peer.address, query)
    cold = time.perf_counter() - start
    size = sum(read)
    peer.ask(page, peer.address, "其他")
    start = time.perf_counter()
    peer.ask(page, peer.address, query)
    warm = time.perf_counter() - start
    context.close()
    ids = [url.split("?")[0].split("#")[0].rsplit("/", 1)[1][:-5] for url in answer["urls"]]
    return list(dict.fromkeys(ids)), answer["count"], size / 1000, cold, cold, warm


def _size(peer: Peer, url: str) -> int:
    """Bytes of a file that only searching reads."""
    path = url.removeprefix(peer.address).split("?")[0]
    return (peer.folder / path).stat().st_size if path.startswith(peer.index) else 0
