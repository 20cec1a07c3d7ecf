"""Speed of repair beside ftfy and OpenCC on the same text in the same run (`make bench`)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

import ftfy
from opencc import OpenCC

import checkout  # noqa: F401 (says where the content is)
from frozen import SAMPLE
from plain import repair

RUNS = 5


def seconds(work: Callable[[str], object], text: str) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work(text)
    return time.perf_counter() - start


def main() -> None:
    """Print megabytes a second of each tool, the tools in turn, medians of RUNS."""
    damaged = SAMPLE.read_text(encoding="utf-8")
    texts = {"clean": repair(damaged).text * 20, "damaged": damaged * 4}
    convert = OpenCC("tw2s").convert
    tools: dict[str, Callable[[str], object]] = {
        "repair": repair,
        "ftfy.fix_text": ftfy.fix_text,
        "opencc tw2s": convert,
    }
    print(f"{'text':10}{'MB':>8}  " + "".join(f"{name:>16}" for name in tools) + "   (MB/s)")
    for name, text in texts.items():
        size = len(text.encode()) / 1e6
        times: dict[str, list[float]] = {tool: [] for tool in tools}
        for _ in range(RUNS):
            for tool, work in tools.items():
                times[tool].append(seconds(work, text))
        speeds = "".join(f"{size / median(each):16.2f}" for each in times.values())
        print(f"{name:10}{size:8.2f}  {speeds}")


if __name__ == "__main__":
    main()
