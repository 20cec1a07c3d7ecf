"""The number that opens a heading (三、 or （二）): part of an outline, not of what is said."""

from __future__ import annotations

from casebook.structure.markers import Marker, read_marker

_FAMILIES = {
    *("division", "chapter", "section", "ordinal", "turn", "han", "han-paren"),
    *("arabic", "arabic-paren", "arabic-half", "circled"),
}
"""Families of markers that are surely a number; in 15 个村 or 1.5 亿元 it may be a figure."""


def read_outline_number(heading: str) -> Marker | None:
    """The number that opens a heading, if it surely is one of an outline."""
    marker = read_marker(heading)
    return marker if marker and marker.family in _FAMILIES else None


def strip_outline_number(heading: str) -> str:
    """A heading without the number that opens it; unchanged if it is nothing but that."""
    marker = read_outline_number(heading)
    return (heading[marker.length :] if marker else "") or heading
