"""The first committed version of a case in the place of what import wrote.

A contributor may have edited the case before it was committed. What such a version says that the
repaired text of the import did not have is a person's: it counts as an edit, not as the base.
"""

from __future__ import annotations

from dataclasses import replace

from casebook.library.case_refresh import Imports, pair_imports
from casebook.library.markup import to_plain
from casebook.model import Block, Case

_NOBODYS = "\0"
"""Words that neither a person nor an import has: whatever both say differs from them."""


def correct_first_version(first: Case, today: Case, imported: str) -> Imports:
    """Both imports; `imported` is the text that repair made of the source then.

    Where the first version has words that are not in `imported`, and today's have not changed
    since, these are the base; where they have, too, nobody knows the base, and the two conflict.
    """
    own = tuple(block for block in first.blocks if not block.source)
    pair = pair_imports(replace(first, blocks=own), today)
    held = "".join(imported.split())
    now = {block.anchor: block for block in pair.today.blocks}
    blocks = [
        _correct_block(block, now[block.anchor], held) if block.anchor in now else block
        for block in pair.base.blocks
    ]
    title = _correct(first.title, pair.today.title, held)
    return Imports(replace(pair.base, title=title, blocks=tuple(blocks)), pair.today)


def _correct_block(base: Block, today: Block, held: str) -> Block:
    if base.level > 1 and base.heading is not None and today.heading is not None:
        base = replace(base, heading=_correct(base.heading, today.heading, held))
    return replace(base, text=_correct(base.text, today.text, held))


def _correct(base: str, today: str, held: str) -> str:
    if base == today or _is_part(base, held):
        return base
    return today if _is_part(today, held) else _NOBODYS


def _is_part(markdown: str, held: str) -> bool:
    return "".join(to_plain(markdown).split()) in held
