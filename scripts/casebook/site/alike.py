"""Groups of near-identical items, so that a practice of three cases is shown once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain

from casebook.dedupe.alike_items import group_similar_items
from casebook.model import ROLES
from casebook.runtime.background import BackgroundTask
from casebook.runtime.cache import CODE, NOTHING, Store
from casebook.site.case_items import CaseItem

_CACHE_KIND = "alike"

AlikeGroups = Mapping[str, tuple[str, ...]]
"""By the key of an item, the keys of all items in its group."""


def start_grouping(items: Sequence[CaseItem], store: Store) -> Callable[[], AlikeGroups]:
    """Group the items in the background. Returns the function that waits for the groups."""
    group = partial(group_alike_items, items, store)
    task = BackgroundTask(group) if store is not NOTHING else None  # it leaves groups in the store

    def wait_for_groups() -> AlikeGroups:
        if task:
            task.wait()
        return group()

    return wait_for_groups


def group_alike_items(items: Sequence[CaseItem], store: Store = NOTHING) -> AlikeGroups:
    """Near-identical items of one role, across all cases; a role without changes is cached."""
    texts = {role: {i.key: i.plain for i in items if i.block.role == role} for role in ROLES}
    keys = {role: _hash_texts(texts[role]) for role in ROLES}

    def make(role: str) -> str:
        return json.dumps(group_similar_items(texts[role]))

    groups: dict[str, tuple[str, ...]] = {}
    for found in store.complete(_CACHE_KIND, keys, make).values():
        for group in json.loads(found):
            groups.update(dict.fromkeys(group, tuple(group)))
    return groups


def _hash_texts(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256(CODE.encode())
    for part in chain.from_iterable(texts.items()):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
