"""The repository keeps its own rules: documents, dependencies, sizes, files."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from casebook.checks import check_file
from casebook.checks.layout_checks import TEMPLATE
from casebook.checks.rules import render_rule_table
from casebook.library import casefile
from casebook.library.schema_tables import render_json_schema, render_key_table
from effort import examples
from frozen import LIBRARY
from tasks import LISTS, TASKS

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "scripts"
PACKAGE = SCRIPTS / "casebook"
TWINS = ["README", "CONTRIBUTING"]
CHINESE_PAGES = [
    *(ROOT / f"{name}.zh-CN.md" for name in TWINS),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((PACKAGE / "pipeline" / "skeleton").rglob("*.md")),
    *sorted((ROOT / ".github").rglob("*.md")),
    *sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")),
]
MODULES = sorted(path for path in SCRIPTS.rglob("*.py"))

LONGEST_FUNCTION = 40
LARGEST_FILE = 1024 * 1024
SPOTS = {".devcontainer"}
"""Folders that tools of others look for at the top."""

DISTRIBUTIONS = {
    "yaml": "pyyaml",
    "material": "mkdocs-material",
    "pydantic_core": "pydantic",
    "ahocorasick_rs": "ahocorasick-rs",
    "pypdfium2_raw": "pypdfium2",
}
"""Distributions whose name differs from the package they bring."""


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _without_code(markdown: str) -> str:
    return re.sub(r"^(`{3,}).*?^\1$", "", markdown, flags=re.M | re.S)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(_read(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


# --- documents


@pytest.mark.parametrize("name", TWINS)
def test_twins_have_the_same_outline(name: str) -> None:
    """Both languages have the same levels of headings and the same commands in the same order."""
    english, chinese = _read(ROOT / f"{name}.md"), _read(ROOT / f"{name}.zh-CN.md")
    levels = [re.findall("^(#+) ", _without_code(text), re.M) for text in (english, chinese)]
    assert levels[0] == levels[1]
    assert _commands(english) == _commands(chinese)


def _commands(markdown: str) -> list[str]:
    """The lines of the shell blocks, without their comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", markdown, re.M | re.S)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("name", TWINS)
def test_commands_in_the_documents_exist(name: str) -> None:
    """Every script, path and make target is there; what lies in cases/ may change every day."""
    text = _read(ROOT / f"{name}.md")
    shown = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.M)
    assert shown and set(shown) <= {"help", *TASKS}
    for command in _commands(text):
        paths = re.findall(r"\b(?:scripts|tests)(?:/[\w.-]+)*", command)
        assert [path for path in paths if not (ROOT / path).exists()] == []


