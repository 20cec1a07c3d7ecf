"""repair_text.py as people and programs call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from casebook.repair import repair_report
from commands import run_command
from plain import repair

SCRIPT = Path(__file__).parents[1] / "scripts" / "repair_text.py"


def run(*arguments: object, stdin: bytes = b"") -> CompletedProcess[bytes]:
    """Run repair_text.py with bytes on standard input."""
    return run_command("repair_text", *arguments, stdin=stdin)


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_text_from_standard_input_is_repaired(arguments: list[str]) -> None:
    """The text goes to stdout, the explanation to stderr."""
    result = run(*arguments, stdin="dang建工作,很好\n".encode())
    assert result.stdout.decode() == "党建工作，很好\n"
    assert "spelled-character" in result.stderr.decode()


def test_json_has_text_steps_and_flags() -> None:
    """The machine output is the one that the design promises."""
    found = json.loads(run("--format", "json", stdin="党建工作锟斤拷,很好".encode()).stdout)
    assert found["text"] == "党建工作锟斤拷，很好"
    (step,) = found["steps"]
    assert (step["rule"], step["start"], step["end"]) == ("full-width-marks", 7, 8)
    assert (step["before"], step["after"], step["certainty"]) == (",", "，", "certain")
    (flag,) = found["flags"]
    assert (flag["start"], flag["end"], flag["text"]) == (4, 7, "锟斤拷")
    assert flag["message"].endswith("。")


def test_rules_can_be_chosen() -> None:
    """--only and --skip take names of rules; --list-rules knows them all."""
    text = "dang建工作,很好".encode()
    assert run("--only", "spelled-character", stdin=text).stdout.decode() == "党建工作,很好"
    assert run("--skip", "spelled-character", stdin=text).stdout.decode() == "dang建工作，很好"
    assert "gbk-byte-shift" in run("--list-rules").stdout.decode()


def test_diff_shows_changes_in_their_lines() -> None:
    """Lines without a change are left out; without a terminal there is no color."""
    result = run("--diff", stdin="dang建工作\n没有变化\n很好,不错\n".encode())
    assert result.stdout.decode() == "1: [-dang-]{+党+}建工作\n3: 很好[-,-]{+，+}不错\n"


def test_diff_is_colored_on_a_terminal() -> None:
    """What was taken out is red and struck out, what was put in is green."""
    repaired = repair("dang建")
    (line,) = repair_report.difference(repaired, "dang建", color=True)
    assert line == "1: \x1b[31;9mdang\x1b[0m\x1b[32;1m党\x1b[0m建"


@pytest.mark.parametrize(
    "arguments", [["没有.txt"], ["--only", "no-such-rule", "-"], ["--no-such-option"]]
)
def test_a_bad_call_is_one_sentence(arguments: list[str]) -> None:
    """Exit code 2, one line on stderr, nothing on stdout."""
    result = run(*arguments, stdin=b"a")
    assert (result.returncode, result.stdout) == (2, b"")
    assert len(result.stderr.decode().strip().splitlines()) == 1


def test_the_output_is_utf8_whatever_the_system_speaks() -> None:
    """In a process of its own, whose locale knows no Chinese."""
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)],
        input="dang建工作,很好\n".encode(),
        capture_output=True,
        check=True,
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert ended.stdout.decode() == "党建工作，很好\n"


def test_empty_standard_input_is_refused() -> None:
    """No text is no input."""
    assert run(stdin=b"").returncode == 2
