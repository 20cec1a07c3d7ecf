"""Items that say nearly the same, so that a practice of three cases is shown once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebook.dedupe.items import similar_items
from casebook.model import ROLES
from casebook.site.items import Item

Groups = Mapping[str, tuple[str, ...]]
"""The keys of the items that say nearly the same, by the key of each of them."""


def joined(items: Sequence[Item]) -> Groups:
    """Near-identical items of one role, across all cases."""
    groups: dict[str, tuple[str, ...]] = {}
    for role in ROLES:
        texts = {i.key: i.plain for i in items if i.block.role == role and i.plain}
        for group in similar_items(texts):
            groups.update(dict.fromkeys(group, group))
    return groups
