"""The files by which a page finds the cases that a text repeats, without a server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

import numpy as np

from casebook.dedupe.comparison_folding import fold_each
from casebook.dedupe.sketches import SketchHashes, make_sketch
from casebook.search.collection import CaseEntry
from casebook.search.packing import Codes, Words, deflate_json, golomb, pack, script
from casebook.search.tables import BLOCK
from casebook.text.script_conversion import load_converter

COUNT_ORDER, ORDER_ORDER = 6, 3
"""Orders of the Golomb codes of a sketch's number of hashes, and of the order of its gaps."""

_HAN = (range(0x3400, 0xA000), range(0x20000, 0x33480))


def sketch_files(cases: Sequence[CaseEntry]) -> dict[str, bytes]:
    """For each block of cases a file with the sketch of each; the ids of all cases; and the forms
    that folding needs."""
    files = {
        "ids": script("ids", deflate_json("\n".join(case.id for case in cases))),
        "simplified": script("simplified", deflate_json(_list_simplified_forms())),
    }
    for number, first in enumerate(range(0, len(cases), BLOCK)):
        texts = [_join_texts(case) for case in cases[first : first + BLOCK]]
        words = pack_sketches(map(make_sketch, fold_each(texts)))
        files[f"k{number}"] = script(f"k{number}", words)
    return files


def pack_sketches(sketches: Iterable[SketchHashes]) -> Words:
    """Of each sketch the number of its hashes, the order of their gaps, and the gaps less one."""
    return pack(*chain.from_iterable(map(_encode_sketch, sketches)))


def _encode_sketch(hashes: SketchHashes) -> tuple[Codes, ...]:
    wide = hashes.astype(np.int64)
    gaps = np.diff(wide, prepend=-1) - 1
    mean = int(wide[-1]) // len(wide) if len(wide) else 0
    order = max(0, mean.bit_length() - 1)
    head = golomb(np.array([len(gaps), order]), np.array([COUNT_ORDER, ORDER_ORDER]))
    return head, golomb(gaps, order)


def _join_texts(case: CaseEntry) -> str:
    """Headings and texts of a case as dedupe compares them: the title is not one of them."""
    lead, *items = case.items
    return "\n".join((lead.text, *(part for item in items for part in (item.heading, item.text))))


@cache
def _list_simplified_forms() -> str:
    """Each traditional character with its simplified form."""
    characters = [chr(code) for block in _HAN for code in block]
    forms = load_converter("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, forms, strict=True)
    return "".join(character + form for character, form in pairs if character != form)
