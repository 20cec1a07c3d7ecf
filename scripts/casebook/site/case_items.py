"""The items of a library as pages show them: a short quotation, its source, its themes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casebook.library import markup
from casebook.library.folder import Library
from casebook.library.identity import slug
from casebook.model import Block, Case
from casebook.site.html import tag, text
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.sentence_ends import SENTENCE_ENDS

QUOTED = 110
"""Characters of an item that a quotation shows at most."""

OWN_TEXT = 300
"""Characters from which a section's own text is more than a way into its items."""

_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}\n]+[{SENTENCE_ENDS}]?")
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?\s*(?:%|％|‰|个百分点|倍|万|亿|元|件|项|人|户|次|家|个|名|起|天|小时|亩|吨|公里)"
    rf"|百分之[零{ONE_TO_TEN}百点]+|[一二两三四五六七八九]成|翻番|翻了?[一两]番"
)


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A block of a case that a list shows, with its themes and its text without marks."""

    case: Case
    block: Block
    themes: tuple[str, ...] = ()
    plain: str = ""

    @property
    def key(self) -> str:
        """What tells this item from all others: the case's id and the block's anchor."""
        return f"{self.case.id}#{self.block.anchor}"

    @property
    def has_figures(self) -> bool:
        """Whether an outcome is told in figures."""
        return self.block.role == "outcome" and bool(figures(self.block.text))


def figures(words: str) -> list[str]:
    """The quantities that a text names: a number with its unit, a percentage, a share."""
    return _FIGURE.findall(words)


def case_items(
    case: Case, themes: Mapping[str, tuple[str, ...]], plain: Sequence[str]
) -> Iterator[CaseItem]:
    """The items of one case; `plain` is each block's text without marks.

    A section whose items have its role is told by them.

    What a reader cites is one practice, not the chapter of them. A section that says much itself
    (OWN_TEXT) is an item beside those below it.
    """
    for index in item_places(case):
        block = case.blocks[index]
        yield CaseItem(case, block, themes.get(block.anchor, ()), plain[index])


def item_places(case: Case) -> Iterator[int]:
    """Which blocks are items, in their order."""
    for index, block in enumerate(case.blocks):
        if block.level > 1 and block.role and stands(case.blocks, index, (block.role,)):
            yield index


def stands(blocks: Sequence[Block], index: int, roles: Sequence[str]) -> bool:
    """Whether a block is an entry of its own among those with one of the roles."""
    return len(blocks[index].text) >= OWN_TEXT or not _has_items(blocks, index, roles)


def _has_items(blocks: Sequence[Block], index: int, roles: Sequence[str]) -> bool:
    """Whether a block below this one, in its section, is itself an entry."""
    for below in blocks[index + 1 :]:
        if below.level <= blocks[index].level:
            return False
        if below.role in roles:
            return True
    return False


def quotation(block: Block, length: int = QUOTED) -> str:
    """The first whole sentences of a block that fit `length` characters, as plain text."""
    plain = markup.to_plain(block.text).replace("\n", " ")
    taken = ""
    for sentence in _SENTENCE.findall(plain[: 4 * length]):
        if taken and len(taken) + len(sentence) > length:
            break
        taken += sentence
    return taken if len(taken) <= length else taken[:length] + "…"


def item_address(item: CaseItem) -> str:
    """The permanent address of an item, from a page one folder deep."""
    return f"../cases/{item.case.id}.html#{item.block.anchor}"


def evidence_mark(item: CaseItem) -> str:
    """The word that marks an outcome told in figures; nothing for others."""
    if not item.has_figures:
        return ""
    named = "、".join(figures(item.block.text)[:4])
    return " " + tag("span", "有数据", class_="cb-evidence", title=f"写明了数字：{named}")


def theme_slugs(library: Library) -> Mapping[str, str]:
    """The file name of each theme's page; a second theme of one reading gets a number."""
    return _theme_slugs(tuple(library.vocabulary.themes))


@lru_cache(maxsize=16)
def _theme_slugs(names: tuple[str, ...]) -> dict[str, str]:
    return slugs(names)


def slugs(names: Sequence[str]) -> dict[str, str]:
    """File names for names, by their pinyin, each used once, the same in every build."""
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


def source_line(case: Case) -> str:
    """Where a quotation is from, as a link with what is known of the case."""
    facts = "，".join(fact for fact in (case.region, case.organ, case.date) if fact)
    link = tag("a", text(case.title), href=f"../cases/{case.id}.html")
    return f"出自 {link}" + (f"（{text(facts)}）" if facts else "")
