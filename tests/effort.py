"""How hard the tests try: every day, or with larger counts once a week."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, settings

EVERY_DAY, ONCE_A_WEEK = "default", "weekly"
"""Names of the hypothesis profiles; pytest's option `--hypothesis-profile` chooses one."""

FACTOR = 10
"""How many times as many examples the weekly profile runs."""

RUNS = 3
"""How often a cost is measured; the least counts, for a busy machine only adds to it."""

MOST_TRIES = 8
"""How often the larger run is tried, until one is as fast as it should be."""

MOST_GROWTH = 3.0
"""Ratio of costs under which twice the size is linear: that gives about 2, a square 4."""


def register_profiles() -> None:
    """Both profiles: no deadline and no health check that a busy machine could fail.

    The everyday examples never change, so that only a change of the code can turn a test red; the
    weekly ones are new every time.
    """
    patient = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile(
        EVERY_DAY, deadline=None, derandomize=True, suppress_health_check=patient
    )
    settings.register_profile(
        ONCE_A_WEEK, deadline=None, max_examples=100 * FACTOR, suppress_health_check=patient
    )
    settings.load_profile(EVERY_DAY)


def is_weekly() -> bool:
    """Whether the larger counts were asked for."""
    return settings.get_current_profile_name() == ONCE_A_WEEK


def examples(every_day: int) -> settings:
    """Settings of a property that runs so many examples a day, FACTOR times as many a week."""
    return settings(max_examples=every_day * (FACTOR if is_weekly() else 1))


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Fail when the block takes more processor time than a bound that hostile input must not pass.

    A bound is several times what the block takes, so that neither a slow nor a busy machine
    reaches it, only a cost that grows faster than the input.
    """
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def is_linear(run: Callable[[int], object], size: int) -> bool:
    """Whether a run of twice the size takes less than MOST_GROWTH times the processor time.

    A ratio is the same on a slow machine. The size must be large enough for a part of the cost
    that is not linear to outweigh the rest.
    """
    small = min(_seconds(run, size) for _ in range(RUNS))
    return any(_seconds(run, 2 * size) < MOST_GROWTH * small for _ in range(MOST_TRIES))


def _seconds(run: Callable[[int], object], size: int) -> float:
    """The processor time of a run, without the collector, whose turns come at any moment."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        run(size)
        return time.process_time() - start
    finally:
        gc.enable()
