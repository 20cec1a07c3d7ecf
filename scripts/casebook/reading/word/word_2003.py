"""The XML of Word 2003 rewritten in the names of today, so that one reader reads both."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from casebook.model import UserError
from casebook.reading.word.docx_names import VAL, W
from casebook.reading.word.docx_package import NO_TEXT, Package
from casebook.reading.word.safe_xml import Element

OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
AML = "{http://schemas.microsoft.com/aml/2001/core}"
AUX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"

RENAMED = {
    "listPr": "numPr", "ilfo": "numId", "listDef": "abstractNum", "list": "num",
    "ilst": "abstractNumId", "lists": "numbering", "vmerge": "vMerge", "hmerge": "hMerge",
    "hlink": "hyperlink", "listStyleLink": "numStyleLink",
}  # fmt: skip
"""Elements that have another name today."""

RENAMED_ATTRIBUTES = {"listDefId": "abstractNumId", "ilfo": "numId"}

NUMBER_FORMS = dict(
    enumerate(
        (
            *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal"),
            *("cardinalText", "ordinalText", "hex", "chicago", "ideographDigital"),
            *("japaneseCounting", "aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth"),
            *("japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle"),
            *("decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet"),
            *("ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen"),
            *("decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional"),
            *("ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting"),
            *("ideographLegalTraditional", "taiwaneseCountingThousand", "taiwaneseDigital"),
            *("chineseCounting", "chineseLegalSimplified", "chineseCountingThousand"),
            *("koreanDigital", "koreanCounting", "koreanLegal", "koreanDigital2"),
        )
    )
) | {57: "numberInDash", 255: "none"}
"""Formats by the code that the old XML has for them (`w:nfc`)."""

_TRACKED = {"Word.Deletion": "del", "Word.Insertion": "ins"}


def package_of_2003(root: Element) -> Package:
    """The parts of a document of Word 2003. Raises UserError when it is none."""
    if root.tag != f"{OLD}wordDocument":
        raise UserError(NO_TEXT)
    notes = list(_take_notes(root))
    for element in root.iter(etree.Element):
        _rename(element)
    parts = {f"/{name}.xml": root.find(f"{W}{name}") for name in ("styles", "numbering")}
    parts |= {"/document.xml": root}
    for kind in ("footnote", "endnote"):
        part = etree.Element(f"{W}{kind}s")
        part.extend(note for note in notes if note.tag == f"{W}{kind}")
        parts[f"/{kind}s.xml"] = part
    return Package(lambda name: parts.get(name), "/document.xml")


def _take_notes(root: Element) -> Iterator[Element]:
    """The notes, which stand within the text; a reference takes the place of each."""
    body = root.find(f"{OLD}body")
    found = [] if body is None else list(body.iter(f"{OLD}footnote", f"{OLD}endnote"))
    for place, note in enumerate(found, start=1):
        kind = etree.QName(note).localname
        reference = etree.Element(f"{W}{kind}Reference", {f"{W}id": str(place)})
        reference.tail = note.tail
        note.getparent().replace(note, reference)
        note.tag = f"{W}{kind}"
        note.set(f"{W}id", str(place))
        yield note
        for element in note.iter(etree.Element):
            _rename(element)


def _rename(element: Element) -> None:
    tag = element.tag
    if tag == f"{AML}annotation":
        kind = _TRACKED.get(element.get(f"{OLD}type", ""))
        element.tag = f"{W}{kind}" if kind else tag
    elif tag.startswith(OLD):
        name = tag[len(OLD) :]
        element.tag = W + RENAMED.get(name, name)
        for key in [each for each in element.attrib if each.startswith(OLD)]:
            short = key[len(OLD) :]
            element.set(W + RENAMED_ATTRIBUTES.get(short, short), element.attrib.pop(key))
        _rename_number_form(element)


def _rename_number_form(element: Element) -> None:
    if element.tag == f"{W}nfc":
        element.tag = f"{W}numFmt"
        code = element.get(VAL, "0")
        element.set(VAL, NUMBER_FORMS.get(int(code) if code.isdecimal() else 0, "decimal"))