def test_five_commands_are_shown_with_options_they_have() -> None:
    """The README has an example of each command; its options stand in `--help`."""
    examples = [c.split()[1:] for c in _commands(_read(ROOT / "README.md")) if "scripts/" in c]
    assert len({script for script, *_ in examples}) == 5
    for script, *arguments in examples:
        usage = subprocess.run(
            [sys.executable, ROOT / script, "--help"],
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        assert [a for a in arguments if a.startswith("--") and a not in usage] == []


@pytest.mark.parametrize("name", [f"{n}{s}.md" for n in TWINS for s in ("", ".zh-CN")])
def test_links_of_the_documents_lead_somewhere(name: str) -> None:
    """Relative links and pictures name a file of the repository."""
    targets = re.findall(r"\]\(([^)#:\s]+)\)", _without_code(_read(ROOT / name)))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_table_of_rules_is_the_one_of_the_gate() -> None:
    """CONTRIBUTING.zh-CN.md shows what `check_cases.py --list-rules` prints."""
    shown = re.search("<!-- rules -->\n(.*?)\n<!-- /rules -->", _read(CHINESE_PAGES[1]), re.S)
    assert shown and shown[1] == render_rule_table()


@pytest.mark.parametrize(
    "name", ["CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md", "docs/contributing.md"]
)
def test_documents_show_the_one_template_of_a_case(name: str) -> None:
    """The template that the gate knows, under the name that its document proposes."""
    page = _read(ROOT / name)
    template = re.search("^````markdown\n(.*?)^````$", page, re.M | re.S)
    assert template and template[1] == _read(TEMPLATE)
    assert f"`{casefile.parse(template[1]).id}.md`" in page


def test_template_of_a_case_passes_the_gate() -> None:
    """Copied as it is, it lacks nothing but anchors and what a person has to write."""
    text = _read(TEMPLATE)
    found = check_file(LIBRARY / f"{casefile.parse(text).id}.md", text)
    assert {finding.rule for finding in found} == {"missing-anchor", "template-left"}


def test_keys_and_json_schema_are_those_of_the_gate() -> None:
    """cases/README.md and docs/case.schema.json show what `check_cases.py --schema` prints."""
    shown = re.search("<!-- keys -->\n(.*?)\n<!-- /keys -->", _read(ROOT / "cases/README.md"), re.S)
    assert shown and shown[1] == render_key_table()
    assert _read(ROOT / "docs" / "case.schema.json") == render_json_schema() + "\n"


@pytest.mark.parametrize("path", CHINESE_PAGES, ids=_name)
def test_chinese_prose_has_full_width_punctuation(path: Path) -> None:
    """No half-width comma, colon, semicolon or bracket after a Chinese character."""
    prose = re.sub(r"`[^`\n]*`|\]\([^)]*\)", "", _without_code(_read(path)))
    assert re.findall(r"[\u4e00-\u9fff][,:;(?!].{0,10}", prose) == []


# --- dependencies


@pytest.mark.parametrize("name", LISTS.values())
def test_every_requirement_says_who_needs_it(name: str) -> None:
    """Each line that installs something has a range and a comment."""
    lines = [line for line in _read(ROOT / name).splitlines() if re.match(r"[\w]", line)]
    assert lines
    assert [line for line in lines if not re.search(r"[<>=]=?[\d.].*\s# \S", line)] == []


def test_what_is_imported_is_required() -> None:
    """Every package that the scripts import is named in a list of what they need."""
    lists = "".join(_read(ROOT / name) for name in LISTS.values())
    required = {name.lower() for name in re.findall(r"^[\w-]+", lists, re.M)}
    imported = {name.partition(".")[0] for path in MODULES for name in _imports(path)}
    own = {"casebook", *(path.stem for path in SCRIPTS.glob("*.py"))}
    foreign = imported - sys.stdlib_module_names - own
    assert {DISTRIBUTIONS.get(name, name) for name in foreign} <= required


# --- sizes


def _functions(node: ast.AST, scope: str = "") -> Iterator[tuple[str, int]]:
    """Every function within a node by its qualified name, with its number of lines."""
    for child in ast.iter_child_nodes(node):
        inner = scope
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            inner = f"{scope}{child.name}."
            if not isinstance(child, ast.ClassDef):
                yield inner[:-1], (child.end_lineno or child.lineno) - child.lineno + 1
        yield from _functions(child, inner)


def _long_functions(source: str) -> list[tuple[str, int]]:
    return [found for found in _functions(ast.parse(source)) if found[1] > LONGEST_FUNCTION]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_functions_are_short(path: Path) -> None:
    """No function has more than LONGEST_FUNCTION lines, its docstring included."""
    assert _long_functions(_read(path)) == []


def test_a_long_function_is_found_wherever_it_stands() -> None:
    """A later function of the same name does not hide it."""
    long = "    def __init__(self):\n" + "        pass\n" * LONGEST_FUNCTION
    source = f"class A:\n{long}class B:\n    def __init__(self):\n        pass\n"
    assert _long_functions(source) == [("A.__init__", LONGEST_FUNCTION + 1)]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_have_one_subject(path: Path) -> None:
    """A module says in its docstring what it is about, and stays below 400 lines."""
    source = _read(path)
    assert not source.strip() or ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) < 400


# --- tests


def test_no_property_runs_against_the_clock() -> None:
    """A first call loads tables, and a machine may be busy: examples have no deadline."""
    assert settings().deadline is None
    assert examples(1).deadline is None


# --- files


