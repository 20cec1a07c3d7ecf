"""Many candidate pairs judged, on all cores where that pays."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import get_context

from casebook.dedupe.boilerplate import Keys
from casebook.dedupe.relations import Document, Pair, Subject, judge

Places = tuple[int, int]
"""The positions of two documents, the smaller one first."""

Judged = tuple[Places, Pair | None]

PARALLEL = 400
"""Candidate pairs (some milliseconds each) from which starting other processes pays."""

_BATCH = 128
"""Pairs that a process is given at a time, with the texts they need."""

Batch = tuple[Sequence[Places], Mapping[int, tuple[Document, Keys]]]


def judge_pairs(
    documents: Sequence[Document],
    pairs: Sequence[Places],
    common: Sequence[Keys],
    processes: int | None = None,
) -> Iterator[Judged]:
    """How the documents of each pair relate, in the order of `pairs`.

    `common` are, for each document, its paragraphs that many have (`boilerplate`). By default
    many pairs are shared out among as many processes as there are cores; the texts travel with
    them, so that it works the same however the system starts a process.
    """
    batches = (
        _batch(documents, common, pairs[i : i + _BATCH]) for i in range(0, len(pairs), _BATCH)
    )
    processes = processes or (cores() if len(pairs) >= PARALLEL else 1)
    if processes == 1:
        for batch in batches:
            yield from judge_batch(batch)
        return
    # Spawning runs a calling script without a __main__ guard again and again; forking does not.
    with get_context("fork" if sys.platform == "linux" else "spawn").Pool(processes) as pool:
        for judged in pool.imap(judge_batch, batches):
            yield from judged


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batch(documents: Sequence[Document], common: Sequence[Keys], pairs: Sequence[Places]) -> Batch:
    return pairs, {place: (documents[place], common[place]) for pair in pairs for place in pair}


def judge_batch(batch: Batch) -> list[Judged]:
    """Judge the pairs of a batch; each document is prepared once."""
    pairs, held = batch
    subjects = {place: Subject(*document) for place, document in held.items()}
    return [((a, b), judge(subjects[a], subjects[b])) for a, b in pairs]
