"""One request over HTTPS, bounded: it follows no redirect, and tests put their own in its place."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from casebook.model import UserError

SECONDS = 30
"""How long a host may be silent."""


class Response(NamedTuple):
    """What a host answered; the names of `headers` are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Sends one request. Raises UserError when there is no answer, or more than `most_bytes`."""

    def __call__(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        most_bytes: int,
    ) -> Response:
        """The answer, also one that is an error or leads elsewhere."""


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: who asked looks at where it leads."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_StayHere)


def send(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, most_bytes: int
) -> Response:
    """Send a request to an address that begins with https://. See Transport."""
    if not url.startswith("https://"):
        raise UserError("只用 https 的网址。")
    request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)
    try:
        try:
            answer = _OPENER.open(request, timeout=SECONDS)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            content = answer.read(most_bytes + 1)
            named = {name.lower(): value for name, value in answer.headers.items()}
    except OSError as error:
        raise UserError(f"连不上 {request.host}：{error}。") from error
    if len(content) > most_bytes:
        raise UserError(f"{request.host} 的回答超过 {most_bytes // 2**20} MB，没有读完。")
    return Response(answer.status, named, content)
