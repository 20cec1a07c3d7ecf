"""A GitHub of the tests that remembers: comments, branches, commits, pull requests, statuses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from casebook.forge.issue_calls import BOT
from casebook.runtime.github_api import Answer, Call

BASE = "/repos/example/casebook/"


class NotFoundError(Exception):
    """There is no such thing."""


@dataclass
class IssueForge:
    """A transport with a small memory. `permissions` go by login; `calls` are those that change."""

    permissions: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    branches: dict[str, str] = field(default_factory=dict)
    commits: dict[str, dict[str, Any]] = field(default_factory=dict)
    trees: dict[str, dict[str, str]] = field(default_factory=dict)
    blobs: dict[str, str] = field(default_factory=dict)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    may_open: bool = True

    def __call__(self, call: Call) -> Answer:
        """Answer a request, or say 404."""
        parts = urlsplit(call.path)
        path = unquote(parts.path.removeprefix(BASE))
        if call.method != "GET":
            self.calls.append(f"{call.method} {path}")
        try:
            value = self._answer(call.method, path, call.body, dict(parse_qsl(parts.query)))
        except (KeyError, NotFoundError):
            return Answer(404, b'{"message": "Not Found"}')
        return value if isinstance(value, Answer) else Answer(200, json.dumps(value).encode())

    def _answer(self, method: str, path: str, body: Any, query: Mapping[str, str]) -> Any:
        first, *rest = path.split("/")
        if first == "git":
            return self._git(method, rest, body)
        if first == "pulls":
            return self._pulls(method, rest, body, query)
        if first == "collaborators":
            return {"permission": self.permissions[rest[0]]}
        if first == "statuses":
            self.statuses[rest[0]] = body
            return body
        if rest[-1] == "events":
            return self.events
        return self._comments(method, rest, body)

    def _comments(self, method: str, rest: list[str], body: Any) -> Any:
        if method == "GET":
            return self.comments
        if method == "POST":
            made = {"id": len(self.comments) + 1, "user": {"login": BOT["name"]}, **body}
            self.comments.append(made)
            return made
        self.comments[int(rest[-1]) - 1].update(body)
        return {}

    def _git(self, method: str, rest: list[str], body: Any) -> Any:
        kind, name = rest[0], "/".join(rest[2:])
        if kind == "ref":
            return {"object": {"sha": self.branches[name]}}
        if kind == "refs":
            name = name or body["ref"].removeprefix("refs/heads/")
            self.branches[name] = body["sha"]
            return {}
        if method == "GET":
            return self.commits.get(rest[1]) or {"sha": rest[1], "tree": {"sha": "ground"}}
        stored: dict[str, Any] = {"blobs": self.blobs, "trees": self.trees, "commits": self.commits}
        sha = hashlib.sha1(json.dumps(body, sort_keys=True).encode()).hexdigest()
        if kind == "commits":
            body = {
                **body,
                "sha": sha,
                "tree": {"sha": body["tree"]},
                "parents": [{"sha": each} for each in body["parents"]],
            }
        stored[kind][sha] = body
        return body if kind == "commits" else {"sha": sha}

    def _pulls(self, method: str, rest: list[str], body: Any, query: Mapping[str, str]) -> Any:
        if method == "GET":
            branch = query["head"].partition(":")[2]
            return [pull for pull in self.pulls if pull["head"] == branch]
        if method == "PATCH":
            self.pulls[int(rest[0]) - 100].update(body)
            return {}
        if not self.may_open:
            return Answer(403, b'{"message": "GitHub Actions is not permitted to create"}')
        made = {"number": 100 + len(self.pulls), "state": "open", "merged_at": None, **body}
        self.pulls.append(made)
        return made
