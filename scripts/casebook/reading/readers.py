"""The forms that documents have, with the reader, the file names and the limits of each."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.runtime.process_limits import Limits

MEGABYTE = 1 << 20


SIZE_LIMIT = 64 * MEGABYTE
"""Bytes of a document or an archive; a write-up has some ten thousand."""


TOO_LARGE = "文件超过 {most} MB，请拆分后再导入。"
"""What is said of a larger one."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of documents.

    `reader` is the module and the function that turns its bytes into lines, `version` grows with
    what the reader returns. A form without `limits` is read in this process.
    """

    suffixes: tuple[str, ...]
    reader: tuple[str, str]
    version: int = 1
    limits: Limits | None = None


_SMALL = Limits(memory=300 * MEGABYTE, cpu=10, wall=60, output=64 * MEGABYTE)
_PAGES = Limits(memory=500 * MEGABYTE, cpu=60, wall=240, output=64 * MEGABYTE)
_PICTURES = Limits(memory=3072 * MEGABYTE, cpu=3600, wall=7200, output=64 * MEGABYTE)
"""For 60 pages of pictures; a recognizer takes 6 to 25 CPU seconds and 600 MB for one."""

FORMS: dict[str, Form] = {
    "text": Form((".txt",), ("plain_text", "read_plain_text")),
    "markdown": Form((".md", ".markdown"), ("markdown_text", "read_markdown")),
    "docx": Form((".docx", ".docm"), ("word.docx", "read_docx"), limits=_SMALL),
    "flat-opc": Form((), ("word.docx", "read_flat_opc"), limits=_SMALL),
    "word-xml": Form((), ("word.docx", "read_word_xml"), limits=_SMALL),
    "html": Form((".html", ".htm"), ("web.html_page", "read_html"), limits=_SMALL),
    "mhtml": Form((".mhtml", ".mht"), ("web.mhtml", "read_mhtml"), limits=_SMALL),
    "pdf": Form((".pdf",), ("pdf.pdf_any", "read_any_pdf")),
    "pdf-text": Form((), ("pdf.pdf_reader", "read_pdf"), limits=_PAGES),
    "pdf-ocr": Form((), ("pdf.pdf_ocr", "read_pdf_by_ocr"), limits=_PICTURES),
    "office": Form((".doc", ".wps", ".rtf", ".odt"), ("word.libre_office", "read_office")),
    # Everything in a file, for the gate; see casebook.reading.whole.
    "whole-docx": Form((), ("whole.whole_word", "read_whole_docx"), limits=_SMALL),
    "whole-flat-opc": Form((), ("whole.whole_word", "read_whole_xml"), limits=_SMALL),
    "whole-word-xml": Form((), ("whole.whole_word", "read_whole_xml"), limits=_SMALL),
    "whole-html": Form((), ("whole.whole_page", "read_whole_html"), limits=_SMALL),
    "whole-mhtml": Form((), ("whole.whole_page", "read_whole_mhtml"), limits=_SMALL),
    "whole-pdf": Form((), ("whole.whole_pdf", "read_whole_pdf"), limits=_PAGES),
}
"""Every form by its name. `office` is what LibreOffice has to turn into a docx first."""

SUFFIXES: dict[str, str] = {
    suffix: name for name, form in FORMS.items() for suffix in form.suffixes
}
"""The name of the form by the ending of a file name."""
