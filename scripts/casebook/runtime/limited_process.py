"""A child process with limits of memory, CPU, time and output, for work on hostile input.

Linux enforces all of them. macOS does not enforce the limit of memory; the limits of CPU and time
hold. On Windows a job object holds memory and ends the child with its parent. Only Linux was run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from casebook.runtime.process_limits import Limits

CHUNK = 1 << 16
"""Bytes that are read of the child's output at once."""


_LONGEST_LINE, _LAST_LINES = 4000, 100
"""Bytes of a line of stderr, and lines of it that are kept."""

NO_VARIABLES: Mapping[str, str] = {}


class LimitExceededError(Exception):
    """The child used more than it may, and was ended."""


class ChildFailedError(Exception):
    """The child ended with an error; the message is the end of what it wrote to stderr."""


def python_variables() -> dict[str, str]:
    """The variables with which a child that runs Python finds what this process finds.

    The current folder, which may hold anything, is not among the places: start it with -P.
    """
    places = [str(Path(__file__).parents[2]), *filter(None, sys.path)]
    return {"PYTHONPATH": os.pathsep.join(places)}


def run_limited(
    arguments: Sequence[str],
    data: bytes,
    limits: Limits,
    environment: Mapping[str, str] = NO_VARIABLES,
    watch: Callable[[str], None] | None = None,
) -> bytes:
    """The output of a child that is given `data` on stdin; `environment` is added to its own.

    `watch` is given each line that the child writes to stderr, at once.
    The limits of memory and CPU hold if the child calls `limit_self`. Raises LimitExceededError or
    ChildFailedError; then the child and all that it started have ended.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        arguments,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env=os.environ | environment,
        start_new_session=True,
    ) as child:
        job = _put_into_job(child, limits)
        timer = threading.Timer(limits.wall, _end, [child])
        timer.start()
        try:
            output, errors = _exchange(child, data, limits.output, watch or _ignore)
            code = child.wait()
        finally:
            late = timer.finished.is_set()
            timer.cancel()
            _end(child)
            del job
    if code:
        _explain_end(code, late, errors)
    return output


def _exchange(
    child: subprocess.Popen[bytes], data: bytes, most: int, watch: Callable[[str], None]
) -> tuple[bytes, str]:
    """What the child wrote to stdout and, its end, to stderr."""
    assert child.stdin and child.stdout and child.stderr
    errors: list[bytes] = []
    threads = [
        threading.Thread(target=_feed, args=(child.stdin, data)),
        threading.Thread(target=_listen, args=(child.stderr, errors, watch)),
    ]
    for thread in threads:
        thread.start()
    output = bytearray()
    while chunk := child.stdout.read(CHUNK):
        output += chunk
        if len(output) > most:
            _end(child)
            raise LimitExceededError
    for thread in threads:
        thread.join()
    return bytes(output), b"".join(errors)[-2000:].decode("utf-8", "replace")


def _ignore(line: str) -> None:
    """Nobody watches."""


def _listen(stream: IO[bytes], errors: list[bytes], watch: Callable[[str], None]) -> None:
    """Keep the last lines that the child writes to stderr."""
    for line in iter(partial(stream.readline, _LONGEST_LINE), b""):
        errors.append(line)
        del errors[:-_LAST_LINES]
        watch(line.decode("utf-8", "replace").rstrip())


def _feed(stream: IO[bytes], data: bytes) -> None:
    try:
        stream.write(data)
        stream.close()
    except OSError:  # the child ended before it read everything
        return


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child with all processes of its session."""
    if sys.platform == "win32":
        child.kill()
        return
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _explain_end(code: int, late: bool, errors: str) -> None:
    out_of_cpu = sys.platform != "win32" and code in (-signal.SIGXCPU, -signal.SIGKILL)
    if late or out_of_cpu or "MemoryError" in errors or "bad_alloc" in errors:
        raise LimitExceededError
    raise ChildFailedError(errors.strip().rpartition("\n")[2])


def _put_into_job(child: subprocess.Popen[bytes], limits: Limits) -> object:
    """On Windows, a job object with the limit of memory that ends with its handle; else None."""
    if sys.platform != "win32":
        return None
    from casebook.runtime.windows_job import make_job

    return make_job(child, limits.memory)
