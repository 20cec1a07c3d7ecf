"""One file from the network, bounded; a redirect is not followed, and tests put their own here."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from casebook.model import UserError

SECONDS = 30
"""How long a host may be silent."""


class Download(NamedTuple):
    """What a host answered: the status, where it sends to ('' for nowhere else), the content."""

    status: int
    location: str
    content: bytes


Fetch = Callable[[str, int], Download]
"""Asks an address, for at most so many bytes. Raises UserError when no or a longer answer comes."""


class _StayHere(HTTPRedirectHandler):
    """A redirect is an answer: who asked looks at where it leads."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


_OPENER = build_opener(_StayHere)


def fetch(address: str, most_bytes: int) -> Download:
    """Ask an address that begins with https://. See Fetch."""
    if not address.startswith("https://"):
        raise UserError("只用 https 的网址。")
    request = Request(address, headers={"User-Agent": "casebook"})
    try:
        with _open(request) as answer:
            content = answer.read(most_bytes + 1)
            found = Download(answer.status, answer.headers.get("Location") or "", content)
    except (OSError, HTTPException) as error:
        raise UserError(f"连不上 {request.host}：{error}。") from error
    if len(content) > most_bytes:
        raise UserError(f"附件超过 {most_bytes // 2**20} MB，没有读取；请拆开，或去掉图片。")
    return found


def _open(request: Request) -> Any:
    try:
        return _OPENER.open(request, timeout=SECONDS)
    except HTTPError as error:
        return error
