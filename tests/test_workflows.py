"""Workflows and issue forms: schema, rights, pins, and what they ask."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from frozen import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _name(path: Path) -> str:
    return path.name


def _workflow(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=yaml.BaseLoader)  # BaseLoader: `on` stays a word
    assert isinstance(loaded, dict)
    return loaded


def _steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("github-workflows", WORKFLOWS), ("dependabot", [ROOT / ".github" / "dependabot.yml"])],
)
def test_workflows_keep_to_their_schema(schema: str, paths: list[Path]) -> None:
    """What GitHub would refuse is refused here; no workflow has run on GitHub from this machine."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    ended = subprocess.run([*command, *paths], capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stdout


def test_workflows_pass_the_linter() -> None:
    """Neither rights that are not needed, nor text of strangers in a shell, by zizmor's rules."""
    linter = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert linter
    ended = subprocess.run(
        [linter, "--offline", "--no-progress", ROOT / ".github"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


def test_a_change_of_cases_alone_runs_the_checks_and_no_test() -> None:
    """What one workflow looks at is what the other leaves out."""
    folder = ROOT / ".github" / "workflows"
    cases, tests = (_workflow(folder / f"{name}.yml")["on"] for name in ("cases", "test"))
    for event in ("pull_request", "push"):
        assert cases[event]["paths"] == tests[event]["paths-ignore"] == ["cases/**"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_workflow_has_the_rights_it_needs_and_no_more(path: Path) -> None:
    """Read-only by default; only a job that runs no code of ours may write."""
    workflow = _workflow(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow["on"]) <= {"pull_request", "push", "workflow_dispatch", "schedule"}
    for job in workflow["jobs"].values():
        writes = "write" in job.get("permissions", {}).values()
        assert not (writes and [step for step in job["steps"] if "run" in step])


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_workflow_is_bounded(path: Path) -> None:
    """Each job has a runner and a timeout, each workflow a concurrency group."""
    workflow = _workflow(path)
    assert workflow["name"] and workflow["concurrency"]["group"]
    for job in workflow["jobs"].values():
        assert job["runs-on"] and int(job["timeout-minutes"]) <= 30
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])
        assert set(job.get("needs", "").split()) <= set(workflow["jobs"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_actions_are_pinned(path: Path) -> None:
    """Every action is a full commit SHA with its version beside it; checkouts keep no token."""
    pinned = r"- (?:id: \S+\n\s+)?uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n"
    uses = [step for step in _steps(_workflow(path)) if "uses" in step]
    assert len(re.findall(pinned, path.read_text(encoding="utf-8"))) == len(uses) > 0
    checkouts = [step for step in uses if step["uses"].startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_no_foreign_text_reaches_a_shell(path: Path) -> None:
    """No `run` line has an expression in it: titles and branch names are hostile."""
    assert not [step["run"] for step in _steps(_workflow(path)) if "${{" in step.get("run", "")]
