"""Readers beside markitdown on the same files in the same run (`make bench`).

Reading alone, without repair and structure: a process for each file and tool, with its start.
Goals: at most a fifth of markitdown's CPU time, a peak of at most 100 MB. Files may be given;
without any, made documents of PAGES pages are read. `--peer PYTHON` runs markitdown elsewhere.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / each) for each in ("scripts", "tests", "tests/reading")]

from docx_builder import abstract, docx, level, num, par, row, run, style, table
from made_pdf import make_pdf_file

RUNS = 5
PAGES, PARAGRAPHS, CHARACTERS = 40, 7, 90
"""Pages of a made document, paragraphs on a page, characters of a paragraph: 600 on a page."""

START = f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); "
READERS = {
    ".docx": START + "from casebook.reading.word.docx import read_docx as read",
    ".pdf": START + "from casebook.reading.pdf.pdf_reader import read_pdf as read",
}
"""What it takes to have the reader of a form at hand, by the ending of file names."""

USE = """
with open(sys.argv[1], "rb") as file:
    read(file.read())
"""
PEER = """
import sys
from markitdown import MarkItDown
MarkItDown().convert(sys.argv[1])
"""
COST = """
import resource
from pathlib import Path
used = resource.getrusage(resource.RUSAGE_SELF)
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
peak = next((line.split()[1] for line in lines if line.startswith("VmHWM")), used.ru_maxrss)
print(used.ru_utime + used.ru_stime, peak)
"""
"""Prints CPU seconds and peak KiB of the process, of this program alone where the system knows."""


def make_docx() -> bytes:
    """A Word file with numbered headings, runs as Word writes them, and a table every ten pages."""
    look = '<w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋"/><w:sz w:val="32"/>'
    third = "".join(chr(0x4E00 + place * 37 % 5000) for place in range(CHARACTERS // 3))
    page = [par(*(run(third, look) for _ in range(3))) for _ in range(PARAGRAPHS)]
    figures = table(*(row("走访", "农户", "12") for _ in range(20)))
    body: list[str] = []
    for number in range(PAGES):
        body += [par(run("加强领导", look), style="1", num=(1, 0)), *page]
        body += [figures] if number % 10 == 0 else []
    return docx(
        *body,
        numbering=(abstract(1, level(0, "chineseCounting", "%1、")), num(1, 1)),
        styles=(style("1", "heading 1", '<w:outlineLvl w:val="0"/>'),),
    )


MADE: dict[str, Callable[[], bytes]] = {"made.docx": make_docx, "made.pdf": make_pdf_file}


def measure(python: str, program: str, path: Path) -> tuple[float, float]:
    """CPU seconds and peak MB of a program that reads a file. Raises CalledProcessError."""
    done = subprocess.run(
        [python, "-c", program + COST, path],
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), int(peak) / 1024


def compare(path: Path, peer: str) -> str:
    """A row of the table: medians of this reader and of markitdown, in turn."""
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    for _ in range(RUNS):
        ours.append(measure(sys.executable, READERS[path.suffix.lower()] + USE, path))
        theirs.append(measure(peer, PEER, path))
    own, other = (median(seconds for seconds, _ in each) for each in (ours, theirs))
    peaks = [max(peak for _, peak in each) for each in (ours, theirs)]
    return (
        f"{path.name:24}{own:8.2f}{other:12.2f}{own / other:8.2f}"
        f"{peaks[0]:12.0f}{peaks[1]:12.0f}{PAGES / own if path.name in MADE else 0:12.0f}"
    )


def files(given: list[Path], folder: Path) -> Iterator[Path]:
    """The files given, else those made here."""
    yield from (path for path in given if path.suffix.lower() in READERS)
    for name, make in {} if given else MADE.items():
        (folder / name).write_bytes(make())
        yield folder / name


def main() -> None:
    """Print a row for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    heads = {
        "CPU s": 8,
        "markitdown": 12,
        "ratio": 8,
        "peak MB": 12,
        " markitdown": 12,
        "pages/s": 12,
    }
    print(f"{'file':24}" + "".join(f"{name:>{width}}" for name, width in heads.items()))
    with TemporaryDirectory() as folder:
        for path in files(arguments.files, Path(folder)):
            print(compare(path, arguments.peer), flush=True)


if __name__ == "__main__":
    main()
