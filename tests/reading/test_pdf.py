"""PDF files made byte by byte: fonts without tables, lies, scans, locks, bombs, turned pages."""

from __future__ import annotations

import random
import zlib

import pytest

from casebook.model import UserError
from casebook.reading.forms import ReadForm
from casebook.reading.pdf.pdf_reader import read_pdf
from casebook.text.radicals import RADICALS, unify_radicals
from pdf_bytes import CJK_FONT, CJK_PARTS, cjk_pdf, make_pdf, pages_pdf, show, stream
from pdf_scans import LONG, WIDTH, scan, scan_among_text, set_text
from prose import write_paragraphs

TEXT = "近年来，某区坚持党建引领，推动基层治理与服务群众深度融合，群众满意度不断提高。"


def texts(form: ReadForm, origin: str = "text") -> list[str]:
    """The lines of one origin."""
    return [line.text for line in form.lines if line.facts.origin == origin]


def refusal(data: bytes) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(UserError) as refused:
        read_pdf(data)
    assert str(refused.value).count("。") == 1
    assert "\n" not in str(refused.value)
    return str(refused.value)


GBK_FONT = (
    b"<< /Type /Font /Subtype /TrueType /BaseFont /#B7#C2#CB#CE_GB2312 /Encoding /WinAnsiEncoding"
    b" /FirstChar 0 /LastChar 255 /Widths [" + b"500 " * 256 + b"] /FontDescriptor 5 0 R >>"
)
GBK_PARTS = {
    5: b"<< /Type /FontDescriptor /FontName /#B7#C2#CB#CE_GB2312 /Flags 32 /FontBBox [0 -200 1000"
    b" 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
}
PLAIN_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
GBK_LINE = b"BT /F1 12 Tf 72 700 Td <%s> Tj ET" % TEXT.encode("gbk").hex().encode()


def test_a_font_without_a_table_of_characters_is_read() -> None:
    """UniGB-UCS2-H without ToUnicode: other readers give (cid:123)."""
    form = read_pdf(cjk_pdf([set_text([TEXT])]))
    assert texts(form) == [TEXT]
    assert form.lines[0].facts.page == form.lines[0].facts.paragraph == 1


def test_a_simple_font_named_in_gbk_is_read_without_spaces() -> None:
    """仿宋_GB2312 with two bytes a character."""
    assert texts(read_pdf(pages_pdf([GBK_LINE], GBK_FONT, GBK_PARTS))) == [TEXT]


def test_gbk_shown_as_western_letters_is_left_for_repair() -> None:
    """The font says Latin, so the letters are read, and nothing is refused."""
    assert texts(read_pdf(pages_pdf([GBK_LINE], PLAIN_FONT))) == [
        TEXT.encode("gbk").decode("cp1252")
    ]


def test_paragraphs_go_on_over_lines_and_pages() -> None:
    """A page number between the halves comes after the paragraph."""
    before, after = write_paragraphs(4, seed=4), write_paragraphs(3, seed=5)
    whole = LONG[:300]
    cut = 2 * WIDTH - 2
    first = set_text([*before, whole[:cut]], 800) + show("— 1 —", 280, 30)
    second = b"".join(
        show(whole[start : start + WIDTH], 80, 800 - 20 * place)
        for place, start in enumerate(range(cut, len(whole), WIDTH))
    )
    second += set_text(after, 600) + show("— 2 —", 280, 30)
    form = read_pdf(cjk_pdf([first, second]))
    assert texts(form) == [*before, whole, *after]
    assert texts(form, "outside") == ["— 1 —", "— 2 —"]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_turned_pages_are_set_upright(quarter: int) -> None:
    """The text runs up, upside down, or down."""
    a, b = {1: (0, 1), 2: (-1, 0), 3: (0, -1)}[quarter]
    places = {1: (100, 60, 20, 0), 2: (560, 700, 0, 20), 3: (400, 800, -20, 0)}[quarter]
    x, y, across, up = places
    lines = [TEXT[:WIDTH], TEXT[WIDTH:]]
    if quarter == 2:
        y, up = 100, 20
    content = b"".join(
        show(line, x + across * n, y + up * n, matrix=f"{a} {b} {-b} {a}")
        for n, line in enumerate(lines)
    )
    extra = b"/Rotate %d" % (90 * quarter % 360)
    assert "".join(texts(read_pdf(cjk_pdf([content], page_extra=extra)))) == TEXT


