"""Words of one meaning, as the search offers them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from casebook.search.folding import fold_character
from casebook.search.packing import deflate_json, script
from casebook.search.postings import Postings


def synonym_file(groups: Sequence[Sequence[str]], postings: Postings) -> bytes:
    """The groups of which the library may have a word: these words, then the others.

    A reader may type any of them; only the first are looked up. Whether the library has a word is
    judged by its pairs of characters.
    """
    keys = (postings.first.astype("int64") << 16) | postings.second
    known = set(keys.tolist())
    table = []
    for group in groups:
        words = ["".join(map(fold_character, word)) for word in group]
        present = [word for word in words if _may_stand(word, known)]
        if present:
            table.append([present, [word for word in words if word not in present]])
    return script("synonyms", deflate_json(table))


def _may_stand(word: str, known: set[int]) -> bool:
    return all((ord(left) << 16) | ord(right) in known for left, right in pairwise(word))
