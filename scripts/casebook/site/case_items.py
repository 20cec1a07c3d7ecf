"""The items of a library as pages show them: a short quotation, its origin, its themes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from casebook.library import markup
from casebook.library.folder import Library
from casebook.library.identity import slug
from casebook.library.outline_numbers import strip_outline_number
from casebook.model import Block, Case
from casebook.site.html import tag
from casebook.text.quantities import find_quantities, states_quantity
from casebook.text.sentence_ends import SENTENCE_ENDS

QUOTATION_CHARACTERS = 110
"""Most characters of an item in a quotation."""

OWN_TEXT_CHARACTERS = 300
"""Characters from which the own text of a section is more than an introduction to its items."""

_CLOSING_MARKS = "：:。 \u3000"

_QUOTED_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}\n]+[{SENTENCE_ENDS}]?")


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A block of a case that a list shows, with its themes and its text without marks."""

    case: Case
    block: Block
    themes: tuple[str, ...] = ()
    plain: str = ""

    @property
    def key(self) -> str:
        """The unique id of the item: the case's id and the block's anchor."""
        return f"{self.case.id}#{self.block.anchor}"

    @property
    def has_quantities(self) -> bool:
        """Whether the item is an outcome that states quantities."""
        return self.block.role == "outcome" and states_quantity(self.block.text)


def list_case_items(
    case: Case, themes: Mapping[str, tuple[str, ...]], plain: Sequence[str]
) -> Iterator[CaseItem]:
    """The items of one case; `plain` is each block's text without marks.

    A reader cites one practice, not a chapter of practices. So a section is left out if it has
    items of its own role, except if it also has a long text (OWN_TEXT_CHARACTERS).
    """
    for index in find_item_indexes(case):
        block = case.blocks[index]
        yield CaseItem(case, block, themes.get(block.anchor, ()), plain[index])


def find_item_indexes(case: Case) -> Iterator[int]:
    """The indexes of the blocks that are items, in their order."""
    for index, block in enumerate(case.blocks):
        if block.level > 1 and block.role and is_own_entry(case.blocks, index, (block.role,)):
            yield index


def is_own_entry(blocks: Sequence[Block], index: int, roles: Sequence[str]) -> bool:
    """Whether a block is listed among those with one of the roles; else its items are."""
    return len(blocks[index].text) >= OWN_TEXT_CHARACTERS or not _has_items(blocks, index, roles)


def _has_items(blocks: Sequence[Block], index: int, roles: Sequence[str]) -> bool:
    """Whether a block below this one, in its section, has one of the roles."""
    for below in blocks[index + 1 :]:
        if below.level <= blocks[index].level:
            return False
        if below.role in roles:
            return True
    return False


def quote_block(block: Block, length: int = QUOTATION_CHARACTERS) -> str:
    """The first whole sentences of a block that fit `length` characters, as plain text."""
    plain = markup.to_plain(block.text).replace("\n", " ")
    taken = ""
    for sentence in _QUOTED_SENTENCE.findall(plain[: 4 * length]):
        if taken and len(taken) + len(sentence) > length:
            break
        taken += sentence
    return taken if len(taken) <= length else taken[:length] + "…"


def name_heading(heading: str) -> str:
    """What a heading says, without its number and the marks that close it: 微服务架构.

    Lists and contents show this; the text of a case shows what its author wrote: 3.微服务架构：
    """
    return strip_outline_number(heading.strip()).rstrip(_CLOSING_MARKS) or heading


def build_item_address(item: CaseItem) -> str:
    """The permanent address of an item, from a page one folder deep."""
    return f"../cases/{item.case.id}.html#{item.block.anchor}"


def render_evidence_mark(item: CaseItem) -> str:
    """A label for an outcome that states quantities; '' for other items."""
    if not item.has_quantities:
        return ""
    named = "、".join(find_quantities(item.block.text)[:4])
    return " " + tag("span", "有数据", class_="cb-evidence", title=f"写明了数字：{named}")


def assign_theme_slugs(library: Library) -> Mapping[str, str]:
    """The file name of each theme's page, by the theme's name, and those of its former names."""
    vocabulary = library.vocabulary
    return _assign_theme_slugs((*vocabulary.themes, *vocabulary.theme_aliases))


@lru_cache(maxsize=16)
def _assign_theme_slugs(names: tuple[str, ...]) -> dict[str, str]:
    return assign_slugs(names)


def assign_slugs(names: Sequence[str]) -> dict[str, str]:
    """A unique file name for each name: its pinyin, with a number if that is taken."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        base = candidate = slug(name)
        number = 1
        while candidate in taken:
            number += 1
            candidate = f"{base}-x{number}"
        taken.add(candidate)
        given[name] = candidate
    return given


def render_origin(case: Case) -> str:
    """Where a quotation comes from: a link to the case, with its region, organ and date."""
    facts = "，".join(fact for fact in (case.region, case.organ, case.date) if fact)
    link = tag("a", escape(case.title), href=f"../cases/{case.id}.html")
    return f"出自 {link}" + (f"（{escape(facts)}）" if facts else "")
