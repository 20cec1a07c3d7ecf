"""Bytes to text: the encodings in which write-ups arrive, and what is refused."""

from __future__ import annotations

import hashlib
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


@pytest.mark.parametrize("control", "\x00\x01\x07\x0b\x0c\x13\x1b\x1f")
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_one_control_character_is_no_binary_file(control: str, encoding: str) -> None:
    """Marks of Word and a stray byte are read, for repair to remove."""
    text = f"一是压实责任。{control}二是强化督导。"
    assert decode(text.encode(encoding)).text == text


def test_cells_of_a_word_table_are_text() -> None:
    """A mark after each cell, two after a row."""
    text = "项目\x07数量\x07\x07走访\x0712户\x07\x07"
    assert decode(text.encode()).text == text


def without_a_byte(text: str, character: str, half: int) -> bytes:
    """The GBK bytes of a text whose first `character` lost its byte number `half`."""
    before, after = text.split(character, 1)
    code = character.encode("gbk")
    return before.encode("gbk") + code[:half] + code[half + 1 :] + after.encode("gbk")


LONG = "截至2023年底，全市建成社区服务站三百个，覆盖95%的居民，办理事项时间减少一半。"


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("character", "截底区三居办一。")
def test_all_but_a_lost_character_of_gbk_are_read(character: str, half: int) -> None:
    """At both ends, in the middle, before digits; `replaced` counts the gap."""
    found = decode(without_a_byte(LONG, character, half))
    assert (found.text, found.replaced) == (LONG.replace(character, "\ufffd", 1), 1)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_line_of_gbk_may_lose_a_byte(end: str) -> None:
    """Two lines with a loss, one whole between them."""
    data = end.encode().join(
        (without_a_byte(LONG, "建", 0), LONG.encode("gbk"), without_a_byte(LONG, "少", 1))
    )
    lost = LONG.replace("建", "\ufffd"), LONG, LONG.replace("少", "\ufffd")
    assert decode(data).text == end.join(lost)


def test_a_gap_that_ends_at_a_second_one_is_found() -> None:
    """Half characters between two gaps make an even number of bytes, so GBK has no error."""
    half = len(LONG) // 2
    data = without_a_byte(LONG[:half], "社", 1) + without_a_byte(LONG[half:], "居", 1)
    assert decode(data).text == LONG.replace("社", "\ufffd").replace("居", "\ufffd")


RARE = "喆璆堃赟翀燚，甪直、浬浦、氹仔、圳、茺；─│┌┐①②③αβγжшあいアイˉˇ¨〃々"


@pytest.mark.parametrize("text", [RARE, f"{RARE}\nabc{RARE}def", "啓發裏爲衆產綫峯羣牀"])
def test_rare_characters_of_gbk_are_no_gap(text: str) -> None:
    """Names, places, rules, foreign letters and variants of a whole file stay."""
    data = f"{LONG}\n{text}\n{LONG}".encode("gb18030")
    assert decode(data).text == f"{LONG}\n{text}\n{LONG}"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b""),
        ("a.txt", b" \n\t\n"),
        ("a.txt", bytes(range(256)) * 40),
        ("a.txt", b"PK\x03\x04" + bytes(200)),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + hashlib.shake_128(b"pixels").digest(5000)),
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
    for name in ("b.txt", "a.md", ".hidden.txt", "a.md.steps.json", "~$c.docx", "c.xls"):
        (tmp_path / name).write_text("正文", encoding="utf-8")
    assert [path.name for path in reading.find_documents(tmp_path)] == ["a.md", "b.txt"]
