"""Scanned PDF files: lines that were seen become paragraphs, and a person is asked to compare."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from casebook.model import UserError
from casebook.reading import read_document
from casebook.reading.forms import ReadForm, UnreadTextError
from casebook.reading.in_child import load_form
from casebook.reading.pdf import pdf_any, pdf_ocr
from casebook.reading.pdf.pdf_ocr import make_runs, read_pdf_by_ocr, straighten
from casebook.reading.pdf.pdf_trust import untrue_pages
from pdf_scans import LONG, scan, scan_among_text

DOTS = pdf_ocr.RESOLUTION / 72


def seen(rows: list[tuple[str, float, float, float]]) -> Any:
    """What the recognizer says: texts with their left edge, top and confidence, of 16 points."""
    boxes, texts, scores = [], [], []
    for text, left, top, score in rows:
        right, bottom = left + 16 * len(text), top + 18
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        boxes.append([(x * DOTS, y * DOTS) for x, y in corners])
        texts.append(text)
        scores.append(score)
    return SimpleNamespace(boxes=SimpleNamespace(tolist=lambda: boxes), txts=texts, scores=scores)


@pytest.fixture
def recognizer(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A recognizer that says what the test puts here, a page at a time."""
    said: list[Any] = []
    monkeypatch.setattr(pdf_ocr, "_draw", lambda *_: None)
    monkeypatch.setattr(pdf_ocr, "_engine", lambda: lambda picture: said.pop(0))
    return said


FIRST = "某区行政审批局把二十二个窗口合成一个综合窗口群众"
SECOND = "只交一次材料。"


def test_lines_of_a_picture_become_paragraphs(recognizer: list[Any]) -> None:
    """Two lines of one paragraph, one of another; each says that it was recognized, how surely."""
    rows = [(FIRST, 122.0, 100.0, 0.98), (FIRST, 90.0, 128.0, 0.8), (SECOND, 90.0, 156.0, 0.99)]
    recognizer.append(seen([*rows, (FIRST[:20] + "。", 122.0, 184.0, 0.97)]))
    form = read_pdf_by_ocr(scan())
    assert [line.text for line in form.lines] == [FIRST + FIRST + SECOND, FIRST[:20] + "。"]
    assert [(line.facts.origin, line.facts.confidence) for line in form.lines] == [
        ("ocr", 0.8), ("ocr", 0.97),
    ]  # fmt: skip


def test_what_was_recognized_is_named(recognizer: list[Any]) -> None:
    """The pages, and the paragraphs that a person compares first."""
    rows = [(FIRST + "。", 122.0, 100.0, 0.7), (FIRST + "。", 122.0, 128.0, 0.99)]
    recognizer.append(seen(rows))
    remarks = {remark.rule: remark.message for remark in read_pdf_by_ocr(scan()).remarks}
    assert "第 1 页" in remarks["text-recognized"]
    assert "第 1 页第 1 段共 1 段" in remarks["text-doubtful"]


def test_only_pages_without_text_are_recognized(recognizer: list[Any]) -> None:
    """The third page of three is a picture."""
    recognizer.append(seen([(FIRST + "。", 122.0, 100.0, 0.99)]))
    form = read_pdf_by_ocr(scan_among_text())
    assert {line.facts.page for line in form.lines if line.facts.origin == "ocr"} == {3}
    assert form.lines[0].text.startswith(LONG[:20])


def test_a_picture_without_text_is_refused(recognizer: list[Any]) -> None:
    """A photograph of a wall."""
    recognizer.append(SimpleNamespace(boxes=None, txts=None, scores=None))
    with pytest.raises(UserError, match="认不出文字"):
        read_pdf_by_ocr(scan())


def test_a_page_that_lay_aslant_is_straightened() -> None:
    """Lines that rise by one in a hundred, as their boxes do."""
    aslant = [[(0.0, y), (300.0, y + 3), (300.0, y + 21), (0.0, y + 18)] for y in (10.0, 40.0)]
    for left, right, *_ in straighten(aslant):
        assert abs(left[1] - right[1]) < 0.1


def test_a_line_of_few_characters_has_the_usual_size() -> None:
    """The recognizer draws boxes of short lines too large; a long title keeps its size."""
    boxes = [[(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)] for w, h in ((220, 26), (160, 18), (42, 26))]
    runs = make_runs(
        boxes, ["破解难题的十条经验", "近年来某局优化办事流", "结合点"], [1.0, 1.0, 1.0]
    )
    assert [round(run.size) for run in runs] == [24, 16, 16]


@pytest.mark.parametrize(
    ("texts", "shares", "expected"),
    [
        (["", LONG], [1.0, 0.0], [1]),
        (["", LONG], [0.0, 0.0], []),
        (["", ""], [0.0, 0.0], [1, 2]),
        (["龘靐齉爩鱻麤灪龗厵纞虋" * 20, LONG[:5]], [0.0, 0.0], [1, 2]),
    ],
    ids=["a scan", "an empty page", "curves", "a text that lies"],
)
def test_pages_to_recognize(texts: list[str], shares: list[float], expected: list[int]) -> None:
    """Scanned pages; all of a document that has no text or a false one."""
    assert untrue_pages(texts, shares) == expected


def test_a_result_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second reading of the same file starts no recognizer; a damaged result is made again."""
    output = b'{"encoding": "pdf", "replaced": 0, "remarks": [], "lines": [["A", true]]}'
    started: list[str] = []

    def run(name: str, *_: object) -> bytes:
        started.append(name)
        return output

    def refuse(*_: object) -> ReadForm:
        raise UnreadTextError("扫描件")

    monkeypatch.setattr(pdf_any, "RECOGNIZED", tmp_path)
    monkeypatch.setattr(pdf_any, "recognizer", lambda: "3.10")
    monkeypatch.setattr(pdf_any, "read_in_child", refuse)
    monkeypatch.setattr(pdf_any, "run_reader", run)
    assert pdf_any.read_any_pdf(b"%PDF-1") == pdf_any.read_any_pdf(b"%PDF-1") == load_form(output)
    next(tmp_path.iterdir()).write_bytes(b"{")
    assert pdf_any.read_any_pdf(b"%PDF-1") == load_form(output)
    assert started == ["pdf-ocr"] * 2


def test_without_a_recognizer_a_scan_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence that names both roads."""
    monkeypatch.setattr(pdf_any, "recognizer", lambda: "")
    path = tmp_path / "扫描.pdf"
    path.write_bytes(scan())
    with pytest.raises(UserError, match=r"扫描件.*OCR.*make ocr"):
        read_document(path)


@pytest.mark.skipif(not importlib.util.find_spec("rapidocr"), reason="needs `make ocr`")
def test_the_recognizer_reads_a_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page drawn as a picture, through the child process."""
    drawing = pytest.importorskip("PIL.ImageDraw")
    font = pytest.importorskip("PIL.ImageFont")
    image = pytest.importorskip("PIL.Image").new("L", (1240, 1754), 255)
    try:
        letters = font.truetype("NotoSerifCJK-Regular.ttc", 33)
    except OSError:
        pytest.skip("needs a Chinese font")
    text = "一、某区行政审批局把二十二个窗口合成一个"
    drawing.Draw(image).text((200, 300), text, font=letters, fill=20)
    image.save(tmp_path / "扫描.pdf", resolution=150)
    monkeypatch.setattr(pdf_any, "RECOGNIZED", tmp_path / "kept")
    found = read_document(tmp_path / "扫描.pdf")
    assert found.text == text
