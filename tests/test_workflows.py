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

from casebook.forge.pull_fixes import WORKFLOW
from casebook.forge.report_artifact import ARTIFACT
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


# --- rights: a job that may write runs only the code of the default branch

OF_DEFAULT_BRANCH = {"issues", "schedule", "workflow_run"}
"""Events whose workflow and checkout are those of the default branch, whoever caused them."""

OF_MAINTAINERS = {"push", "workflow_dispatch"}
"""Events that only people cause who may write; `push` counts for the default branch alone."""

OF_CALLERS = {"workflow_call"}
"""What the workflow of another library starts, which grants the rights and names the event."""

ON_DEFAULT_BRANCH = "github.ref_name == github.event.repository.default_branch"
"""The condition of a job that may write there, whatever the caller's event."""

TRUSTED_LINE = re.compile(
    "make [a-z-]+( [A-Z]+=[a-z]+)*"
    "|python -m pip install -r requirements.txt|casebook [a-z]+( [a-z]+)?"
)
"""What a job that may write runs: our code, and in another library what its list names."""

READABLE = {"contents", "actions", "pages", "pull-requests"}
"""What a job may read besides."""


def _rights(job: dict[str, Any]) -> dict[str, str]:
    rights = job.get("permissions", {})
    assert isinstance(rights, dict)  # neither write-all nor read-all
    return rights


def _writes(job: dict[str, Any]) -> bool:
    return "write" in _rights(job).values()


def _uses(job: dict[str, Any], action: str) -> Iterator[dict[str, Any]]:
    return (step for step in job["steps"] if step.get("uses", "").startswith(f"{action}@"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_a_workflow_may_only_read_unless_a_job_says_otherwise(path: Path) -> None:
    """The rights of a job are written beside it; never pull_request_target, never all rights."""
    workflow = _workflow(path)
    assert workflow["permissions"] == {"contents": "read"}
    events = {"pull_request"} | OF_DEFAULT_BRANCH | OF_MAINTAINERS | OF_CALLERS
    assert set(workflow["on"]) <= events
    for job in workflow["jobs"].values():
        assert set(_rights(job).values()) <= {"read", "write"}
        assert _writes(job) or set(_rights(job)) <= READABLE


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_what_may_write_runs_only_the_code_of_the_default_branch(path: Path) -> None:
    """By its event, and by its checkout, which takes no other commit and no other repository."""
    workflow = _workflow(path)
    for job in filter(_writes, workflow["jobs"].values()):
        called = set(workflow["on"]) == OF_CALLERS
        assert called or set(workflow["on"]) <= OF_DEFAULT_BRANCH | OF_MAINTAINERS
        assert not called or job["if"] == ON_DEFAULT_BRANCH
        assert workflow["on"].get("push", {"branches": ["main"]})["branches"] == ["main"]
        for step in _uses(job, "actions/checkout"):
            assert set(step["with"]) <= {"persist-credentials", "fetch-depth"}
        for step in _uses(job, "actions/download-artifact"):
            # Of this run; and not into the checkout, where it might replace our code.
            assert set(step["with"]) == {"name", "path"}
            assert step["with"]["path"].startswith("${{ runner.temp }}/")
        for step in job["steps"]:
            assert TRUSTED_LINE.fullmatch(step.get("run", "make x"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_what_a_pull_request_runs_has_no_right_and_no_secret(path: Path) -> None:
    """Its code is that of a stranger: no token is passed on, none is left in the checkout."""
    workflow = _workflow(path)
    text = path.read_text(encoding="utf-8")
    assert "secrets." not in text and "secrets[" not in text
    if "pull_request" in workflow["on"]:
        assert not any(map(_writes, workflow["jobs"].values())) and "github.token" not in text
    for job in workflow["jobs"].values():
        if not _writes(job):
            assert not [step for step in job["steps"] if "GITHUB_TOKEN" in step.get("env", {})]


def test_the_comment_follows_the_checks() -> None:
    """By the name of their workflow, once they are done; the artifact has the name that is read."""
    folder = ROOT / ".github" / "workflows"
    cases, comment = (_workflow(folder / f"{name}.yml") for name in ("cases", "comment"))
    assert comment["on"] == {"workflow_run": {"workflows": [cases["name"]], "types": ["completed"]}}
    uploaded = [
        step["with"]["name"] for step in _uses(cases["jobs"]["check"], "actions/upload-artifact")
    ]
    assert uploaded == [ARTIFACT, "preview"]
    assert (folder / WORKFLOW).is_file() and "workflow_dispatch" in cases["on"]


def test_publishing_imports_nothing_and_says_where_the_site_is() -> None:
    """It builds what is committed, with the addresses of repository and site."""
    job = _workflow(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]["build"]
    (build,) = [step for step in job["steps"] if "run" in step]
    assert build["run"] == "make publish FORMAT=github"
    assert set(build["env"]) == {f"CASEBOOK_{n}" for n in ("SITE_URL", "REPO_URL", "EDIT_URI")}


# --- form


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
    pinned = r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n"
    uses = [step for step in _steps(_workflow(path)) if "uses" in step]
    assert len(re.findall(pinned, path.read_text(encoding="utf-8"))) == len(uses) > 0
    checkouts = [step for step in uses if step["uses"].startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_no_foreign_text_reaches_a_shell(path: Path) -> None:
    """No `run` line has an expression in it: titles and branch names are hostile."""
    assert not [step["run"] for step in _steps(_workflow(path)) if "${{" in step.get("run", "")]
