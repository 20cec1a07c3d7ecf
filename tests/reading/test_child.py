"""Reading in a child process: the lines come back whole, and limits end in one sentence."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import reading
from casebook.model import Line, LineFacts
from casebook.reading.line_records import dump_lines, load_lines
from casebook.runtime.limited_process import (
    ChildFailedError,
    LimitExceededError,
    python_variables,
    run_limited,
)
from casebook.runtime.process_limits import Limits
from one_write_up import as_docx

LIMITS = Limits(memory=200 << 20, cpu=2, wall=20, output=1 << 20)
_OPENING = (
    "from casebook.runtime.process_limits import Limits, limit_self\n"
    f"limit_self(Limits({LIMITS.memory}, {LIMITS.cpu}, {LIMITS.wall}, {LIMITS.output}))\n"
)

FACTS = st.builds(
    LineFacts,
    page=st.integers(0, 9),
    size=st.sampled_from([0.0, 10.5]),
    bold=st.booleans(),
    label=st.sampled_from(["", "一、"]),
    cell=st.none() | st.tuples(st.integers(1, 3), st.integers(1, 3), st.just(0)),
    origin=st.sampled_from(["text", "note", "outside"]),
)
LINES = st.lists(
    st.builds(Line, st.text(st.characters(exclude_characters="\n")), st.booleans(), FACTS)
)


def run(code: str, data: bytes = b"") -> bytes:
    """The output of Python code that limits itself first."""
    return run_limited([sys.executable, "-c", _OPENING + code], data, LIMITS, python_variables())


@given(LINES)
def test_lines_come_back_with_their_facts(lines: list[Line]) -> None:
    """What is written of lines is what is read."""
    rows = f"[{','.join(dump_lines(lines))}]"
    assert load_lines(json.loads(rows)) == tuple(lines)


def test_the_child_gets_the_document_and_answers() -> None:
    """More than a pipe holds, both ways."""
    data = b"\x00\xff" * 200_000
    assert run("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())", data) == data


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces all limits")
@pytest.mark.parametrize(
    "code",
    ["bytearray(1 << 30)", "while True: pass", "while True: print('x' * 4096)"],
    ids=["memory", "cpu", "output"],
)
def test_more_than_it_may_ends_it(code: str) -> None:
    """Each limit ends the child with the same error."""
    with pytest.raises(LimitExceededError):
        run(code)


def test_a_sleeper_is_ended_with_all_it_started(tmp_path: Path) -> None:
    """The limit of time strikes where that of CPU does not, and no process stays."""
    mark = tmp_path / "late"
    grandchild = f"import time, pathlib; time.sleep(4); pathlib.Path({str(mark)!r}).touch()"
    code = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', {grandchild!r}])\n"
        "time.sleep(60)"
    )
    limits = Limits(LIMITS.memory, LIMITS.cpu, wall=2, output=LIMITS.output)
    with pytest.raises(LimitExceededError):
        run_limited([sys.executable, "-c", code], b"", limits)
    time.sleep(4)
    assert not mark.exists()


def test_modules_of_the_current_folder_are_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A folder of received documents may hold a json.py."""
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert reading.read_bytes(as_docx(), "a.docx").lines


def test_an_error_of_the_child_is_named() -> None:
    """Its last line says what went wrong."""
    with pytest.raises(ChildFailedError, match="ValueError: torn"):
        run("raise ValueError('torn')")
