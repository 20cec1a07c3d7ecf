"""The command `check_cases.py`: exit codes, formats, and where they print."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from subprocess import CompletedProcess
from unittest import mock

import pytest

from commands import run_text

GOOD = "---\nid: good\ntitle: 好\nlead_role: background\nsources: [{name: 自撰}]\n---\n\n导语。\n"
WARNED = GOOD.replace("title: 好\n", "title: 好\nkind: 没有的文种\n")
WRONG = GOOD.replace("导语。", "<b>导语。</b>")


def _run(*arguments: object, **environment: str) -> CompletedProcess[str]:
    with mock.patch.dict(os.environ, environment):
        return run_text("check_cases", *arguments)


def _case(folder: Path, text: str) -> Path:
    path = folder / "good.md"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (GOOD, [], 0),
        (GOOD, ["--strict"], 0),
        (WARNED, [], 0),
        (WARNED, ["--strict"], 1),
        (WRONG, [], 1),
        ("---\nid: [\n---\n", [], 1),
        ("", [], 1),
        ("\0\0\0", [], 1),
    ],
)
def test_exit_code(tmp_path: Path, text: str, options: list[str], code: int) -> None:
    """0 fine, 1 with errors, and with warnings only where they are asked for."""
    result = _run(_case(tmp_path, text), *options)
    assert (result.returncode, result.stderr) == (code, "")


def test_unusable_call_is_one_chinese_sentence(tmp_path: Path) -> None:
    """A missing path, a folder without cases, an unknown option: exit 2, nothing on stdout."""
    for arguments in (["none.md"], [tmp_path], ["--nope"], ["--format", "xml"]):
        result = _run(*arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 1 and "Traceback" not in result.stderr


def test_json_has_the_fields_of_the_contract(tmp_path: Path) -> None:
    """A stable contract: the keys of a finding, in this order, and nothing else on stdout."""
    result = _run(_case(tmp_path, WRONG), "--format", "json")
    (first, _) = json.loads(result.stdout)["findings"]
    assert list(json.loads(result.stdout)) == ["findings"]
    assert list(first) == ["rule", "severity", "path", "line", "column", "message"]
    assert (first["rule"], first["severity"], first["line"]) == ("raw-html", "error", 8)
    assert json.loads(_run(_case(tmp_path, GOOD), "--format", "json").stdout) == {"findings": []}


def test_github_format_writes_the_step_summary(tmp_path: Path) -> None:
    """Annotations go to stdout, the table to the file that GitHub names."""
    summary = tmp_path / "summary.md"
    result = _run(_case(tmp_path, WRONG), "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert result.returncode == 1
    assert result.stdout.startswith("::error file=")
    assert summary.read_text(encoding="utf-8").count("raw-html") == 2


def test_fix_mends_and_says_what_is_left(tmp_path: Path) -> None:
    """`--fix` writes the file; what it cannot mend is still reported."""
    path = _case(tmp_path, WRONG.replace("id: good\n", "") + "\n## 一、主要做法\n\n正文。\n")
    result = _run(path, "--fix", "--format", "json")
    rules = [finding["rule"] for finding in json.loads(result.stdout)["findings"]]
    assert rules == ["raw-html", "raw-html"]
    assert "id: good\n" in path.read_text(encoding="utf-8")


def test_a_correction_by_a_person_survives_fix(tmp_path: Path) -> None:
    """A role that the heading does not suggest stays, however often the file is fixed."""
    corrected = "\n## 一、主要做法 {.lesson}\n\n正文。\n"
    path = _case(tmp_path, WRONG.replace("id: good\n", "") + corrected)
    for _ in range(2):
        _run(path, "--fix")
    text = path.read_text(encoding="utf-8")
    assert "## 一、主要做法 {.lesson #" in text
    assert ".practice" not in text


def test_rules_are_listed() -> None:
    """`--list-rules` prints the table that the documentation shows."""
    result = _run("--list-rules")
    assert result.returncode == 0
    assert "| `raw-html` | 错误 |" in result.stdout


def test_themes_are_explained_on_request(tmp_path: Path) -> None:
    """Each item with its themes, the scores after them and the words; what a person wrote, too."""
    items = "\n## 改进考核评价 {#k001}\n\n考核结果与评先挂钩。\n\n## 其他 {#k002 theme=责任落实}\n"
    result = _run(_case(tmp_path, GOOD + items), "--explain-themes")
    assert (result.returncode, result.stderr) == (0, "")
    assert "#k001 改进考核评价：考核评价" in result.stdout
    assert re.search(r"考核评价 \d\.\d\d：标题有“考核评价”；正文有“评先”", result.stdout)
    assert "#k002 其他：责任落实\n    案例文件里写明" in result.stdout
