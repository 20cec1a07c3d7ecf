"""Web archives: whatever their parts are encoded in, and what is no page."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable

import pytest
from web_pages import ARTICLE, TITLE, government

from casebook.model import UserError
from casebook.reading.web.html_page import read_html
from casebook.reading.web.mhtml import read_mhtml

PAGE = government().data.decode()
PICTURE = base64.encodebytes(bytes(range(256)) * 40).decode()


def archive(page: bytes, encoding: str, charset: str, end: str = "\r\n") -> bytes:
    """A page with a picture as a browser saves it."""
    bodies: dict[str, Callable[[bytes], bytes]] = {
        "quoted-printable": quopri.encodestring,
        "base64": base64.encodebytes,
        "8bit": bytes,
    }
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: http://www.example.com/a.html\n"
        "Subject: =?utf-8?Q?page?=\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--Boundary--x"\n\n\n'
        f"----Boundary--x\nContent-Type: text/html{charset}\nContent-ID: <frame>\n"
        f"Content-Transfer-Encoding: {encoding}\n\n"
    )
    tail = (
        "\n----Boundary--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
        f"{PICTURE}\n----Boundary--x--\n"
    )
    return b"".join(
        (head.encode().replace(b"\n", end.encode()), bodies[encoding](page), tail.encode())
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize(
    ("codec", "charset"),
    [("utf-8", ';\n\tcharset="utf-8"'), ("gb18030", ';\n\tcharset="gb2312"'), ("gbk", "")],
)
def test_the_page_of_an_archive_is_read_as_the_page(
    codec: str, charset: str, encoding: str, end: str
) -> None:
    """All lines and facts are those of the page alone."""
    page = PAGE.replace("utf-8", "gb2312" if codec != "utf-8" else "utf-8")
    read = read_mhtml(archive(page.encode(codec), encoding, charset, end))
    assert read.lines == read_html(PAGE.encode()).lines
    assert read.replaced == 0


def test_an_archive_of_one_part_is_read() -> None:
    """Java programs write such files and name them .doc."""
    page = f"<html><body><h1>{TITLE}</h1><p>{'</p><p>'.join(ARTICLE)}</p></body></html>"
    data = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + page.encode()
    assert [line.text for line in read_mhtml(data).lines] == [TITLE, *ARTICLE]


def test_of_frames_the_one_with_the_text_is_read() -> None:
    """The first page has a frameset only, the second a menu, the third the text."""
    pages = (
        '<html><frameset cols="20%,80%"><frame src="m.html"><frame src="t.html"></frameset></html>',
        "<p><a href=1>首页</a></p>",
        f"<h1>{TITLE}</h1>" + "".join(f"<p>{line}</p>" for line in ARTICLE),
    )
    parts = "".join(f"--x\nContent-Type: text/html; charset=utf-8\n\n{page}\n" for page in pages)
    data = f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n{parts}--x--\n'
    assert [line.text for line in read_mhtml(data.encode()).lines] == [TITLE, *ARTICLE]


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: te",
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\n\n<p>text</p>",
        b"MIME-Version: 1.0\nContent-Type: image/png\n\n\x89PNG",
        b"From: me",
        b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nabcde",
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n",
    ],
)
def test_a_broken_archive_gets_one_sentence(data: bytes) -> None:
    """Cut off, without its boundary, without a page, damaged, empty."""
    with pytest.raises(UserError) as refusal:
        read_mhtml(data)
    assert str(refusal.value).endswith("。")
    assert "\n" not in str(refusal.value)
