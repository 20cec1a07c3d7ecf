"""The five commands as a person calls them, without a process for every call.

A process takes a second to start; that each script works in one of its own is tested once.
"""

from __future__ import annotations

import importlib
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from subprocess import CompletedProcess
from unittest import mock

import pytest

from casebook.runtime import cli


def run_command(script: str, *arguments: object, stdin: bytes = b"") -> CompletedProcess[bytes]:
    """What `python scripts/<script>.py ARGUMENTS` prints, and its exit code."""
    command = importlib.import_module(f"casebook.commands.{script}")
    words = [str(argument) for argument in arguments]
    out, err = _stream(), _stream()
    with (
        mock.patch.object(sys, "argv", [f"{script}.py", *words]),
        mock.patch.object(sys, "stdin", _stream(stdin)),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        cli.run(command.main, words)
    return CompletedProcess(words, int(ended.value.code or 0), _bytes(out), _bytes(err))


def run_text(script: str, *arguments: object) -> CompletedProcess[str]:
    """As run_command, the output as text."""
    ended = run_command(script, *arguments)
    return CompletedProcess(
        ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode()
    )


def _stream(content: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="\n")


def _bytes(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    written: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return written
