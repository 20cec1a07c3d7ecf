"""What the job without rights hands over is hostile data, and so is the event."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from casebook.forge.answer import check_proposal
from casebook.forge.issue_event import read_event
from casebook.forge.proposal import list_contents, read_proposal
from casebook.model import UserError
from intake_desk import EVENTS, Desk

FINE = {"issue": 12, "title": "某村修路", "ready": True, "files": {"xiulu.md": "eA=="}}


def put(folder: Path, value: Any) -> Path:
    """A proposal as a file."""
    path = folder / "intake.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def test_a_proposal_is_read_for_its_own_issue(tmp_path: Path) -> None:
    """Its files come as bytes, and not at all where it is not ready."""
    path = put(tmp_path, FINE)
    assert list_contents(read_proposal(path, 12)) == {"xiulu.md": b"x"}
    with pytest.raises(UserError, match="另一个 issue"):
        read_proposal(path, 13)
    assert list_contents(read_proposal(put(tmp_path, FINE | {"ready": False}), 12)) == {}


@pytest.mark.parametrize(
    "name",
    [
        *("../x.md", "/etc/passwd", "xiulu.txt", "Xiulu.md", "a/b.md", "sources/../../x.txt"),
        *("sources/.git", "sources/~x.txt", "sources/a\\b.txt", "sources/a\n.txt", "sources/"),
        *("vocabulary/roles.yml", "decisions.yml", "variants/x.txt", "sources/CON.txt", "a..md"),
        *("../.github/workflows/x.yml", "sources/sub/x.txt", "README.md", "sources/x\u202e.txt"),
    ],
)
def test_only_files_of_an_import_are_taken(tmp_path: Path, name: str) -> None:
    """Cases, variants and sources by plain names: no other folder, no other kind of file."""
    with pytest.raises(UserError, match="没有采用"):
        read_proposal(put(tmp_path, FINE | {"files": {name: "eA=="}}), 12)


@pytest.mark.parametrize(
    "value",
    [
        *("", "{", "[]", "null", "[" * 100_000, {}, FINE | {"issue": "12"}),
        FINE | {"files": {"xiulu.md": "===="}},
        FINE | {"files": {"xiulu.md": b64encode(b"x" * (2**20 + 1)).decode()}},
        FINE | {"files": {f"xiulu-{n}.md": "eA==" for n in range(101)}},
        FINE | {"missing": [1]},
        FINE | {"shown": {"findings": [{"rule": 1}]}},
    ],
    ids=lambda value: str(value)[:40],
)
def test_anything_else_is_refused_in_one_sentence(tmp_path: Path, value: Any) -> None:
    """Broken JSON, wrong types, too much of something."""
    with pytest.raises(UserError, match="没有采用"):
        read_proposal(put(tmp_path, value), 12)


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    """A job that was taken over cannot rewrite a case; an equal source may come again."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    desk = Desk.at(folder)
    (folder / "cases" / "xiulu.md").write_text("x", encoding="utf-8")
    desk.commit()
    proposal = read_proposal(put(tmp_path, FINE), 12)
    check_proposal(proposal, folder / "cases")
    other = FINE | {"files": {"xiulu.md": "eQ=="}}
    with pytest.raises(UserError, match="不能改动"):
        check_proposal(read_proposal(put(tmp_path, other), 12), folder / "cases")


def test_a_recorded_event_is_read() -> None:
    """Who wrote the issue, who set which label."""
    event = read_event(EVENTS / "labeled-by-maintainer.json")
    assert (event.action, event.number, event.label) == ("labeled", 12, "收录")
    assert (event.author, event.author_id, event.sender) == ("linan-zhen", 7301, "weihu-zhe")
    assert event.labels == ("case", "收录") and event.is_open


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("issue", "number"), "12; rm"),
        (("issue", "number"), True),
        (("issue", "user", "login"), "a/../b"),
        (("sender", "login"), "$(id)"),
        (("repository", "full_name"), "a/b/../../c"),
        (("repository", "default_branch"), "-x\n"),
        (("issue", "pull_request"), {}),
        (("issue", "user"), None),
    ],
)
def test_an_event_with_odd_names_is_refused(
    tmp_path: Path, place: tuple[str, ...], value: Any
) -> None:
    """They become parts of addresses."""
    event = json.loads((EVENTS / "hospital.json").read_text(encoding="utf-8"))
    inner = event
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with pytest.raises(UserError, match="不是 issue 的事件"):
        read_event(put(tmp_path, event))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "1", '{"issue": 1}'])
def test_a_file_that_is_no_event_is_refused(tmp_path: Path, text: str) -> None:
    """In one sentence."""
    with pytest.raises(UserError, match="不是"):
        read_event(put(tmp_path, text))
