"""What the product says today, as a folder of files: two snapshots are compared with `diff -r`.

    .venv/bin/python tests/snapshot.py FOLDER

For changes that must change nothing. It runs the five commands on the frozen library and on the
golden files, and asks the built site some 200 queries in Chromium, so it knows no module by name.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import sync_playwright

from frozen import LIBRARY, SAMPLE

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"

QUERIES = """
考核与业务脱节 两张皮 党建 “两张皮” 责任落实 -党建 考核 清单 机关党建 dangjian yinfa kaohe 兩張皮
責任 黨建 98% 2023 zzzz 没有这个词 党 建 “党建业务” 培训 经验 问题 成因 机制 年 党建+考核 考核+-党建
机关+责任+落实 "机关党建" dang+jian a ，
"""
"""As typed into the address: + is a space."""


def main(folder: Path) -> None:
    """Write a snapshot into a new folder."""
    folder.mkdir(parents=True)
    for name, content in chain(repaired(), imported(), duplicates(), site()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def run(command: str, *arguments: str | Path, text: str = "") -> str:
    """What a command prints, or the sentence with which it refuses."""
    call = [sys.executable, ROOT / "scripts" / f"{command}.py", *arguments]
    done = subprocess.run(call, input=text, capture_output=True, encoding="utf-8", cwd=ROOT)
    return done.stdout if done.returncode < 2 else done.stderr


def repaired() -> Iterator[tuple[str, str]]:
    """Texts, steps and flags of the sources and of every text of the golden files."""
    for path in (SAMPLE, *sorted((DATA / "structure").glob("*.txt"))):
        yield f"repair/{path.stem}.json", run("repair_text", path, "--format", "json")
    for path in sorted((DATA / "repair").glob("*.yml")):
        texts = sorted(set(strings(yaml.safe_load(path.read_text(encoding="utf-8")))))
        joined = "\n\n".join(texts)
        yield f"repair/{path.stem}.json", run("repair_text", "--format", "json", text=joined)


def strings(value: Any) -> Iterator[str]:
    """All strings within lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def imported() -> Iterator[tuple[str, str]]:
    """What import says of each source and golden text, and the files that it writes."""
    paths = [SAMPLE, *sorted((DATA / "structure").glob("*.txt"))]
    with tempfile.TemporaryDirectory() as scratch:
        for path in paths:
            name = path.stem
            out = Path(scratch) / name
            dry = ("--out", out, "--dry-run", "--explain", "--format", "json")
            yield f"import/{name}.json", run("import_cases", path, *dry).replace(str(ROOT), "")
            run("import_cases", path, "--out", out)
            for made in sorted(p for p in out.rglob("*") if p.is_file()):
                text = made.read_text(encoding="utf-8", errors="replace")
                yield f"cases/{made.relative_to(scratch)}", text


def duplicates() -> Iterator[tuple[str, str]]:
    """Pairs and clusters of the library and of the sources' parts, and the checks' findings."""
    both = (LIBRARY, LIBRARY / "variants", SAMPLE, DATA / "structure")
    for form in ("json", "markdown", "text"):
        said = run("find_duplicates", *both, "--format", form)
        yield f"duplicates.{form}", said.replace(str(ROOT), "")
    yield "findings.json", run("check_cases", LIBRARY, "--format", "json")
    yield "rules.txt", run("check_cases", "--list-rules")
    yield "themes.txt", run("check_cases", LIBRARY, "--explain-themes")


def site() -> Iterator[tuple[str, str]]:
    """Every page's text, links and data, the other files' names, and answers to queries."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "site"
        run("build_site", "--cases", LIBRARY, "--out", folder)
        files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
        yield "site/files.txt", "\n".join(f for f in files if not f.startswith("search/data/"))
        for path in sorted(folder.rglob("*.html")):
            page = PageParts()
            page.feed(path.read_text(encoding="utf-8"))
            name = path.relative_to(folder).as_posix().replace("/", "--")
            yield f"site/{name}.txt", "\n".join(page.parts)
        yield "answers.json", json.dumps(answers(folder), ensure_ascii=False, indent=1)


class PageParts(HTMLParser):
    """The text of a page without scripts, its links, anchors and data, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes that lead somewhere or carry data."""
        self._inside = tag
        if tag not in ("script", "link"):
            shown = [(n, v) for n, v in attrs if n in ("href", "id") or n.startswith("data-")]
            self.parts += [f"<{tag} {name}={value}>" for name, value in shown]

    def handle_endtag(self, tag: str) -> None:
        """What follows a script is text again."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self._inside not in ("script", "style") and data.strip():
            self.parts.append(data.strip())


def queries() -> list[str]:
    """Addresses of the search page: words as typed, pieces of the texts, facets and orders."""
    text = re.sub(r"[^\u4e00-\u9fff]+", "", (LIBRARY / f"{cases()[0]}.md").read_text("utf-8"))
    pieces = [text[at : at + 2 + at % 5] for at in range(0, len(text), max(1, len(text) // 110))]
    two = [f"{a} {b}" for a, b in zip(pieces[::3], pieces[1::3], strict=False)]
    asked = [f"q={query}" for query in ("", *QUERIES.split(), *pieces, *two)]
    roles = [f"q=党建&role={role}" for role in ("problem", "cause", "practice", "suggestion")]
    orders = [f"q={query}&sort=date" for query in ("党建", "机关", "考核")]
    facets = ["role=practice", "theme=考核评价", "year=2023", "kind=工作建议", "region=XX市"]
    return [*asked, *roles, *orders, *facets, "q=党建&role=cause&role=problem&theme=思想认识"]


def cases() -> list[str]:
    """Ids of the library's cases."""
    return sorted(path.stem for path in LIBRARY.glob("*.md"))


def answers(folder: Path) -> dict[str, Any]:
    """The hits of each query in their order, with the number of cases and what is said."""
    found: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium())
        page = browser.new_page()
        for query in queries():
            page.goto(f"{(folder / 'search' / 'index.html').as_uri()}?{query}")
            page.wait_for_selector("[data-ready]", state="attached")
            found[query] = page.evaluate(_HITS)
        browser.close()
    return found


_HITS = """() => ({
  count: document.querySelector("[data-count]")?.dataset.count,
  hits: [...document.querySelectorAll("[data-case]")].map((hit) => [hit.dataset.case,
    ...[...hit.querySelectorAll("[data-item]")].map((item) => item.dataset.item), hit.innerText]),
  page: document.querySelector("main, article").innerText,
})"""


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
