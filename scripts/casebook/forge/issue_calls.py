"""What an answer to an issue asks of GitHub: who may write, the one comment, a commit, a status."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from casebook.runtime.github_api import GitHub, GitHubError

WRITERS = ("admin", "write")
"""Permissions that may write; GitHub gives `write` for the role maintain, `read` for triage."""

BOT = {
    "name": "github-actions[bot]",
    "email": "41898282+github-actions[bot]@users.noreply.github.com",
}
"""Who commits and comments with the token of a workflow."""

LONGEST_STATUS = 140
"""Characters of the description of a status."""


def _find(forge: GitHub, *parts: str | int) -> Any:
    """Something that may not be there: None then."""
    try:
        return forge.get(*parts)
    except GitHubError as error:
        if error.status == 404:
            return None
        raise


def may_write(forge: GitHub, login: str) -> bool:
    """Whether a person may write to the repository."""
    found = _find(forge, "collaborators", login, "permission")
    return bool(found) and found["permission"] in WRITERS


def find_labeler(forge: GitHub, issue: int, label: str) -> str:
    """Who set a label of an issue last; '' if nobody did."""
    login = ""
    for event in forge.get_all("issues", issue, "events"):
        if event["event"] == "labeled" and event["label"]["name"] == label:
            login = (event["actor"] or {}).get("login", "")
    return login


def keep_comment(forge: GitHub, issue: int, marker: str, text: str) -> None:
    """Write the one comment of ours on an issue, which begins with the marker, or change it."""
    for comment in forge.get_all("issues", issue, "comments"):
        login = (comment["user"] or {}).get("login")
        if login == BOT["name"] and (comment["body"] or "").startswith(marker):
            if comment["body"] != text:
                forge.patch("issues", "comments", comment["id"], body=text)
            return
    forge.post("issues", issue, "comments", body=text)


def find_head(forge: GitHub, branch: str) -> Any:
    """The newest commit of a branch; None if there is no such branch."""
    reference = _find(forge, "git", "ref", "heads", *branch.split("/"))
    return reference and forge.get("git", "commits", reference["object"]["sha"])


def make_commit(
    forge: GitHub,
    base: str,
    files: Mapping[str, bytes | None],
    message: str,
    author: Mapping[str, str],
) -> Any:
    """A commit that adds files, by their path in the repository, to the commit `base`.

    A file without content is removed.
    """
    stored = {path: c if c is None else _store(forge, c) for path, c in sorted(files.items())}
    tree = [
        {"path": path, "mode": "100644", "type": "blob", "sha": sha} for path, sha in stored.items()
    ]
    ground = forge.get("git", "commits", base)["tree"]["sha"]
    made = forge.post("git", "trees", base_tree=ground, tree=tree)
    return forge.post(
        "git",
        "commits",
        message=message,
        tree=made["sha"],
        parents=[base],
        author=dict(author),
        committer=BOT,
    )


def _store(forge: GitHub, content: bytes) -> str:
    encoded = b64encode(content).decode()
    return str(forge.post("git", "blobs", content=encoded, encoding="base64")["sha"])


def set_branch(forge: GitHub, branch: str, sha: str, exists: bool) -> None:
    """Let a branch end at a commit."""
    if exists:
        forge.patch("git", "refs", "heads", *branch.split("/"), sha=sha, force=True)
    else:
        forge.post("git", "refs", ref=f"refs/heads/{branch}", sha=sha)


def report_status(
    forge: GitHub, sha: str, passed: bool, context: str, text: str, link: str = ""
) -> None:
    """Report a status of a commit; `link` leads to the log."""
    state = "success" if passed else "failure"
    values = {"state": state, "context": context, "description": text[:LONGEST_STATUS]}
    forge.post("statuses", sha, **values, **({"target_url": link} if link else {}))
