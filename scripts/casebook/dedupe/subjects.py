"""A document to compare, with the forms of it that a comparison needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casebook.dedupe.boilerplate import ParagraphKeys
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.facts import make_plain
from casebook.dedupe.furniture import without_furniture
from casebook.dedupe.pieces import PreparedText
from casebook.dedupe.slots import PlainText
from casebook.dedupe.titles import strip_version

_TITLE_CHARACTERS = 50
"""Characters; of a text without a title, a longer first line is no title."""


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text to compare: plain, paragraphs divided by line feeds, without its title.

    `owned` says that it is a case of the library, which people own. Received documents give way
    to it, however complete they are.
    """

    id: str
    title: str
    text: str
    owned: bool = False


class Subject:
    """A document with the forms of it that comparisons need, each computed once."""

    def __init__(self, document: ComparedText, common: ParagraphKeys = frozenset()) -> None:
        """`common` are the keys of its paragraphs that many texts have (`boilerplate`)."""
        self.document = document
        self.common = common
        self.text = without_furniture(document.text)
        self.body = PlainText(self.text)

    @cached_property
    def prepared(self) -> PreparedText:
        """The text, folded and split into pieces."""
        return PreparedText.of(self.text)

    @cached_property
    def title(self) -> str:
        """The plain title; if there is none, the first line if it is short."""
        first = self.document.text.strip().split("\n", 1)[0]
        return make_plain(
            self.document.title or (first if len(first) <= _TITLE_CHARACTERS else "")
        ).strip()

    @cached_property
    def core(self) -> str:
        """The title without marks of its version."""
        return strip_version(self.title)

    @cached_property
    def folded_title(self) -> str:
        """The title, folded."""
        return fold_for_comparison(self.title)

    @cached_property
    def folded_core(self) -> str:
        """The title without marks of its version, folded."""
        return fold_for_comparison(self.core)
