"""How to cite a case: GB/T 7714—2015 for an electronic document, and BibTeX."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from casebook.model import Case
from casebook.site.html import tag

CITATION_ID = "cb_citation"
"""The id of the section of a case's page that says how to cite it."""

_BIBTEX_ESCAPES = str.maketrans({"{": "(", "}": ")", "\\": "/", "%": "\\%", "#": "\\#", "&": "\\&"})


def render_citation_section(case: Case) -> Iterator[str]:
    """The two citations, ready to copy; a script adds the page's address."""
    yield tag("h2", "引用", id=CITATION_ID, class_="cb-head")
    for name, value in (("GB/T 7714", format_gb_t_7714(case)), ("BibTeX", format_bibtex(case))):
        label = tag("p", name, class_="cb-cite__name")
        yield tag("div", label + tag("pre", tag("code", escape(value))), class_="cb-cite")


def format_gb_t_7714(case: Case) -> str:
    """Responsible body, title, type of document (electronic, [EB/OL]) and date, as far as known.

    Source: GB/T 7714—2015, 4.6 and 8.5; the date of a web page stands in brackets.
    """
    organ = f"{case.organ}. " if case.organ else ""
    date = f" ({case.date})" if case.date else ""
    return f"{organ}{case.title}[EB/OL].{date} {case.id}.html."


def format_bibtex(case: Case) -> str:
    """An entry of type @misc, with braces and special characters replaced or escaped."""
    year, _, month = case.date.partition("-")
    fields = {
        "title": f"{{{case.title.translate(_BIBTEX_ESCAPES)}}}",
        "author": f"{{{case.organ.translate(_BIBTEX_ESCAPES)}}}" if case.organ else "",
        "year": year,
        "month": month[:2].lstrip("0"),
        "howpublished": case.kind.translate(_BIBTEX_ESCAPES),
        "note": f"cases/{case.id}.html",
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    return f"@misc{{{case.id},\n" + ",\n".join(lines) + "\n}"
