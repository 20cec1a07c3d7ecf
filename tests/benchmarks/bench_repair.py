"""Speed of repair beside ftfy and OpenCC on the same text in the same run (`make bench`).

Clean text of several genres, the sample, and damage with and without lost bytes; folders of .txt
files may be given, one genre in each. Times are those of the CPU.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / each) for each in ("scripts", "tests", "tests/repair")]

import damage
import ftfy
from bench_clean_text import genres
from opencc import OpenCC

import checkout  # noqa: F401 (says where the content is)
from frozen import SAMPLE
from plain import repair

RUNS = 3

CLEAN_CHARACTERS, DAMAGED_CHARACTERS, LOSSY_CHARACTERS = 100_000, 10_000, 2_000
"""How much of a clean text is timed, and of one that is damaged: what must be searched is slow."""


def seconds(work: Callable[[str], object], text: str) -> float:
    """CPU time of one call."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


def texts(folders: list[Path]) -> dict[str, str]:
    """Clean and damaged texts by name."""
    sample = SAMPLE.read_text(encoding="utf-8")
    clean = repair(sample).text
    found = {"sample, repaired": clean * 20, "sample": sample * 4}
    for name, parts in genres(folders, packages=True):
        found[name] = "\n".join(parts)[:CLEAN_CHARACTERS]
    for kind in (damage.utf8_as_latin1, damage.utf8_as_gb18030, damage.gbk_as_latin1):
        found[kind.__name__] = kind(clean[:DAMAGED_CHARACTERS])
    for kind in (damage.utf8_as_gbk, damage.utf8_as_gbk_vanished, damage.utf8_as_cp1252):
        found[kind.__name__] = kind(clean[:LOSSY_CHARACTERS])
    return found


def main() -> None:
    """Print megabytes a second of each tool, the tools in turn, medians of RUNS."""
    convert = OpenCC("tw2s").convert
    tools: dict[str, Callable[[str], object]] = {
        "repair": repair,
        "ftfy.fix_text": ftfy.fix_text,
        "opencc tw2s": convert,
    }
    print(f"{'text':22}{'MB':>8}  " + "".join(f"{name:>16}" for name in tools) + "   (MB/s)")
    for name, text in texts([Path(folder) for folder in sys.argv[1:]]).items():
        size = len(text.encode()) / 1e6
        times: dict[str, list[float]] = {tool: [] for tool in tools}
        for _ in range(RUNS):
            for tool, work in tools.items():
                times[tool].append(seconds(work, text))
        speeds = "".join(f"{size / max(median(each), 1e-6):16.3f}" for each in times.values())
        print(f"{name:22}{size:8.2f}  {speeds}", flush=True)


if __name__ == "__main__":
    main()
