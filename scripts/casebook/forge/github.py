"""The interface of the forge (GitHub's REST API): what an answer to an issue needs of it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from casebook.forge.transport import Transport
from casebook.model import UserError

API = "https://api.github.com"

LARGEST_ANSWER = 20 * 2**20
"""Bytes of an answer."""

MOST_PAGES = 20
"""Pages of a hundred entries of a list that are read."""

WRITERS = ("admin", "write")
"""Permissions that may write; GitHub gives `write` for the role maintain, `read` for triage."""

BOT = {
    "name": "github-actions[bot]",
    "email": "41898282+github-actions[bot]@users.noreply.github.com",
}
"""Who commits. Source: the account behind the token of a workflow, github.com/actions/checkout."""


class RefusedError(UserError):
    """The forge did not do what it was asked: `status` is that of HTTP, `reason` its own words."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.status, self.reason = status, reason


@dataclass(frozen=True, slots=True)
class Forge:
    """A repository (OWNER/NAME) on the forge, and the token that may change it."""

    repository: str
    token: str
    transport: Transport
    api: str = API

    def ask(self, method: str, path: str, values: Mapping[str, Any] | None = None) -> Any:
        """What the forge answers about a path below the repository. Raises RefusedError."""
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "casebook",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        body = None if values is None else json.dumps(values).encode()
        url = f"{self.api}/repos/{self.repository}/{path}"
        answer = self.transport(method, url, headers, body, LARGEST_ANSWER)
        try:
            content = json.loads(answer.body or b"null")
        except ValueError:
            content = None
        if not 200 <= answer.status < 300:
            reason = str(content.get("message", "")) if isinstance(content, dict) else ""
            message = f"{method} {path} 没有成功（{answer.status} {reason[:200]}）。"
            raise RefusedError(answer.status, reason, message)
        return content

    def find(self, path: str) -> Any:
        """The same for something that may not be there: None then."""
        try:
            return self.ask("GET", path)
        except RefusedError as error:
            if error.status == 404:
                return None
            raise

    def list(self, path: str) -> Iterator[Any]:
        """The entries of a list, page by page."""
        glue = "&" if "?" in path else "?"
        for page in range(1, MOST_PAGES + 1):
            entries = self.ask("GET", f"{path}{glue}per_page=100&page={page}")
            yield from entries
            if len(entries) < 100:
                return

    def may_write(self, login: str) -> bool:
        """Whether a person may write to the repository."""
        found = self.find(f"collaborators/{quote(login, safe='')}/permission")
        return bool(found) and found.get("permission") in WRITERS

    def find_labeler(self, issue: int, label: str) -> str:
        """Who set a label of an issue last; '' if nobody did."""
        login = ""
        for event in self.list(f"issues/{issue}/events"):
            if event.get("event") == "labeled" and event["label"]["name"] == label:
                login = (event.get("actor") or {}).get("login", "")
        return login

    def keep_comment(self, issue: int, marker: str, text: str) -> None:
        """Write the one comment of ours on an issue, which has the marker in it, or change it."""
        for comment in self.list(f"issues/{issue}/comments"):
            if comment["user"]["login"] == BOT["name"] and marker in comment["body"]:
                if comment["body"] != text:
                    self.ask("PATCH", f"issues/comments/{comment['id']}", {"body": text})
                return
        self.ask("POST", f"issues/{issue}/comments", {"body": text})

    def find_head(self, branch: str) -> Any:
        """The newest commit of a branch; None if there is no such branch."""
        reference = self.find(f"git/ref/heads/{branch}")
        return reference and self.ask("GET", f"git/commits/{reference['object']['sha']}")

    def commit(
        self, base: str, files: Mapping[str, bytes], message: str, author: Mapping[str, str]
    ) -> Any:
        """A commit that adds files (by their path in the repository) to the commit `base`."""
        tree = [
            {"path": path, "mode": "100644", "type": "blob", "sha": self._store(content)}
            for path, content in sorted(files.items())
        ]
        ground = self.ask("GET", f"git/commits/{base}")["tree"]["sha"]
        made = self.ask("POST", "git/trees", {"base_tree": ground, "tree": tree})
        values = {
            "message": message,
            "tree": made["sha"],
            "parents": [base],
            "author": dict(author),
            "committer": BOT,
        }
        return self.ask("POST", "git/commits", values)

    def _store(self, content: bytes) -> str:
        values = {"content": b64encode(content).decode(), "encoding": "base64"}
        return str(self.ask("POST", "git/blobs", values)["sha"])

    def set_branch(self, branch: str, sha: str, exists: bool) -> None:
        """Let a branch end at a commit."""
        if exists:
            self.ask("PATCH", f"git/refs/heads/{branch}", {"sha": sha, "force": True})
        else:
            self.ask("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": sha})

    def report(self, sha: str, passed: bool, context: str, text: str, link: str) -> None:
        """Report a status of a commit."""
        state = "success" if passed else "failure"
        values = {"state": state, "context": context, "description": text[:140]}
        self.ask("POST", f"statuses/{sha}", values | ({"target_url": link} if link else {}))
