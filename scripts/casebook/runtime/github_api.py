"""GitHub's REST API: JSON in and out, over a transport that tests replace.

Nothing is retried and nothing is cached: a workflow that fails can be run again.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from casebook.model import UserError

API = "https://api.github.com"

LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of an answer; a longer one is refused."""

SECONDS = 30
"""How long one request may take."""

PAGE = 100
"""Entries of a page of a list: the most that GitHub gives."""

MOST_PAGES = 30
"""Pages of a list that are read: GitHub shows no more than 3,000 files of a pull request."""

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Call:
    """A request: `path` below the API's address, already quoted, with its query."""

    method: str
    path: str
    body: Any = None
    accept: str = "application/vnd.github+json"
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: its status and the bytes of the body."""

    status: int
    body: bytes


Transport = Callable[[Call], Answer]
"""How a request is sent. Raises OSError where no server answers."""


class GitHubError(UserError):
    """GitHub refused a request; `status` is that of HTTP, 0 where nobody answered."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def send(call: Call) -> Answer:
    """Send a request over the network. A redirect is followed without the token."""
    address = (os.environ.get("GITHUB_API_URL") or API) + call.path
    data = None if call.body is None else json.dumps(call.body).encode()
    headers = {"Accept": call.accept, "X-GitHub-Api-Version": "2022-11-28"}
    request = Request(address, data, {**headers, "User-Agent": "casebook"}, method=call.method)
    if call.token:  # an artifact is stored by another host, which must not see it
        request.add_unredirected_header("Authorization", f"Bearer {call.token}")
    try:
        with urlopen(request, timeout=SECONDS) as response:
            return Answer(response.status, response.read(LARGEST_ANSWER + 1))
    except HTTPError as error:
        return Answer(error.code, error.read(LARGEST_ANSWER + 1))
    except (URLError, HTTPException) as error:
        raise OSError(str(error)) from error


@dataclass(frozen=True, slots=True)
class GitHub:
    """One repository (`owner/name`) on GitHub, as a token sees it."""

    repository: str
    token: str = field(repr=False)
    transport: Transport = send

    def __post_init__(self) -> None:
        if not _REPOSITORY.fullmatch(self.repository):
            raise UserError(f"仓库的名称应为“所有者/名称”，不能是 {self.repository[:80]}。")

    @classmethod
    def from_environment(cls, transport: Transport = send) -> GitHub:
        """The repository whose workflow runs. Raises UserError outside of one."""
        names = ("GITHUB_REPOSITORY", "GITHUB_TOKEN")
        values = [os.environ.get(name, "") for name in names]
        if missing := [name for name, value in zip(names, values, strict=True) if not value]:
            raise UserError(f"没有设置环境变量 {missing[0]}；这个命令在 GitHub 的工作流里运行。")
        return cls(values[0], values[1], transport)

    def get(self, *parts: str | int, **query: str | int) -> Any:
        """A JSON value of the repository: `get("pulls", 7)`. Raises GitHubError."""
        return self._ask("GET", parts, None, query)

    def get_all(self, *parts: str | int, key: str = "", **query: str | int) -> Iterator[Any]:
        """The entries of a list, page by page; `key` names them where they are in an object."""
        for page in range(1, MOST_PAGES + 1):
            answer = self.get(*parts, **query, per_page=PAGE, page=page)
            entries = answer[key] if key else answer
            yield from entries
            if len(entries) < PAGE:
                return

    def post(self, *parts: str | int, **body: Any) -> Any:
        """Make something. Returns it; raises GitHubError."""
        return self._ask("POST", parts, body, {})

    def patch(self, *parts: str | int, **body: Any) -> Any:
        """Change something. Returns it; raises GitHubError."""
        return self._ask("PATCH", parts, body, {})

    def put(self, *parts: str | int, **body: Any) -> Any:
        """Put something in place of what is there. Returns it; raises GitHubError."""
        return self._ask("PUT", parts, body, {})

    def delete(self, *parts: str | int) -> None:
        """Remove something. Raises GitHubError."""
        self._ask("DELETE", parts, None, {})

    def download(self, *parts: str | int, accept: str = "application/vnd.github.raw") -> bytes:
        """The bytes of a file or an artifact. Raises GitHubError."""
        return self._send(Call("GET", self._path(parts, {}), None, accept, self.token))

    def _ask(
        self, method: str, parts: tuple[str | int, ...], body: Any, query: Mapping[str, str | int]
    ) -> Any:
        call = Call(method, self._path(parts, query), body, token=self.token)
        answer = self._send(call)
        return json.loads(answer) if answer else None

    def _path(self, parts: tuple[str | int, ...], query: Mapping[str, str | int]) -> str:
        below = "/".join(quote(str(part), safe="") for part in parts)
        asked = f"?{urlencode(query)}" if query else ""
        return f"/repos/{self.repository}/{below}{asked}"

    def _send(self, call: Call) -> bytes:
        try:
            answer = self.transport(call)
        except OSError as error:
            raise GitHubError(
                0, f"GitHub 没有应答（{call.method} {call.path}）：{error}。"
            ) from error
        if answer.status >= 300:
            said = answer.body[:300].decode("utf-8", "replace")
            place = f"{call.method} {call.path}"
            raise GitHubError(answer.status, f"GitHub 拒绝了 {place}（{answer.status}）：{said}")
        if len(answer.body) > LARGEST_ANSWER:
            raise GitHubError(answer.status, f"GitHub 的应答太大（{call.method} {call.path}）。")
        return answer.body
