"""Near-identical texts compared with datasketch and brute force: what is found, at what cost.

    python tests/benchmarks/bench_dedupe.py              1,000 and 10,000 documents: some minutes
    python tests/benchmarks/bench_dedupe.py 100000       the large one, on demand

Each method runs in a process of its own on the same corpus (`dedupe/corpus.py`), so that its peak
memory is its own; that of the texts is in it. Goals: candidate recall 0.99 at no more than two
candidates per document, precision 0.999, cluster F1 0.995, 10 times the documents at most 13 times
the time, 100,000 documents in 180 s and 6 GB on two cores.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

SCRIPTS = Path(__file__).parents[2] / "scripts"
sys.path[:0] = [str(SCRIPTS), str(Path(__file__).parent)]

from dedupe.corpus import Corpus, make_corpus, make_near_copies

import checkout  # noqa: F401 (says where the content is)
from casebook.dedupe import MERGING
from casebook.dedupe.candidate_pairs import find_candidate_pairs
from casebook.dedupe.cluster import find_duplicates
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.fingerprint_index import FingerprintIndex
from casebook.dedupe.shingles import fingerprint

Places = set[tuple[int, int]]
Result = dict[str, float]
BRUTE_FORCE_DOCUMENTS = 1_000
"""Documents up to which all pairs are compared: 10,000 take an hour."""

_SHINGLE_CHARACTERS = 5
_KIB_PER_GIB = 2**20  # in KiB


def find_candidates(made: Corpus) -> Result:
    """This tool's candidate stage."""
    start = time.perf_counter()
    found = set(
        find_candidate_pairs([fold_for_comparison(document.text) for document in made.documents])
    )
    return {**_score_pairs(made, found), "seconds": time.perf_counter() - start}


def cluster_all(made: Corpus) -> Result:
    """This tool from texts to clusters."""
    start = time.perf_counter()
    report = find_duplicates(made.documents)
    seconds = time.perf_counter() - start
    merging = {(int(p.a), int(p.b)) for p in report.pairs if p.relation in MERGING}
    true = made.true_pairs()
    together = {
        (min(a, b), max(a, b))
        for cluster in report.clusters
        for group in [list(map(int, (cluster.canonical, *cluster.members)))]
        for place, a in enumerate(group)
        for b in group[place + 1 :]
    }
    return {
        **_score_pairs(made, merging),
        "precision": len(merging & true) / max(1, len(merging)),
        "cluster F1": 2 * len(together & true) / max(1, len(together) + len(true)),
        "seconds": seconds,
    }


def run_minhash(made: Corpus) -> Result:
    """datasketch: MinHash of 128 permutations over 5-grams of the folded text, threshold 0.5."""
    from datasketch import MinHash, MinHashLSH

    start = time.perf_counter()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    found: Places = set()
    for place, document in enumerate(made.documents):
        text = fold_for_comparison(document.text)
        grams = {
            text[i : i + _SHINGLE_CHARACTERS].encode()
            for i in range(len(text) - _SHINGLE_CHARACTERS + 1)
        }
        sketch = MinHash(num_perm=128)
        sketch.update_batch(list(grams))
        found.update((other, place) for other in index.query(sketch))
        index.insert(place, sketch)
    return {**_score_pairs(made, found), "seconds": time.perf_counter() - start}


def run_brute_force(made: Corpus) -> Result:
    """rapidfuzz.process.cdist of all pairs: Levenshtein, the scorer with a cheap cut-off, 0.7."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    start = time.perf_counter()
    texts = [fold_for_comparison(document.text) for document in made.documents]
    scorer = Levenshtein.normalized_similarity
    scores = process.cdist(texts, texts, scorer=scorer, score_cutoff=0.7, workers=-1)
    rows, columns = np.nonzero(np.triu(scores, 1))
    found = set(zip(rows.tolist(), columns.tolist(), strict=True))
    return {**_score_pairs(made, found), "seconds": time.perf_counter() - start}


def _score_pairs(made: Corpus, found: Collection[tuple[int, int]]) -> Result:
    true = made.true_pairs()
    return {
        "recall": len(true.intersection(found)) / max(1, len(true)),
        "pairs per document": len(found) / len(made.documents),
    }


def run_measured(method: Callable[[Corpus], Result], size: int) -> Result:
    """The method on a corpus of that size, with peak memory; runs in a process of its own."""
    made = make_corpus(size)
    start = _read_cpu_seconds()
    with _MemoryWatch() as watch:
        result = method(made)
    return {
        **result,
        "CPU seconds": _read_cpu_seconds() - start,
        "peak GB": watch.peak / _KIB_PER_GIB,
    }


def _read_cpu_seconds() -> float:
    """What this process and its ended children have used: the steadier figure when others run."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


