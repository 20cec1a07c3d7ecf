"""Equations of Word as text in one line."""

from __future__ import annotations

from casebook.reading.word.docx_names import M
from casebook.reading.word.safe_xml import Element

_BETWEEN = {f"{M}f": "/", f"{M}sSup": "^", f"{M}sSub": "_"}
"""What stands between the two parts of a fraction, a power, an index."""


def equation_text(element: Element) -> str:
    """The signs of an equation: a fraction as 1/2, a power as x^2, brackets as they are."""
    if element.tag == f"{M}t":
        return element.text or ""
    if not isinstance(element.tag, str) or element.tag.endswith("Pr"):
        return ""
    parts = [text for child in element if (text := equation_text(child))]
    if element.tag == f"{M}d":
        return _mark(element, "begChr", "(") + ",".join(parts) + _mark(element, "endChr", ")")
    if element.tag == f"{M}nary":
        parts.insert(0, _mark(element, "chr", "∫"))
    if element.tag == f"{M}rad":
        parts.insert(0, "√")
    return _BETWEEN.get(element.tag, "").join(parts)


def _mark(element: Element, name: str, default: str) -> str:
    """A sign that the properties of an element name."""
    found = element.find(f"*/{M}{name}")
    return default if found is None else str(found.get(f"{M}val", default))
