"""Building the site (`make bench`): beside mkdocs-material and Hugo on the same Markdown.

mkdocs-material stands as users configure it: its search with Chinese words by jieba, every case in
nav; its cost grows with the square of the number of cases, so that it is built at the sizes that
end within ten minutes. Hugo renders a template of a few lines and no search, which makes it a
floor and not a peer. A second line of ours is the build after one case was changed. Peak memory is
that of the largest process. `bench_site.py SIZE…` measures other sizes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from synthetic import library

import checkout  # noqa: F401 (says where the content is)
from casebook.library import casefile

SIZES = (100, 1000, 10_000)
PEER_MOST = 1000
PEER = """site_name: peer
theme: {name: material, language: zh, font: false}
plugins: [{search: {lang: [zh]}}]
docs_dir: ../cases
"""
HUGO_CONFIG = """title = "peer"
contentDir = "../cases"
disableKinds = ["taxonomy", "term"]
[frontmatter]  # it refuses dates without a day
date = ["made"]
lastmod = ["made"]
publishDate = ["made"]
"""
HUGO = {
    "hugo.toml": HUGO_CONFIG,
    "layouts/_default/single.html": "<h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}",
    "layouts/_default/list.html": "{{ range .Pages }}{{ .Title }} {{ .Permalink }}{{ end }}",
}
HEAD = "builder                 cases  seconds   CPU s  ms/case  peak MB  site MB"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, CPU seconds of all processes, MB of the largest one."""

    seconds: float
    cpu: float
    peak: float


def write_cases(folder: Path, count: int) -> None:
    """The library of a size."""
    folder.mkdir(parents=True)
    for case in library(count):
        (folder / f"{case.id}.md").write_text(casefile.dump(case), encoding="utf-8")


def measured(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command. Raises CalledProcessError when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, env=os.environ | environment, stdout=-3) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - started
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def size_of(folder: Path) -> float:
    """Megabytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def report(name: str, cases: int, cost: Cost, site: Path) -> None:
    """One line of the table."""
    print(
        f"{name:22}{cases:7}{cost.seconds:9.1f}{cost.cpu:8.1f}{1000 * cost.cpu / cases:9.1f}"
        f"{cost.peak:9.0f}{size_of(site):9.1f}",
        flush=True,
    )


def ours(folder: Path, size: int) -> Cost:
    """The first build, and the one after a case was changed."""
    script = str(ROOT / "scripts" / "build_site.py")
    command = [sys.executable, script, "--cases", "cases", "--out", str(folder / "site")]
    kept = {"CASEBOOK_CACHE": str(folder / "kept")}
    first = measured(command, folder, kept)
    report("casebook", size, first, folder / "site")
    changed = folder / "cases" / "case-7.md"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n又补了一句。\n", encoding="utf-8")
    report("  one case changed", size, measured(command, folder, kept), folder / "site")
    return first


def peer(folder: Path, size: int, first: Cost) -> None:
    """mkdocs-material, and how much longer it takes."""
    own = folder / "material"
    own.mkdir()
    (own / "mkdocs.yml").write_text(PEER, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "site"]
    cost = measured(command, own, {"NO_MKDOCS_2_WARNING": "1"})
    report("mkdocs-material", size, cost, own / "site")
    ratios = (
        f"{cost.seconds / first.seconds:.1f} x the seconds, {cost.cpu / first.cpu:.1f} x the CPU"
    )
    print(f"{'':22}{ratios} of casebook", flush=True)


def floor(folder: Path, size: int) -> None:
    """Hugo, where it is installed."""
    hugo = shutil.which(
        "hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if hugo is None:
        print(f"{'hugo':22}{size:7}  not installed (requirements-bench.txt)", flush=True)
        return
    own = folder / "hugo"
    for name, text in HUGO.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, encoding="utf-8")
    cost = measured([hugo, "--quiet", "-d", "site"], own, {})
    report("hugo (no search)", size, cost, own / "site")


def main(sizes: Sequence[int]) -> None:
    """Print the table, and how the cost of a case grows."""
    print(HEAD)
    per_case = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write_cases(folder / "cases", size)
            first = ours(folder, size)
            per_case[size] = first.cpu / size
            if size <= PEER_MOST:
                peer(folder, size, first)
            floor(folder, size)
    if len(sizes) > 1:
        grown = per_case[sizes[-1]] / per_case[sizes[-2]]
        print(f"casebook, CPU per case: {sizes[-1]} cost {grown:.2f} times what {sizes[-2]} cost")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
