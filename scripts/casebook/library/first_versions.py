"""The first committed version of a case in the place of what import wrote.

Contributors complete and correct a case before they commit it, so this version is no pure import.
What it says that an import of then need not have said counts as a person's, and stays: words that
the repaired text of then has not, words of that text which it has not, facts that are filled in,
roles and levels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casebook.library.case_refresh import FACTS, Imports, pair_imports
from casebook.library.markup import plain_text, to_plain
from casebook.library.three_way import split_sentences
from casebook.model import Block, Case

_NOBODYS = "\0"
"""Words that neither a person nor an import has: whatever both say differs from them."""


def correct_first_version(first: Case, today: Case, imported: str) -> Imports:
    """Both imports, as far as they are known from the first version of a case.

    `imported` is the text that repair made of the source then. Where a person may have had a hand
    in the first version, the base says what today's import says, so that nothing is taken back;
    where today's has words that are new, too, the two conflict.
    """
    own = tuple(block for block in first.blocks if not block.source)
    pair = pair_imports(replace(first, blocks=own), today)
    words = _Words(_squeeze(imported), _squeeze(plain_text(first.blocks)))
    now = {block.anchor: block for block in pair.today.blocks}
    base = [
        _correct_block(block, now[block.anchor], words) if block.anchor in now else block
        for block in pair.base.blocks
        if block.anchor in now or words.was_imported(block)
    ]
    facts = {name: getattr(pair.today, name) for name in FACTS if getattr(first, name)}
    facts["title"] = words.correct(first.title, pair.today.title)
    known = {block.anchor for block in own}
    base += [b for b in pair.today.blocks if b.anchor not in known and words.has_left_out(b)]
    return pair._replace(base=replace(pair.base, blocks=tuple(base), **facts))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that the import of then had, and those of the first version, without spaces."""

    imported: str
    first: str

    def correct(self, base: str, today: str) -> str:
        """The words that the import of then wrote, or took for nobody's."""
        if base == today or any(self._list_left_out(today)):
            return today
        if _squeeze(to_plain(base)) in self.imported:
            return base
        return today if _squeeze(to_plain(today)) in self.imported else _NOBODYS

    def was_imported(self, block: Block) -> bool:
        """Whether the import of then had the words of a block, else a person wrote it."""
        written = (block.heading or "", to_plain(block.text))
        return all(_squeeze(each) in self.imported for each in written)

    def has_left_out(self, block: Block) -> bool:
        """Whether the import of then had words of a block that the first version has not."""
        return any(self._list_left_out(f"{block.heading or ''}\n{block.text}"))

    def _list_left_out(self, markdown: str) -> Iterator[str]:
        for sentence in map(_squeeze, split_sentences(to_plain(markdown))):
            if sentence in self.imported and sentence not in self.first:
                yield sentence


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _correct_block(base: Block, today: Block, words: _Words) -> Block:
    if base.level > 1 and base.heading is not None and today.heading is not None:
        base = replace(base, heading=words.correct(base.heading, today.heading))
    text = words.correct(base.text, today.text)
    return replace(base, text=text, role=today.role, level=today.level)
