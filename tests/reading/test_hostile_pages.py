"""Pages, archives and Markdown made to do harm: one sentence or their text, at little cost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
READ_WITHIN_LIMITS = """
import importlib, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from casebook.model import UserError
module, name = sys.argv[2].split(":")
read = getattr(importlib.import_module(f"casebook.reading.{module}"), name)
try:
    lines = read(Path(sys.argv[1]).read_bytes()).lines
    print(len(lines), "lines", lines[-1].text[-9:])
except UserError as error:
    print(error)
"""
HTML, MHT, MD = "web.html_page:read_html", "web.mhtml:read_mhtml", "markdown_text:read_markdown"
TEXT = "<p>推动治理重心下移，成效明显。</p>"
HEAD = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"

HOSTILE: dict[str, tuple[str, Callable[[], str | bytes], str]] = {
    "200,000 blocks in each other": (HTML, lambda: "<div>" * 200_000 + TEXT, "太"),
    "3,000 blocks in each other": (HTML, lambda: "<div>" * 3_000 + TEXT, "嵌套太深"),
    "1,900 tables and fonts": (HTML, lambda: "<table><tr><td><font>" * 475 + TEXT, "成效明显"),
    "an attribute of 5 MB": (HTML, lambda: f"<p title='{'x' * 5_000_000}'>{TEXT}", "成效明显"),
    "an image of 30 MB": (
        HTML,
        lambda: f'<img src="data:image/png;base64,{"A" * 30_000_000}">{TEXT}',
        "成效明显",
    ),
    "a million tags": (HTML, lambda: "<b>x</b>" * 1_000_000, "太多"),
    "20 MB of text": (HTML, lambda: "<p>" + "文，" * 3_400_000, "太大"),
    "90,000 lines": (HTML, lambda: "<br>文。" * 90_000, "太多"),
    "spans without end": (
        HTML,
        lambda: "<table>" + "<tr><td colspan=999 rowspan=999>a<td>b" * 2_000 + "</table>" + TEXT,
        "成效明显",
    ),
    "blanks": (HTML, lambda: "<p>" + " \n\xa0" * 1_000_000 + "</p>" + TEXT, "成效明显"),
    "sheets": (HTML, lambda: "<style>" + "@media{a{" * 20_000 + "</style>" + TEXT, "成效明显"),
    "hidden blocks": (
        HTML,
        lambda: "<div style='display:none'>" * 1_500 + TEXT * 500,
        "成效明显",
    ),
    "null bytes": (HTML, lambda: b"<p>" + bytes(3_000_000), "不是文本"),
    "an unknown encoding": (HTML, lambda: "<meta charset=utf-99>" + TEXT, "成效明显"),
    "lost bytes": (HTML, lambda: (TEXT.encode("gbk")[:-7] + b"\xb3\xb3\n</p>") * 9_000, "lines"),
    "nested archives": (MHT, lambda: HEAD + HEAD.replace("MIME", "--x\nMIME") * 100_000, "不完整"),
    "empty parts": (MHT, lambda: HEAD + "--x\n\n" * 500_000, "不完整"),
    "stars": (MD, lambda: "# 题\n\n" + "文*字" * 300_000, "太大"),
    "nested quotations": (MD, lambda: "> " * 40_000 + "文", "lines"),
    "half tags": (MD, lambda: "- 文\n\n<div>\n" + "<" * 90_000, "lines"),
    "aliases": (
        MD,
        lambda: (
            "---\na0: &a0 [文]\n"
            + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 200))
            + "---\n# 题"
        ),
        "lines",
    ),
}


@pytest.mark.parametrize(("reader", "make", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_keeps_within_limits(
    reader: str, make: Callable[[], str | bytes], sentence: str, tmp_path: Path
) -> None:
    """In a process of its own, whose limits end it when they are passed."""
    pytest.importorskip("resource")
    data = make()
    path = tmp_path / "page"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    done = subprocess.run(
        [sys.executable, "-c", READ_WITHIN_LIMITS, path, reader],
        capture_output=True, check=False, encoding="utf-8",
        env={"PYTHONPATH": str(SCRIPTS), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stderr == ""
    assert sentence in done.stdout
    assert done.stdout.count("\n") == 1
