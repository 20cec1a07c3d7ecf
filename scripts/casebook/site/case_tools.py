"""What a reader takes along from a case's page: the places of the buttons, and what they use.

docs/scripts/export/ fills the places. They have their height before that, so that nothing jumps.
"""

from __future__ import annotations

from collections.abc import Mapping

from casebook.model import Case
from casebook.runtime.file_names import portable_name
from casebook.site.html import tag
from casebook.site.publications import find_publication
from casebook.text.title_lines import break_title

MOST_WORD_FILES = 500
"""Cases of a library whose Word files a build writes; of a larger one the browser makes them."""

ITEM_TOOLS = tag("div", "", class_="cb-tools")
"""The place of an item's buttons, under its heading."""


def has_word_files(count: int) -> bool:
    """Whether a site of so many cases has a Word file next to each case's page."""
    return count <= MOST_WORD_FILES


def render_case_tools(case: Case, with_word: bool, code: str = "") -> str:
    """The place of the buttons for a whole case, with a link to its Word file if there is one.

    `code` is the QR code of the page.
    """
    name = portable_name(f"{case.title}.docx")
    link = tag("a", "下载 Word", href=f"{case.id}.docx", download=name, class_="cb-tool")
    return tag("div", code + (link if with_word else ""), class_="cb-tools cb-tools--case")


def describe_case(case: Case, with_word: bool) -> Mapping[str, str]:
    """The attributes of a case's article: what its excerpts say of it.

    Where the browser makes the Word file, it gets the lines of the title, too.
    """
    original = find_publication(case)
    return {
        "data_id": case.id,
        "data_organ": case.organ,
        "data_region": case.region,
        "data_date": case.date,
        "data_published": original.described if original else "",
        "data_lines": "" if with_word else "\n".join(break_title(case.title)),
    }
