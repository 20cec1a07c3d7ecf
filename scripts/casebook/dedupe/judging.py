"""Judging many candidate pairs, on all cores where that pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casebook.dedupe.boilerplate import ParagraphKeys
from casebook.dedupe.relations import ComparedText, Pair, Subject, judge
from casebook.runtime.processes import context, cores

Places = tuple[int, int]
"""The positions of two documents, the smaller one first."""

Judged = tuple[Places, Pair | None]

PARALLEL_PAIRS = 400
"""Candidate pairs (a few milliseconds each) from which starting worker processes pays."""

_BATCH_PAIRS = 128
"""Pairs in one message to a worker, together with their texts."""

Batch = tuple[Sequence[Places], Mapping[int, tuple[ComparedText, ParagraphKeys]]]


def judge_pairs(
    documents: Sequence[ComparedText],
    pairs: Sequence[Places],
    common: Sequence[ParagraphKeys],
    processes: int | None = None,
) -> Iterator[Judged]:
    """The relation of each pair of documents, in the order of `pairs`.

    `common` are, for each document, its paragraphs that many texts have (`boilerplate`).
    `processes` is by default the number of cores, or 1 for fewer than PARALLEL_PAIRS pairs. The
    workers get the texts with the pairs and inherit nothing, so forked and spawned workers agree.
    """
    batches = (
        _make_batch(documents, common, pairs[i : i + _BATCH_PAIRS])
        for i in range(0, len(pairs), _BATCH_PAIRS)
    )
    processes = processes or (cores() if len(pairs) >= PARALLEL_PAIRS else 1)
    if processes == 1:
        for batch in batches:
            yield from judge_batch(batch)
        return
    with context().Pool(processes) as pool:
        for judged in pool.imap(judge_batch, batches):
            yield from judged


def _make_batch(
    documents: Sequence[ComparedText], common: Sequence[ParagraphKeys], pairs: Sequence[Places]
) -> Batch:
    return pairs, {place: (documents[place], common[place]) for pair in pairs for place in pair}


def judge_batch(batch: Batch) -> list[Judged]:
    """Judge the pairs of a batch. Each document is prepared once."""
    pairs, held = batch
    subjects = {place: Subject(*document) for place, document in held.items()}
    return [((a, b), judge(subjects[a], subjects[b])) for a, b in pairs]