class _MemoryWatch(threading.Thread):
    """The most memory (KiB) that this process and its children held together, a page once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._done = threading.Event()

    def __enter__(self) -> _MemoryWatch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        """Look every second."""
        while True:
            self.peak = max(self.peak, sum(map(_read_memory, _list_family(os.getpid()))))
            if self._done.wait(1):
                return


def _list_family(process: int) -> Iterator[int]:
    """A process and those it started."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _list_family(int(child))


def _read_memory(process: int) -> int:
    """KiB of a process, shared pages divided among those that share them; 0 when it has ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"^Pss: +(\d+)", rollup, re.M)[1])  # type: ignore[index]


METHODS: dict[str, Callable[[Corpus], Result]] = {
    "casebook, candidates": find_candidates,
    "casebook, clusters": cluster_all,
    "datasketch MinHashLSH": run_minhash,
    "rapidfuzz cdist": run_brute_force,
}
COLUMNS = (
    "recall",
    "pairs per document",
    "precision",
    "cluster F1",
    "seconds",
    "CPU seconds",
    "peak GB",
)


def time_family() -> None:
    """Print the sizes of the clusters that 3,000 near copies make; one of 3,000 is right."""
    start = time.perf_counter()
    clusters = find_duplicates(make_near_copies(3_000).documents).clusters
    sizes = [1 + len(cluster.members) for cluster in clusters]
    print(f"3,000 near copies: clusters of {sizes}, {time.perf_counter() - start:.1f} s")


def time_one_more(size: int) -> None:
    """Print the time of one new text against many: in a new process, and in a warm one."""
    made = make_corpus(size)
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        FingerprintIndex.of(
            [fingerprint(fold_for_comparison(d.text)) for d in made.documents]
        ).save(Path(folder))
        built = time.perf_counter() - start
        code = (
            "import sys; from pathlib import Path;"
            "from casebook.dedupe.comparison_folding import fold_for_comparison as fold;"
            "from casebook.dedupe.fingerprint_index import FingerprintIndex;"
            "index = FingerprintIndex.open(Path(sys.argv[1]));"
            "print(len(index.find_candidates(fold(sys.stdin.read()))))"
        )
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", code, folder],
            input=made.documents[0].text,
            env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
            encoding="utf-8",
            check=True,
            capture_output=True,
        )
        fresh = time.perf_counter() - start
        index = FingerprintIndex.open(Path(folder))
        start = time.perf_counter()
        for document in made.documents[:100]:
            index.find_candidates(fold_for_comparison(document.text))
        warm = (time.perf_counter() - start) * 10
    print(
        f"one against {size}: built {built:.1f} s, fresh process {fresh:.2f} s, warm {warm:.1f} ms"
    )


def main() -> None:
    """Run every method at every size and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], metavar="N")
    parser.add_argument("--only", choices=METHODS, action="append", help="this method only")
    options = parser.parse_args()
    print("documents | method | " + " | ".join(COLUMNS))
    for size in options.sizes:
        for name in options.only or METHODS:
            if METHODS[name] is run_brute_force and size > BRUTE_FORCE_DOCUMENTS:
                continue
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                result = pool.submit(run_measured, METHODS[name], size).result()
            cells = (f"{result[key]:.4g}" if key in result else "–" for key in COLUMNS)
            print(f"{size} | {name} | " + " | ".join(cells), flush=True)
    if not options.only:
        time_one_more(max(options.sizes))
        time_family()


if __name__ == "__main__":
    main()
