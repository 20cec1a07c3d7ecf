"""The XML of a Word file: its fixed parts, and what opens and closes a passage of each kind.

A browser writes Word files, too. It gets these strings (`list_templates`), so that there is one
copy of them; docs/scripts/export/word.js puts texts between them as word_file.py does.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from casebook.export.word_styles import (
    FONT_NAMES,
    LINE_PITCH,
    STYLES,
    WordStyle,
    render_run_properties,
    render_styles,
)

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
"""A4 in twips."""

TYPE_AREA_WIDTH = 8844
"""156 mm."""

LEFT_MARGIN = 1587
"""28 mm, the margin of the binding."""

TOP_MARGIN = 1932
"""34.1 mm. The first character stands lower: the pitch has 13.6 pt more than a character.

Word puts half of that above it (34.6 mm would be right), LibreOffice four fifths of the pitch
above the base line (33.5 mm): this is between the two, so that both are right within 1 mm.
"""

LINES = 22
FOOTER_DISTANCE = 1406
"""24.8 mm from the page's lower edge: the dash stands 7 mm below the type area."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'

DOCUMENT = "word/document.xml"
PROPERTIES = "docProps/core.xml"
"""The two parts that depend on the text; the others are the same in all files."""

_PARTS = ("styles", "settings", "fontTable", "footer1", "footer2")


@cache
def list_templates() -> dict[str, Any]:
    """All strings by their use; a browser reads the same as JSON."""
    return {
        "parts": _make_parts(),
        "document": [
            _XML + f"<w:document {_NAMESPACES}><w:body>",
            f"{_SECTION}</w:body></w:document>",
        ],
        "properties": _make_properties(),
        "kinds": {kind: _wrap_paragraph(style) for kind, style in STYLES.items()},
        "next": _wrap_paragraph(STYLES["title"], "<w:pageBreakBefore/>"),
        "line": '</w:t><w:br/><w:t xml:space="preserve">',
        "table": [_TABLE, "</w:tbl>"],
        "column": '<w:gridCol w:w="{}"/>',
        "width": TYPE_AREA_WIDTH,
        "grid": ["<w:tblGrid>", "</w:tblGrid>"],
        "row": ["<w:tr><w:trPr><w:cantSplit/></w:trPr>", "</w:tr>"],
        "cell": ['<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>', "</w:tc>"],
    }


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tbl><w:tblPr><w:tblW w:w="{TYPE_AREA_WIDTH}" w:type="dxa"/>'
    f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/></w:tblPr>'
)
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="even" r:id="rId5"/>'
    f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
    f'<w:pgMar w:top="{TOP_MARGIN}" w:right="{PAGE_WIDTH - LEFT_MARGIN - TYPE_AREA_WIDTH}"'
    f' w:bottom="{PAGE_HEIGHT - TOP_MARGIN - LINES * LINE_PITCH - 4}" w:left="{LEFT_MARGIN}"'
    f' w:header="851" w:footer="{FOOTER_DISTANCE}" w:gutter="0"/></w:sectPr>'
)


def _wrap_paragraph(style: WordStyle, more: str = "") -> list[str]:
    """What stands before and after the text of a paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style.id}"/>{more}</w:pPr>'
    run = f'<w:r>{render_run_properties(style)}<w:t xml:space="preserve">'
    return [f"<w:p>{properties}{run}", "</w:t></w:r></w:p>"]


def _make_parts() -> dict[str, str]:
    return {
        "[Content_Types].xml": _make_content_types(),
        "_rels/.rels": _make_relations(
            ("officeDocument", f"{_R}/officeDocument", DOCUMENT),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", PROPERTIES),
        ),
        "word/_rels/document.xml.rels": _make_relations(
            *((part, f"{_R}/{part.rstrip('12')}", f"{part}.xml") for part in _PARTS)
        ),
        "word/styles.xml": _make_styles(),
        "word/settings.xml": _make_settings(),
        "word/fontTable.xml": _make_font_table(),
        "word/footer1.xml": _make_footer("right"),
        "word/footer2.xml": _make_footer("left"),
    }


def _make_content_types() -> str:
    overrides = {DOCUMENT: f"{_TYPE}.document.main+xml"}
    overrides |= {f"word/{part}.xml": f"{_TYPE}.{part.rstrip('12')}+xml" for part in _PARTS}
    overrides[PROPERTIES] = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(
        f'<Override PartName="/{part}" ContentType="{type_}"/>' for part, type_ in overrides.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _make_relations(*relations: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{type_}" Target="{target}"/>'
        for number, (_, type_, target) in enumerate(relations, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _make_styles() -> str:
    base = render_run_properties(STYLES["text"]).replace(
        "</w:rPr>", '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    )
    defaults = f"<w:docDefaults><w:rPrDefault>{base}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    return f"{_XML}<w:styles {_NAMESPACES}>{defaults}{render_styles()}</w:styles>"


def _make_settings() -> str:
    mode = (
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    return (
        f"{_XML}<w:settings {_NAMESPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{mode}</w:compat></w:settings>"
    )


def _make_font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/></w:font>'
        for name, others in FONT_NAMES.items()
    )
    return f"{_XML}<w:fonts {_NAMESPACES}>{fonts}</w:fonts>"


def _make_footer(side: str) -> str:
    """The page number between dashes, one character in from the edge of the type area."""
    style = STYLES["footer"]
    indent = f'<w:ind w:{side}Chars="100" w:{side}="280" w:firstLineChars="0" w:firstLine="0"/>'
    run = f"<w:r>{render_run_properties(style)}"
    parts = (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    )
    runs = "".join(f"{run}{part}</w:r>" for part in parts)
    return (
        f'{_XML}<w:ftr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style.id}"/>{indent}'
        f'<w:jc w:val="{side}"/></w:pPr>{runs}</w:p></w:ftr>'
    )


def _make_properties() -> list[str]:
    """The part with the title; there is no date in it, so that equal texts give equal files."""
    opening = (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
    )
    return [opening, "</dc:title></cp:coreProperties>"]
