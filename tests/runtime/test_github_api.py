"""Requests to GitHub: paths, pages, refusals; a token stays with the host that gave it."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from casebook.model import UserError
from casebook.runtime.github_api import PAGE, Answer, Call, GitHub, GitHubError, send
from fake_github import TOKEN, FakeGitHub


def github(fake: FakeGitHub) -> GitHub:
    """The client of a fake."""
    return GitHub("zhang/anli", TOKEN, fake)


def test_parts_of_a_path_cannot_lead_elsewhere() -> None:
    """A branch may be called anything."""
    fake = FakeGitHub({"GET /repos/zhang/anli/git/ref/..%2F..%2Fx%3Fy%23z": {"ok": 1}})
    assert github(fake).get("git", "ref", "../../x?y#z") == {"ok": 1}
    for name in ("zhang", "zhang/anli/issues", "zhang/an li", "../x y"):
        with pytest.raises(UserError, match="所有者/名称"):
            GitHub(name, TOKEN, fake)


def test_a_list_is_read_page_by_page() -> None:
    """Until a page is not full."""
    pages = {"1": [1] * PAGE, "2": [2] * 3}

    def answer(call: Call) -> list[int]:
        return pages[call.path.rpartition("=")[2]]

    fake = FakeGitHub({"GET /repos/zhang/anli/pulls": answer})
    assert len(list(github(fake).get_all("pulls", state="open"))) == PAGE + 3
    assert [call.path for call in fake.calls] == [
        f"/repos/zhang/anli/pulls?state=open&per_page={PAGE}&page={page}" for page in (1, 2)
    ]


def test_a_refusal_is_one_sentence_without_the_token() -> None:
    """Also where nobody answers."""

    def unplugged(call: Call) -> Answer:
        raise OSError("unplugged")

    for transport, status in ((FakeGitHub(), 404), (unplugged, 0)):
        with pytest.raises(GitHubError, match="GET /repos/zhang/anli/pulls/7") as refused:
            GitHub("zhang/anli", TOKEN, transport).get("pulls", 7)
        assert refused.value.status == status and TOKEN not in str(refused.value)
    assert TOKEN not in repr(GitHub("zhang/anli", TOKEN))


class _Server(BaseHTTPRequestHandler):
    seen: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["Authorization"]))
        if self.path.startswith("/repos"):
            self.send_response(302)
            self.send_header("Location", "/stored")
            self.end_headers()
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"zip")

    def log_message(self, format: str, *arguments: object) -> None:
        """Print nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Server]]:
    """A server on this machine that redirects as GitHub does for artifacts."""
    _Server.seen = []
    with HTTPServer(("127.0.0.1", 0), _Server) as running:
        monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{running.server_port}")
        thread = Thread(target=running.serve_forever)
        thread.start()
        yield _Server
        running.shutdown()
        thread.join()


def test_a_redirect_is_followed_without_the_token(server: type[_Server]) -> None:
    """The store of artifacts is another host."""
    answer = send(Call("GET", "/repos/zhang/anli/actions/artifacts/1/zip", token=TOKEN))
    assert answer == Answer(200, b"zip")
    assert server.seen == [
        ("/repos/zhang/anli/actions/artifacts/1/zip", f"Bearer {TOKEN}"),
        ("/stored", None),
    ]
