"""Building the site: time and memory per case, beside mkdocs-material on the same Markdown.

The peer is what users configure: its own search with Chinese, every case in nav. Sizes are those
that end within minutes; the cost of the peer grows with the square of the number of cases.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from casebook import casefile
from casebook.library import load_library

SIZES, PEER_SIZES = (100, 1000), (100,)
PEER = """site_name: peer
theme: {name: material, language: zh, font: false}
plugins: [{search: {lang: [zh]}}]
docs_dir: docs
"""


def write_cases(folder: Path, count: int) -> None:
    """Distinct cases made from those of this checkout: own ids, titles and texts."""
    folder.mkdir(parents=True)
    originals = load_library().cases
    for number in range(count):
        case = originals[number % len(originals)]
        blocks = [replace(b, text=b.text and f"{b.text}（{number}）") for b in case.blocks]
        made = replace(case, id=f"case-{number:05}", title=f"{case.title}（{number}）")
        made = replace(made, blocks=tuple(blocks), sources=(), variants=())
        (folder / f"{made.id}.md").write_text(casefile.dump(made), encoding="utf-8")


def timed(command: list[str], cwd: Path) -> tuple[float, float]:
    """Seconds of a command, and the peak memory in MB of all commands so far."""
    started = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.perf_counter() - started, peak


def main() -> None:
    """Print one line for each size and builder."""
    print(f"{'builder':18}{'cases':>7}{'seconds':>10}{'ms/case':>9}{'peak MB':>9}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write_cases(folder / "docs", size)
            script = str(ROOT / "scripts" / "build_site.py")
            build = [sys.executable, script, "--cases", "docs", "--out", str(folder / "site")]
            report("casebook", size, *timed(build, folder))
            if size in PEER_SIZES:
                (folder / "mkdocs.yml").write_text(PEER, encoding="utf-8")
                peer = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder / "peer")]
                report("mkdocs-material", size, *timed(peer, folder))


def report(name: str, size: int, seconds: float, peak: float) -> None:
    """One line of the table."""
    print(f"{name:18}{size:7}{seconds:10.1f}{1000 * seconds / size:9.1f}{peak:9.0f}", flush=True)


if __name__ == "__main__":
    main()