def tracked_files() -> list[str]:
    """Names of the files that git knows, relative to the root."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name]


def test_folders_at_the_top_are_those_of_the_house() -> None:
    """What a trial left at the top is not committed with it."""
    folders = {name.partition("/")[0] for name in tracked_files() if "/" in name}
    assert folders <= {".ci", ".github", "cases", "docs", "scripts", "tests"} | SPOTS


def test_containers_call_the_task_of_everyone() -> None:
    """Neither repeats how the site is made."""
    container = json.loads(_read(ROOT / ".devcontainer" / "devcontainer.json"))
    assert container["postCreateCommand"] == "make site"
    assert (
        ROOT / ".devcontainer" / container["build"]["dockerfile"]
    ).resolve() == ROOT / "Dockerfile"
    assert _read(ROOT / "Dockerfile").endswith("\nRUN make site\n")


def test_no_large_file_is_tracked() -> None:
    """Nothing over 1 MiB is in the repository, but for what contributors bring to cases/."""
    files = [ROOT / name for name in tracked_files() if not name.startswith("cases/")]
    large = [_name(f) for f in files if f.is_file() and f.stat().st_size > LARGEST_FILE]
    assert files and large == []


@pytest.mark.parametrize("converting", ["true", "false"])
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("cases/sources/来稿.txt", True),
        ("tests/data/repair/来稿.txt", True),
        ("tests/checks/data/case.md", True),
        ("scripts/module.py", False),
    ],
)
def test_sources_are_kept_byte_for_byte(
    tmp_path: Path, name: str, kept: bool, converting: str
) -> None:
    """Git converts no line ends of what was received or is test data, all those of our own files.

    Whatever the person who commits has set.
    """
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"one\r\ntwo\r\n")
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    git = ("git", "-c", f"core.autocrlf={converting}", "-c", "core.safecrlf=false")
    for words in (("init", "-q"), ("add", ".")):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    command = [*git, "cat-file", "blob", f":{name}"]
    stored = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout
    assert (stored == path.read_bytes()) == kept


# --- continuous integration

STUB = """\
#!/bin/sh
echo "${0##*/} $* (CI=$CI, $PWD)" >> "$CALLS"
[ "${0##*/}" != "$FAILING" ]
"""
"""A command that notes how it was called."""

NEEDED = ("git", "make", "python3", "chromium", "firefox-esr")
"""Commands that `.ci/run` looks for."""


def _run_ci(folder: Path, missing: str = "", failing: str = "") -> tuple[int, list[str]]:
    """Exit code of `.ci/run` and the calls that it makes, on a system that has only stubs."""
    for name in ("bash", "dirname", "grep", "id", "env"):
        (folder / name).symlink_to(shutil.which(name) or name)
    for name in {*NEEDED, "apt-get", "sudo"} - {missing}:
        (folder / name).write_text(STUB, encoding="utf-8")
        (folder / name).chmod(0o755)
    calls = folder / "calls.txt"
    environment = {"PATH": str(folder), "CALLS": str(calls), "FAILING": failing}
    ended = subprocess.run([ROOT / ".ci" / "run"], env=environment, cwd=folder, check=False)
    return ended.returncode, calls.read_text(encoding="utf-8").splitlines()


@pytest.mark.skipif(os.name == "nt", reason="a script for Debian")
@pytest.mark.parametrize(("failing", "code"), [("", 0), ("make", 1)])
def test_ci_runs_every_test(tmp_path: Path, failing: str, code: int) -> None:
    """`.ci/run` ends with `make test` in the checkout, and fails where that fails."""
    ended, calls = _run_ci(tmp_path, failing=failing)
    assert ended == code
    assert [call for call in calls if call.startswith("make")] == [f"make test (CI=true, {ROOT})"]
    assert calls[-1].startswith("make")


@pytest.mark.skipif(os.name == "nt", reason="a script for Debian")
@pytest.mark.parametrize("missing", ["git", "chromium", "firefox-esr"])
def test_ci_installs_what_is_missing(tmp_path: Path, missing: str) -> None:
    """Before the tests are run, by the name of Debian's package, which is the command's."""
    _, calls = _run_ci(tmp_path, missing=missing)
    (installed,) = [call for call in calls[:-1] if "apt-get install" in call]
    assert missing in installed.split()
