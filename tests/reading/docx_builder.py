"""Small Word files from a short description, as bytes: what a test wants to say, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

OFFICE = "http://schemas.openxmlformats.org"
PACKAGE = f"{OFFICE}/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = {
    "w": f"{OFFICE}/wordprocessingml/2006/main",
    "r": f"{OFFICE}/officeDocument/2006/relationships",
    "m": f"{OFFICE}/officeDocument/2006/math",
    "a": f"{OFFICE}/drawingml/2006/main",
    "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
    "pic": f"{OFFICE}/drawingml/2006/picture",
    "mc": f"{OFFICE}/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
MAIN = "word/document.xml"


def t(text: str) -> str:
    """The text of a run."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def run(text: str = "", form: str = "", more: str = "") -> str:
    """A run with its properties, and what stands in it after the text."""
    properties = f"<w:rPr>{form}</w:rPr>" if form else ""
    return f"<w:r>{properties}{t(text) if text else ''}{more}</w:r>"


def par(
    *content: str, style: str = "", num: tuple[int, int] | None = None, form: str = "",
    mark: str = "",
) -> str:  # fmt: skip
    """A paragraph; content that is no XML becomes a run, `num` is list and level."""
    pieces = [each if each.startswith("<") else run(each) for each in content if each]
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = (
        f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    )
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{chosen}{listed}{form}{marked}</w:pPr>{''.join(pieces)}</w:p>"


def cell(*content: str, form: str = "") -> str:
    """A cell of a table; content that is no XML becomes a paragraph."""
    blocks = "".join(each if each.startswith("<") else par(each) for each in content)
    return f"<w:tc><w:tcPr>{form}</w:tcPr>{blocks or par()}</w:tc>"


def row(*cells: str, form: str = "") -> str:
    """A row; a cell that is no XML becomes one."""
    shown = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{form}</w:trPr>{shown}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(place: int, form: str, text: str, start: int | None = 1, more: str = "") -> str:
    """A level of a list: its format and what its label is made of."""
    begins = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{place}">{begins}<w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(name: int, *levels: str, more: str = "") -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{name}">{more}{"".join(levels)}</w:abstractNum>'


def num(name: int, of: int, more: str = "") -> str:
    """A list of an abstract one."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def restart(place: int, at: int = 1) -> str:
    """The override by which a list starts a level itself."""
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


def style(name: str, title: str, form: str = "", look: str = "", more: str = "") -> str:
    """A paragraph style with paragraph and run properties."""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>{more}'
        f"<w:pPr>{form}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def root(tag: str, content: Iterable[str] | str) -> str:
    """A part whose root has all namespaces."""
    return f"<w:{tag} {DECLARED}>{''.join(content)}</w:{tag}>"


def field(code: str, result: str) -> str:
    """The runs of a field with its code and its result."""
    first, middle, last = (
        run(more=f'<w:fldChar w:fldCharType="{each}"/>') for each in ("begin", "separate", "end")
    )
    return f"{first}{run(more=f'<w:instrText>{code}</w:instrText>')}{middle}{result}{last}"


def box(*blocks: str) -> str:
    """A run with a text box, which stands twice: for new and for old programs."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
    new = f"<w:drawing><wp:anchor>{shape}</wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return run(
        more=f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )


def parts_of(
    *body: str,
    numbering: Iterable[str] = (),
    styles: Iterable[str] = (),
    more: Mapping[str, str] | None = None,
    main: str = MAIN,
) -> dict[str, str]:
    """The parts of a document by name; `more` adds parts to the folder of the main one."""
    folder, name = main.rsplit("/", 1)
    others = {"numbering": root("numbering", numbering), "styles": root("styles", styles)}
    others |= more or {}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{NAMESPACES["r"]}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(others)
    )
    start = f'<Relationship Id="r1" Type="{NAMESPACES["r"]}/officeDocument" Target="{main}"/>'
    types = f'<Override PartName="/{main}" ContentType="{KIND}.document.main+xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{start}</Relationships>',
        f"{folder}/_rels/{name}.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        ),
        main: root("document", f"<w:body>{''.join(body)}</w:body>"),
        **{f"{folder}/{kind}.xml": content for kind, content in others.items()},
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of parts; the same parts give the same bytes."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return target.getvalue()


def docx(
    *body: str,
    numbering: Iterable[str] = (),
    styles: Iterable[str] = (),
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A .docx file with that body."""
    return zipped(parts_of(*body, numbering=numbering, styles=styles, more=more))


def flat_opc(parts: Mapping[str, str]) -> bytes:
    """The parts in one XML file."""
    shown = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>'
        for name, content in parts.items()
    )
    address = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="{address}">{shown}</pkg:package>'
    ).encode()
