"""A second process for work that nothing here waits for until the end."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context

from casebook.runtime.processes import cores, start_method


class BackgroundTask:
    """A task that runs beside this process where the system can fork, else when it is waited for.

    The task leaves its result on disk. A task that failed is run again here, so that its error is
    seen; starting another one stops it.
    """

    def __init__(self, task: Callable[[], object]) -> None:
        self._task = task
        self._process = None
        if start_method() == "fork" and cores() > 1:
            self._process = get_context("fork").Process(target=_quietly, args=(task,), daemon=True)
            self._process.start()

    def wait(self) -> None:
        """Until the task is done. Raises what it raises."""
        if self._process:
            self._process.join()
        if self._process is None or self._process.exitcode:
            self._task()

    def stop(self) -> None:
        """End the task, done or not."""
        if self._process and self._process.is_alive():
            self._process.kill()
            self._process.join()


def _quietly(task: Callable[[], object]) -> None:
    """Run a task; its error is told by the second run, not printed here."""
    try:
        task()
    except BaseException:
        os._exit(1)
    os._exit(0)
