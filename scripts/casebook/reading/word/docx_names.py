"""Names of the elements that Word files are made of, with their namespaces."""

from __future__ import annotations

import re

from casebook.reading.word.safe_xml import KNOWN_PREFIXES, Element

W, M, MC, V, A, PIC, R = (
    f"{{{KNOWN_PREFIXES[each]}}}" for each in ("w", "m", "mc", "v", "a", "pic", "r")
)
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
DIAGRAMS = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DIAGRAM = f"{DIAGRAMS}relIds"

MAIN_TYPE = re.compile(r"word.*\.main\+xml", re.I)
"""Content type of the part that holds the text: document, template, with or without macros."""

VAL = f"{W}val"
PARAGRAPH, RUN, TABLE, ROW, CELL = (f"{W}{each}" for each in ("p", "r", "tbl", "tr", "tc"))
PARAGRAPH_FORM, RUN_FORM = f"{W}pPr", f"{W}rPr"
CHUNK, NEW_PAGE = f"{W}altChunk", f"{W}lastRenderedPageBreak"
ALTERNATE, CHOICE, FALLBACK = (f"{MC}{e}" for e in ("AlternateContent", "Choice", "Fallback"))
CONTROL, CONTROL_FORM = f"{W}sdt", f"{W}sdtPr"

NOT_SHOWN = frozenset(
    f"{W}{each}"
    for each in (
        *("pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "trPr"),
        *("tcPr", "rubyPr", "rt", "del", "moveFrom", "delText", "delInstrText", "fldData"),
        *("hdr", "ftr", "annotationRef", "smartTagPr", "customXmlPr"),
    )
)
"""Elements whose content is no text of the document as it is shown."""

_OFF = ("0", "false", "off", "none")


def value(element: Element | None, name: str, default: str = "") -> str:
    """The value of the child `name`, `default` where there is none."""
    child = None if element is None else element.find(f"{W}{name}")
    return default if child is None else str(child.get(VAL, default))


def number(text: str | None, default: int) -> int:
    """An attribute as a number, `default` where it is none."""
    try:
        return int(text or "")
    except ValueError:
        return default


def is_on(element: Element | None) -> bool | None:
    """What an on/off property says; None where it is not there."""
    return None if element is None else element.get(VAL, "1").lower() not in _OFF


def chosen_branch(alternate: Element) -> Element | None:
    """The one of several renderings to read: the first choice, else the fallback with text."""
    choice, fallback = alternate.find(CHOICE), alternate.find(FALLBACK)
    if choice is None or (fallback is not None and not _has_text(choice) and _has_text(fallback)):
        return fallback
    return choice


def _has_text(element: Element) -> bool:
    return next(element.iter(f"{W}t", f"{V}textpath"), None) is not None