def test_a_slanted_watermark_is_outside_the_text() -> None:
    """It is set aside; pages that say the same keep their text."""
    mark = show("内部资料", 200, 300, 60, "0.7 0.7 -0.7 0.7")
    form = read_pdf(cjk_pdf([set_text([TEXT]) + mark] * 3))
    assert texts(form) == [TEXT] * 3
    assert set(texts(form, "outside")) == {"内部资料"}


def test_characters_printed_twice_are_one() -> None:
    """Bold made by a second print a little aside."""
    shadow = show(TEXT[:20], 72, 700) + show(TEXT[:20], 72.4, 700)
    assert texts(read_pdf(cjk_pdf([shadow]))) == [TEXT[:20]]


def test_characters_set_one_by_one_in_a_font_that_is_only_named() -> None:
    """Each is a text object of its own; without any font it would have no size and be left out."""
    alone = "".join(show(c, 72 + 12 * n, 700).decode() for n, c in enumerate(TEXT[:36])).encode()
    assert texts(read_pdf(cjk_pdf([alone]))) == [TEXT[:36]]


def test_a_rule_divides_full_cells() -> None:
    """Their characters stand side by side."""
    lines = b"".join(b"%d 680 m %d 720 l S\n" % (x, x) for x in (72, 120, 168))
    lines += b"".join(b"72 %d m 168 %d l S\n" % (y, y) for y in (680, 700, 720))
    cells = show("走访农户一共十二", 72, 705) + show("化解矛盾一共三件", 72, 685)
    assert texts(read_pdf(cjk_pdf([lines + cells]))) == [
        "| 走访农户 | 一共十二 |",
        "| --- | --- |",
        "| 化解矛盾 | 一共三件 |",
    ]


def ruled(rows: list[list[str]], top: float) -> bytes:
    """A table of two rows of 12 points and three columns of 100 points from a height downwards."""
    heights = [top - 20 * n for n in range(len(rows) + 1)]
    lines = [b"%d %d m %d %d l S\n" % (x, top, x, heights[-1]) for x in (100, 200, 300, 400)]
    lines += [b"100 %d m 400 %d l S\n" % (y, y) for y in heights]
    cells = [
        show(text, 104 + 100 * column, top - 15 - 20 * row, 9)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    ]
    return b"".join([*lines, *cells])


def test_a_table_goes_on_over_a_page_break() -> None:
    """Its head may be printed again, and the end of a long cell stands on the next page.

    It is set smaller than the text, as notes are.
    """
    head, first = ["序号", "事项", "结果"], ["1", "走访农户一百余户化解", "办结"]
    pages = [
        set_text([LONG[:90]], 760) + ruled([head, first], 100),
        ruled([["", "矛盾", ""], ["2", "修路", "在办"]], 800) + set_text([LONG[:90]], 700),
    ]
    table = [
        "| 序号 | 事项 | 结果 |",
        "| --- | --- | --- |",
        "| 1 | 走访农户一百余户化解矛盾 | 办结 |",
        "| 2 | 修路 | 在办 |",
    ]
    form = read_pdf(cjk_pdf(pages))
    assert texts(form) == [LONG[:90], *table, LONG[:90]]
    assert [line.facts.page for line in form.lines] == [1, 1, 1, 1, 2, 2]
    again = ruled([head, ["2", "修路", "在办"]], 800)
    pages[1] = again + set_text([LONG[:90]], 700)
    assert texts(read_pdf(cjk_pdf(pages)))[1:5] == [
        *table[:2],
        "| 1 | 走访农户一百余户化解 | 办结 |",
        table[3],
    ]


def test_running_feet_with_the_address_of_a_page() -> None:
    """Prints of browsers: an address with many numbers, and 1/3."""
    address = "https://www.example.cn/art/2023/5/4/art_12_3456.html"
    bodies = [LONG[200 * n : 200 * n + 200] for n in (0, 1, 2)]
    pages = [
        set_text([body], 700) + show(address, 30, 20, 7) + show(f"{n}/3", 550, 20, 7)
        for n, body in enumerate(bodies, start=1)
    ]
    assert texts(read_pdf(cjk_pdf(pages)), "outside")[0] == f"{address} 1/3"
    assert "example" not in "".join(texts(read_pdf(cjk_pdf(pages))))


