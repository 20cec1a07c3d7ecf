"""How to cite a case and its items: GB/T 7714-2015 for electronic resources, and BibTeX.

The reader's day and the address are known in the browser only, and so is which item is cited. So a
citation is a template, and docs/scripts/export/citation.js replaces ITEM, ACCESSED and ADDRESS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from casebook.model import Case
from casebook.site.html import tag
from casebook.site.publications import Publication, find_publication

CITATION_ID = "cb_citation"
"""The id of the section of a case's page that says how to cite it."""

ITEM, ACCESSED, ADDRESS = "{item}", "{accessed}", "{address}"
"""What a template has in the place of an item, of the day of access and of the address."""

_BIBTEX_ESCAPES = str.maketrans({"{": "(", "}": ")", "\\": "/", "%": "\\%", "#": "\\#", "&": "\\&"})
_BRACES = str.maketrans("{}", "()")
_EMPTY_LINE = re.compile(r",?\n  (?:url|urldate) = \{\}")


def render_citation_section(case: Case) -> Iterator[str]:
    """The citations, ready to copy; a script adds the day and the page's address."""
    yield tag("h2", "引用", id=CITATION_ID, class_="cb-head")
    original = find_publication(case)
    own = "GB/T 7714（本站）" if original else "GB/T 7714"
    if original:
        yield _render_citation("GB/T 7714（原始出处）", format_original(case, original))
    yield _render_citation(own, format_gb_t_7714(case))
    yield _render_citation("BibTeX", format_bibtex(case))


def _render_citation(name: str, template: str) -> str:
    label = tag("p", name, class_="cb-cite__name")
    shown = tag("code", escape(fill_citation(template)), data_template=template)
    return tag("div", label + tag("pre", shown), class_="cb-cite")


def fill_citation(template: str, item: str = "", accessed: str = "", address: str = "") -> str:
    """A template with what is known; what is not known leaves no gap."""
    day = f"[{accessed}]" if accessed and not template.startswith("@") else accessed
    text = template.replace(ITEM, item).replace(ACCESSED, day).replace(ADDRESS, address)
    return _EMPTY_LINE.sub("", text).replace("]. . ", "]. ").removesuffix(" .")


def format_gb_t_7714(case: Case) -> str:
    """Responsible body, title, carrier, date, day of access, address: 4.6 of the standard."""
    return _format(case, "EB/OL", "", ADDRESS)


def format_original(case: Case, original: Publication) -> str:
    """The same for the original publication, with its name as the publisher."""
    online = "/OL" if original.url else ""
    return _format(case, original.carrier + online, original.name, original.url)


def _format(case: Case, carrier: str, publisher: str, address: str) -> str:
    organ = f"{_plain(case.organ)}. " if case.organ else ""
    online = bool(address)
    date = f"({case.date})" if case.date and online else case.date
    name = f"{_plain(publisher)}, " if publisher and date else _plain(publisher)
    accessed = ACCESSED if online else ""
    return f"{organ}{_plain(case.title)}{ITEM}[{carrier}]. {name}{date}{accessed}. {address}."


def _plain(text: str) -> str:
    return text.translate(_BRACES)


def format_bibtex(case: Case) -> str:
    """An entry of type @misc, with braces and special characters replaced or escaped."""
    year, _, month = case.date.partition("-")
    organ = case.organ.translate(_BIBTEX_ESCAPES)
    fields = {
        "title": f"{{{case.title.translate(_BIBTEX_ESCAPES)}{ITEM}}}",
        "author": f"{{{organ}}}" if organ else "",
        "organization": organ,
        "year": year,
        "month": month[:2].lstrip("0"),
        "url": ADDRESS,
        "urldate": ACCESSED,
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    return f"@misc{{{case.id},\n" + ",\n".join(lines) + "\n}"
