"""Attachments: what counts as one, and a network that follows nothing by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import Request

import pytest

from casebook.forge import download
from casebook.forge.attachments import find_attachments, find_ending, strip_attachments
from casebook.model import UserError

FILE = "https://github.com/user-attachments/files/22/%E6%96%87.docx"


class _Redirecting(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Send whoever asks somewhere else."""
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server of this machine."""
    made = HTTPServer(("127.0.0.1", 0), _Redirecting)
    thread = threading.Thread(target=made.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}/"
    made.shutdown()
    thread.join()
    made.server_close()


def test_a_redirect_is_an_answer(server: str) -> None:
    """It is not followed, wherever it leads."""
    with download._open(Request(server)) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, "/elsewhere")


@pytest.mark.parametrize("address", ["http://github.com/x", "file:///etc/passwd", "ftp://a/b", ""])
def test_only_https_is_asked(address: str) -> None:
    """Neither files of the machine nor open lines."""
    with pytest.raises(UserError, match="https"):
        download.fetch(address, 10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"[文.docx]({FILE})", [FILE]),
        (f"见 {FILE} 和 {FILE}", [FILE]),
        ("https://github.com.evil.example/user-attachments/files/22/a.docx", []),
        ("https://github.com/user-attachments/files/../../x/a.docx", []),
        ("https://github.com/other/user-attachments/files/22/a.docx", []),
        ("http://github.com/user-attachments/files/22/a.docx", []),
        ("https://github.com@evil.example/user-attachments/files/22/a.docx", []),
    ],
)
def test_attachments_are_those_of_the_forge(text: str, found: list[str]) -> None:
    """By their whole address."""
    assert find_attachments(text) == found
    if found:
        assert FILE not in strip_attachments(text)


@pytest.mark.parametrize("name", ["a.exe", "a.docx.zip", "a", "a.doc", "%2e%2e%2fa.xlsx", "a.html"])
def test_other_kinds_of_files_are_refused(name: str) -> None:
    """With what to do; a form that is read elsewhere may need a program that is not there."""
    with pytest.raises(UserError, match="请另存为"):
        find_ending(f"https://github.com/user-attachments/files/22/{name}")
    assert find_ending(FILE) == ".docx"
