"""Bytes to text: the encodings in which write-ups arrive, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook import reading
from casebook.model import UserError
from casebook.reading.encoding import decode

TEXT = "近年来，某区坚持党建引领，推动党建与业务工作深度融合，群众满意度提高15.4%。\n" * 3
TRADITIONAL = "近年來，某區堅持黨建引領，推動黨建與業務工作深度融合。\n" * 3


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("text", [TEXT, TEXT[:12]])
def test_text_survives_its_encoding(encoding: str, text: str) -> None:
    """Long and short texts come back as they were, without a byte order mark."""
    assert decode(text.encode(encoding)).text == text


def test_big5_is_told_from_gbk() -> None:
    """A traditional text in Big5 is not read as GBK."""
    assert decode(TRADITIONAL.encode("big5")).text == TRADITIONAL


def test_lines_of_two_encodings_are_each_read_rightly() -> None:
    """A file glued from UTF-8 and GBK lines."""
    lines = TEXT.splitlines(keepends=True)
    assert decode(lines[0].encode() + lines[1].encode("gbk")).text == lines[0] + lines[1]


def test_stray_bytes_are_replaced_and_counted() -> None:
    """A damaged UTF-8 file stays UTF-8; the loss is counted."""
    found = decode(TEXT.encode()[:100] + b"\xff" + TEXT.encode()[100:])
    assert found.replaced >= 1
    assert "推动党建与业务工作深度融合" in found.text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b""),
        ("a.txt", b" \n\t\n"),
        ("a.txt", bytes(range(256)) * 40),
        ("a.txt", b"PK\x03\x04" + bytes(200)),
        ("a.docx", "正文".encode()),
    ],
)
def test_unusable_files_are_refused_in_one_sentence(name: str, data: bytes) -> None:
    """Empty, binary and unknown files: a sentence, not a traceback and not rubbish."""
    with pytest.raises(UserError) as refusal:
        reading.read_bytes(data, name)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith("。")


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    """A path that is no file."""
    for path in (tmp_path, tmp_path / "没有.txt"):
        with pytest.raises(UserError):
            reading.read_document(path)


def test_documents_of_a_folder_are_found_in_order(tmp_path: Path) -> None:
    """Readable files only, sorted; hidden ones and steps files are passed over."""
    for name in ("b.txt", "a.md", ".hidden.txt", "a.md.steps.json", "c.docx"):
        (tmp_path / name).write_text("正文", encoding="utf-8")
    assert [path.name for path in reading.find_documents(tmp_path)] == ["a.md", "b.txt"]
