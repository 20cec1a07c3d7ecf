"""Work in a second process whose result is needed only at the end."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context

from casebook.runtime.processes import cores, start_method


class BackgroundTask:
    """A task in a background process where the system can fork; elsewhere `wait` runs it.

    The task leaves its result on disk. A task that failed is run again by `wait`, so that its
    error is raised in this process.
    """

    def __init__(self, task: Callable[[], object]) -> None:
        self._task = task
        self._process = None
        if start_method() == "fork" and cores() > 1:
            self._process = get_context("fork").Process(target=_quietly, args=(task,), daemon=True)
            self._process.start()

    def wait(self) -> None:
        """Wait until the task is done. Raises what it raises."""
        if self._process:
            self._process.join()
        if self._process is None or self._process.exitcode:
            self._task()

    def stop(self) -> None:
        """Stop the task, whether it is done or not."""
        if self._process and self._process.is_alive():
            self._process.kill()
            self._process.join()


def _quietly(task: Callable[[], object]) -> None:
    """Run a task without printing its error: the second run raises it."""
    try:
        task()
    except BaseException:
        os._exit(1)
    os._exit(0)
