"""The three steps of the workflow `intake` in a checkout of the tests, without a network."""

from __future__ import annotations

import argparse
import json
import subprocess
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook.commands import run_intake
from casebook.forge.download import Download
from casebook.forge.issue_event import read_event
from casebook.forge.proposal import Proposal, read_proposal
from casebook.model import UserError
from frozen import ROOT
from issue_forge import IssueForge

EVENTS = ROOT / "tests" / "data" / "events"

GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false")


def refuse(address: str, _most_bytes: int) -> Download:
    """A network that nobody may use."""
    raise UserError(f"连不上 {address}。")


@dataclass
class Desk:
    """A checkout with a library at `folder`/cases, a forge, and the addresses that answer."""

    folder: Path
    forge: IssueForge
    downloads: dict[str, Download] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path) -> Desk:
        """A new checkout with an empty library."""
        (folder / "cases" / "sources").mkdir(parents=True)
        (folder / "cases" / "README.md").write_text("# Cases\n", encoding="utf-8")
        subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
        desk = cls(folder, IssueForge(permissions={"weihu-zhe": "write", "lu-ren": "read"}))
        desk.commit()
        return desk

    def commit(self) -> str:
        """Commit everything; returns the commit."""
        for words in (("add", "-A"), ("commit", "-qm", "x")):
            subprocess.run([*GIT, *words], cwd=self.folder, check=True)
        command = [*GIT, "rev-parse", "HEAD"]
        return subprocess.run(
            command, cwd=self.folder, check=True, capture_output=True, encoding="ascii"
        ).stdout.strip()

    def clean(self) -> None:
        """A checkout as another job finds it: without what was not committed."""
        subprocess.run([*GIT, "clean", "-fdq", "-e", "intake.json"], cwd=self.folder, check=True)

    def read(self, event: Path) -> Proposal:
        """The first job: what it hands to the second."""
        options = self._options()
        run_intake.read_issue(read_event(event), options, self._fetch)
        self.clean()
        return read_proposal(options.proposal, read_event(event).number)

    def answer(self, event: Path) -> str:
        """The second job; returns the comment."""
        options = self._options()
        ended = run_intake.check_files(read_event(event), options)
        options.checked = "failure" if ended else "success"
        run_intake.answer(read_event(event), options, self.forge)
        self.clean()
        return str(self.forge.comments[-1]["body"]) if self.forge.comments else ""

    def run(self, name: str) -> str:
        """Both jobs for a recorded event; returns the comment."""
        event = EVENTS / f"{name}.json"
        self.read(event)
        return self.answer(event)

    def files_of(self, branch: str) -> dict[str, str]:
        """The files of the commit that a branch of the forge ends at."""
        commit = self.forge.commits[self.forge.branches[branch]]
        tree: Any = self.forge.trees[commit["tree"]["sha"]]["tree"]
        blobs: Any = self.forge.blobs
        return {each["path"]: b64decode(blobs[each["sha"]]["content"]).decode() for each in tree}

    def change(self, name: str, **values: Any) -> Path:
        """A copy of a recorded event with other values of its issue."""
        event = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
        event["issue"] |= values
        path = self.folder.parent / "event.json"
        path.write_text(json.dumps(event), encoding="utf-8")
        return path

    def _options(self) -> argparse.Namespace:
        return argparse.Namespace(
            form=ROOT / ".github" / "ISSUE_TEMPLATE" / "new-case.yml",
            proposal=self.folder / "intake.json",
            library=self.folder / "cases",
        )

    def _fetch(self, address: str, most_bytes: int) -> Download:
        self.asked.append(address)
        found = self.downloads.get(address) or refuse(address, most_bytes)
        if len(found.content) > most_bytes:
            raise UserError("附件太大。")
        return found
