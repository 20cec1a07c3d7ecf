"""Word files made to do harm: one sentence each, at little cost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from docx_builder import MAIN, par, parts_of, root, run, zipped

SCRIPTS = Path(__file__).parents[2] / "scripts"
READ_WITHIN_LIMITS = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from casebook.model import UserError
from casebook.reading.word.docx import read_docx
try:
    print(len(read_docx(Path(sys.argv[1]).read_bytes()).lines), "lines")
except UserError as error:
    print(error)
"""
"""Reads a file in 300 MB; ten times the two seconds that a reader has, for a slow machine."""


def document(body: str, before: str = "") -> bytes:
    """A file with that body, whatever it is; `before` stands in front of the root."""
    content = before + root("document", f"<w:body>{body}</w:body>")
    return zipped({**parts_of(), MAIN: content})


def laughs(depth: int, width: int) -> str:
    """Entities that stand for each other, so many times on each of so many levels."""
    names = [f"e{level}" for level in range(depth)]
    uses = ["ha", *(f"&{name};" * width for name in names)]
    entities = "".join(f'<!ENTITY {name} "{use}">' for name, use in zip(names, uses, strict=False))
    return f"<!DOCTYPE w:document [{entities}]>"


def stored(body: str) -> bytes:
    """A file that is not packed, so that no ratio gives it away."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        archive.writestr(MAIN, root("document", f"<w:body>{body}</w:body>"))
    return target.getvalue()


def with_smaller_size(data: bytes) -> bytes:
    """The archive with a list that says one byte for each entry."""
    start = data.index(b"PK\x01\x02")
    with ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            data = data[:start] + data[start:].replace(
                entry.file_size.to_bytes(4, "little"), (1).to_bytes(4, "little")
            )
    return data


def with_password(data: bytes) -> bytes:
    """The archive with the mark of encryption on each entry."""
    start = data.index(b"PK\x01\x02")
    return data[:start] + data[start:].replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: document(run("a" * 9_000_000)), "压缩炸弹"),
    "large in sum": (
        lambda: zipped({f"{n}.bmp": bytes(27 * 2**20) for n in range(4)}), "100 MB"
    ),
    "many entries": (lambda: zipped(dict.fromkeys(map(str, range(2_001)), "")), "2000"),
    "an endless list of entries": (
        lambda: zipped({f"{n:0255}": "" for n in range(4_000)}), "太多"
    ),
    "sizes that lie": (lambda: with_smaller_size(document(par("甲"))), "损坏"),
    "encrypted entries": (lambda: with_password(document(par("甲"))), "密码"),
    "billion laughs": (lambda: document("&e9;", laughs(10, 10)), "DTD"),
    "quadratic entities": (lambda: document("&e1;" * 10_000, laughs(2, 10_000)), "DTD"),
    "external entity": (
        lambda: document("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "DTD",
    ),
    "20,000 levels": (lambda: document("<w:x>" * 20_000 + "</w:x>" * 20_000), "250 层"),
    "no XML": (lambda: zipped({MAIN: b"\x00\x01\x02"}), "损坏"),
    "an XML of 30 MB": (lambda: stored(par("甲") * 700_000), "太大"),
    "a million tags": (lambda: stored("<w:p/>" * 1_300_000), "太大"),
    "endless paragraphs": (lambda: stored("<w:p/>" * 60_000), "50000"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_within_limits(
    make: Callable[[], bytes], sentence: str, tmp_path: Path
) -> None:
    """In a process of its own, whose limits end it when they are passed."""
    pytest.importorskip("resource")
    assert sentence in _read_within_limits(make(), tmp_path)


BORDERS: dict[str, Callable[[], bytes]] = {
    "a large white picture": lambda: zipped(
        {**parts_of(par("甲")), "word/media/a.bmp": bytes(9 * 2**20)}
    ),
    "240 nested controls": lambda: document("<w:sdt>" * 240 + par("甲") + "</w:sdt>" * 240),
    "80 nested tables": lambda: document(
        "<w:tbl><w:tr><w:tc>" * 80 + par("甲") + "</w:tc></w:tr></w:tbl>" * 80
    ),
    "ten thousand cells in a row": lambda: stored(
        f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 10_000}</w:tr>"
        f"{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * 5_000}</w:tbl>"
    ),
    "deleted ends of paragraphs": lambda: stored(par("甲", mark="<w:del/>") * 40_000),
    "fields within fields": lambda: stored(
        "<w:p>"
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 30_000
        + run("甲") * 30_000
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 30_000
        + "</w:p>"
    ),
    "tabs before a break": lambda: stored(f"<w:p><w:r>{'<w:tab/>' * 99_999}<w:br/></w:r></w:p>"),
}


@pytest.mark.parametrize("make", BORDERS.values(), ids=BORDERS)
def test_an_odd_file_is_read_within_limits(make: Callable[[], bytes], tmp_path: Path) -> None:
    """What keeps every limit is read, whatever its shape."""
    pytest.importorskip("resource")
    assert "lines" in _read_within_limits(make(), tmp_path)


def _read_within_limits(data: bytes, folder: Path) -> str:
    path = folder / "a.docx"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", READ_WITHIN_LIMITS, path],
        capture_output=True, check=False, encoding="utf-8",
        env={"PYTHONPATH": str(SCRIPTS), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout
