"""Items that say nearly the same, so that a practice of three cases is shown once."""

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

_KIND = "alike"

Groups = Mapping[str, tuple[str, ...]]
"""The keys of the items that say nearly the same, by the key of each of them."""


def joined_beside(items: Sequence[CaseItem], store: Store) -> Callable[[], Groups]:
    """What gives `joined`, for which another process works meanwhile, where results are kept."""
    beside = BackgroundTask(partial(joined, items, store)) if store is not NOTHING else None

    def groups() -> Groups:
        if beside:
            beside.wait()
        return joined(items, store)

    return groups


def joined(items: Sequence[CaseItem], store: Store = NOTHING) -> Groups:
    """Near-identical items of one role, across all cases; kept for a role where nothing changed."""
    texts = {role: {i.key: i.plain for i in items if i.block.role == role} for role in ROLES}
    keys = {role: _key(texts[role]) for role in ROLES}
    known = dict(store.values(_KIND, list(keys.values())))
    groups: dict[str, tuple[str, ...]] = {}
    for role, key in keys.items():
        found = json.loads(known[key]) if key in known else group_similar_items(texts[role])
        known[key] = json.dumps(found)
        for group in found:
            groups.update(dict.fromkeys(group, tuple(group)))
    store.drop(_KIND, keys.values())
    store.keep(_KIND, known)
    return groups


def _key(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256(CODE.encode())
    for part in chain.from_iterable(texts.items()):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