def test_a_title_of_full_lines_is_one() -> None:
    """The first line has the width of the text, so that it is not seen to be centered."""
    title = show(TEXT[:21], 87, 760, 20) + show(TEXT[21:37], 136, 725, 20)
    assert texts(read_pdf(cjk_pdf([title + set_text([LONG[:300]], 680)])))[0] == TEXT[:37]


def test_distances_are_spaces_where_letters_or_a_label_have_them() -> None:
    """Letters of a title stand apart all alike; between Chinese and figures a typesetter does."""
    spaced = b"".join(show(c, 72 + 15 * n, 760) for n, c in enumerate("截至7月15日14时的情况"))
    label = show("1.", 72, 740) + show("走访农户", 99.5, 740)
    figures = show("走访农户", 72, 700) + show("12", 123, 700) + show("户", 150, 700)
    assert texts(read_pdf(cjk_pdf([spaced + label + figures]))) == [
        "截至7月15日14时的情况",
        "1. 走访农户",
        "走访农户12户",
    ]


def test_items_hang_on_a_page_of_their_own() -> None:
    """Their text begins farther in than the paragraphs of other pages, and is no first line."""
    lines = [LONG[34 * n : 34 * n + 34] for n in range(6)]
    items = show(f"1. {lines[0]}"[:35], 86, 740) + show(lines[1], 104, 720)
    items += show(lines[2], 104, 700) + show(f"{lines[3][:20]}。", 104, 680)
    items += show(f"2. {lines[4]}"[:35], 86, 660) + show(lines[5], 104, 640)
    form = read_pdf(cjk_pdf([set_text([LONG[:300]]), set_text([LONG[:290]]), items]))
    first = f"1. {lines[0]}"[:35] + lines[1] + lines[2] + f"{lines[3][:20]}。"
    assert texts(form)[2:] == [first, f"2. {lines[4]}"[:35] + lines[5]]


def test_marks_before_the_edge_move_no_edge() -> None:
    """Typesetters cut the empty half of an opening mark at the beginning of a line."""
    lines = [(LONG[:34], 104), (f"“{LONG[:36]}", 74), (f"（{LONG[36:72]}", 74)]
    lines += [(LONG[72:108], 80), (LONG[108:144], 80)]
    first = b"".join(show(text, x, 160 - 20 * n) for n, (text, x) in enumerate(lines))
    second = show(LONG[9:45], 80, 800) + show(LONG[45:50], 80, 780)
    form = read_pdf(cjk_pdf([set_text([LONG[:200]]) + first, second]))
    whole = "".join(text for text, _ in lines) + LONG[9:50]
    assert texts(form) == [LONG[:200], whole]


def test_notes_follow_the_text() -> None:
    """Smaller text under a rule at the foot; its raised mark in the text is written as in Word."""
    body = set_text([LONG[:100]]) + show("1", 80 + 12 * 36, 745, 6)
    note = b"80 120 m 200 120 l S\n" + show("1", 80, 104, 5) + show("参见统计公报。", 86, 100, 9)
    form = read_pdf(cjk_pdf([body + note]))
    assert texts(form, "note") == ["[1] 参见统计公报。"]
    assert "[1]" in texts(form)[0]
    assert [line.facts.origin for line in form.lines] == ["text", "note"]


def test_radicals_are_the_characters_that_they_show() -> None:
    """None is left, of the Kangxi dictionary or of the supplement."""
    assert texts(read_pdf(cjk_pdf([show("⼈⺠群众，⻓⻘⻛⻅", 72, 700)]))) == ["人民群众，长青风见"]
    known = "".join(
        map(chr, (*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)))
    )
    assert not [c for c in unify_radicals(known) if RADICALS[0] <= c <= RADICALS[2]]


