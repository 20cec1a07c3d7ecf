"""The files of a site that readers take along: Word files of cases, and the XML for the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial

from casebook.export.excerpts import EXCERPTS_TITLE, make_case_document
from casebook.export.word_file import make_word_file
from casebook.export.word_parts import list_templates
from casebook.runtime.build_folder import Output
from casebook.site.case_tools import has_word_files
from casebook.site.prepare import PreparedCase

TEMPLATES_ADDRESS = "scripts/export/templates.js"
"""The script that defines the templates for those that write Word files in the browser."""


def list_word_addresses(prepared: Sequence[PreparedCase]) -> list[str]:
    """The addresses of the Word files in the site; none where the browser makes them."""
    if not has_word_files(len(prepared)):
        return []
    return [f"cases/{each.case.id}.docx" for each in prepared]


def list_export_tasks(
    prepared: Sequence[PreparedCase], site: str, output: Output
) -> list[Callable[[], None]]:
    """The task that writes these files into a site; `site` is its address, '' if not known."""
    return [partial(_write_files, prepared, site, output)]


def _write_files(prepared: Sequence[PreparedCase], site: str, output: Output) -> None:
    output.write(TEMPLATES_ADDRESS, render_templates().encode())
    for address, each in zip(list_word_addresses(prepared), prepared, strict=False):
        output.write(address, make_word_file(make_case_document(each.case, site)))


def render_templates() -> str:
    """The templates as a script: a page that is opened from a folder can load no JSON."""
    templates = json.dumps({**list_templates(), "name": EXCERPTS_TITLE}, ensure_ascii=False)
    return f"self.casebookTemplates = {templates};\n"
