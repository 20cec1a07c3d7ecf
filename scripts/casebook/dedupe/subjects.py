"""A document to compare, and all that comparing it needs, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casebook.dedupe.boilerplate import Keys
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.facts import plain
from casebook.dedupe.furniture import without_furniture
from casebook.dedupe.pieces import PreparedText
from casebook.dedupe.slots import Plain
from casebook.dedupe.titles import without_version

_TITLE_LINE = 50
"""Characters; a longer first line of a text without a title is no title."""


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text to compare: plain, paragraphs divided by line feeds, without its title."""

    id: str
    title: str
    text: str


class Subject:
    """A document with the views of it that a comparison asks for."""

    def __init__(self, document: ComparedText, common: Keys = frozenset()) -> None:
        """`common` are the keys of paragraphs that many other texts have, too."""
        self.document = document
        self.common = common
        self.text = without_furniture(document.text)
        self.body = Plain(self.text)

    @cached_property
    def prepared(self) -> PreparedText:
        """The text in comparable form."""
        return PreparedText.of(self.text)

    @cached_property
    def title(self) -> str:
        """The plain title; where there is none, a short first line."""
        first = self.document.text.strip().split("\n", 1)[0]
        return plain(self.document.title or (first if len(first) <= _TITLE_LINE else "")).strip()

    @cached_property
    def core(self) -> str:
        """The title without marks of its version."""
        return without_version(self.title)

    @cached_property
    def folded_title(self) -> str:
        """The title in comparable form."""
        return fold_for_comparison(self.title)

    @cached_property
    def folded_core(self) -> str:
        """The title without marks of its version in comparable form."""
        return fold_for_comparison(self.core)