def table_of(known: str, meant: str) -> bytes:
    """A ToUnicode table that gives the characters `meant` for `known`."""
    rows = [f"<{ord(a):04x}> <{ord(b):04x}>" for a, b in zip(known, meant, strict=True)]
    parts = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "".join(f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar\n" for part in parts)
    head = "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    return stream(f"begincmap {head}{body}endcmap".encode())


def mapped_pdf(meant: str, text: str = LONG) -> bytes:
    """A text whose font names other characters than it shows."""
    known = "".join(sorted(set(text)))
    font = CJK_FONT.removesuffix(b" >>") + b" /ToUnicode 6 0 R >>"
    return pages_pdf([set_text([text])], font, {**CJK_PARTS, 6: table_of(known, meant)})


KNOWN = "".join(sorted(set(LONG)))


def test_a_true_table_is_believed() -> None:
    """The same file as those below, but for its table."""
    assert texts(read_pdf(mapped_pdf(KNOWN))) == [LONG]


@pytest.mark.parametrize(
    "meant",
    [
        KNOWN[1:] + KNOWN[:1],
        "".join(random.Random(2).sample(KNOWN, len(KNOWN))),
        "".join(chr(ord(c) + 1) for c in KNOWN),
        "".join(chr(0xE000 + n) for n in range(len(KNOWN))),
        "".join(chr(33 + n % 90) for n in range(len(KNOWN))),
    ],
    ids=["the next", "shuffled", "shifted", "private", "ascii"],
)
def test_a_table_that_lies_is_refused(meant: str) -> None:
    """Never imported silently, whatever the wrong characters are."""
    assert "乱码" in refusal(mapped_pdf(meant))


def test_a_scan_is_refused_with_what_to_do() -> None:
    """An image, no text."""
    assert "扫描件" in refusal(scan()) and "OCR" in refusal(scan())


def test_hidden_text_over_a_scan_is_marked_as_recognized() -> None:
    """A scan with the text layer of a recognizer."""
    form = read_pdf(scan(b"3 Tr\n" + set_text([TEXT])))
    assert texts(form, "ocr") == [TEXT]


def test_pages_without_text_are_named() -> None:
    """A scanned page among others."""
    form = read_pdf(scan_among_text())
    assert [(remark.rule, "3" in remark.message) for remark in form.remarks] == [
        ("pages-without-text", True)
    ]


def one_page(content: bytes, filters: bytes) -> bytes:
    """A file whose page's content is packed as given."""
    packed = b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (
        len(content), filters, content,
    )  # fmt: skip
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return make_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: pages, 3: page, 4: packed})


BOMB = zlib.compress(bytes(120 << 20), 9)


@pytest.mark.parametrize(
    ("content", "filters"),
    [
        (BOMB, b"/FlateDecode"),
        (BOMB, b"/#46lateDecode"),
        (zlib.compress(BOMB, 9), b"[/FlateDecode /FlateDecode]"),
    ],
)
def test_bombs_are_refused_before_they_are_unpacked(content: bytes, filters: bytes) -> None:
    """Packed once, twice, and with its filter's name in codes."""
    assert "MB" in refusal(one_page(content, filters))


def tree(kids: bytes, count: int, more: dict[int, bytes] | None = None) -> bytes:
    """A file with these pages."""
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return make_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: pages, **(more or {})})


LOCK = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
WHOLE = cjk_pdf([set_text([TEXT])])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是 PDF"),
        (b"MZ" + bytes(3000), "不是 PDF"),
        (b"%PDF-1.7\njunk", "损坏"),
        (WHOLE[: len(WHOLE) // 3], "损坏"),
        (cjk_pdf([b""]), "没有文字"),
        (tree(b"2 0 R 2 0 R", 2), "没有文字"),
        (tree(b"3 0 R", 10**6, {3: b"<< /Type /Pages /Kids [2 0 R] /Count 1000000 >>"}), "500 页"),
        (tree(b"3 0 R " * 600, 600, {3: b"<< /Type /Page /MediaBox [0 0 9 9] >>"}), "600 页"),
        (
            make_pdf(
                {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages >>", 5: LOCK},
                trailer=b"/Encrypt 5 0 R /ID [<00><00>]",
            ),
            "密码",
        ),
    ],
    ids=["empty", "renamed", "junk", "cut", "blank", "cycle", "endless", "long", "locked"],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    """Each with what is wrong; the sentence names no file."""
    assert said in refusal(data)
