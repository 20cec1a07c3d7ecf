"""Items that say nearly the same, so that a practice of three cases is shown once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebook import markup
from casebook.dedupe.folding import fold
from casebook.dedupe.items import similar_items
from casebook.model import ROLES
from casebook.site.items import Item

MOST_COMPARED = 400
"""Items of one role that are compared by likeness; of more, only equal ones are joined.

Measured: a library of a thousand cases made of four has so many alike that comparing takes minutes.
"""

Groups = Mapping[str, tuple[str, ...]]
"""The keys of the items that say nearly the same, by the key of each of them."""


def joined(items: Sequence[Item]) -> Groups:
    """Near-identical items of one role, across all cases."""
    groups: dict[str, tuple[str, ...]] = {}
    for role in ROLES:
        found = {i.key: markup.to_plain(i.block.text) for i in items if i.block.role == role}
        texts = {key: value for key, value in found.items() if value}
        join = similar_items if len(texts) <= MOST_COMPARED else _equal
        for group in join(texts):
            groups.update(dict.fromkeys(group, group))
    return groups


def _equal(texts: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Groups of items whose texts agree but for punctuation and spaces."""
    same: dict[str, list[str]] = {}
    for key, value in texts.items():
        same.setdefault(fold(value), []).append(key)
    return tuple(tuple(keys) for keys in same.values() if len(keys) > 1)
