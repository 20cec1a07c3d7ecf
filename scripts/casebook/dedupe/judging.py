"""Many candidate pairs judged, on all cores where that pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casebook.dedupe.boilerplate import Keys
from casebook.dedupe.relations import ComparedText, Pair, Subject, judge
from casebook.runtime.processes import context, cores

Places = tuple[int, int]
"""The positions of two documents, the smaller one first."""

Judged = tuple[Places, Pair | None]

PARALLEL = 400
"""Candidate pairs (some milliseconds each) from which starting other processes pays."""

_BATCH = 128
"""Pairs that a process is given at a time, with the texts they need."""

Batch = tuple[Sequence[Places], Mapping[int, tuple[ComparedText, Keys]]]


def judge_pairs(
    documents: Sequence[ComparedText],
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
    with context().Pool(processes) as pool:
        for judged in pool.imap(judge_batch, batches):
            yield from judged


def _batch(
    documents: Sequence[ComparedText], common: Sequence[Keys], pairs: Sequence[Places]
) -> Batch:
    return pairs, {place: (documents[place], common[place]) for pair in pairs for place in pair}


def judge_batch(batch: Batch) -> list[Judged]:
    """Judge the pairs of a batch; each document is prepared once."""
    pairs, held = batch
    subjects = {place: Subject(*document) for place, document in held.items()}
    return [((a, b), judge(subjects[a], subjects[b])) for a, b in pairs]
