"""What readers carry away: cases and items as Word files, Markdown and plain text, with sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from casebook.export.passages import Passage
from casebook.export.text_files import render_markdown_file, render_plain_file
from casebook.export.word_file import make_word_file

FORMATS: Mapping[str, Callable[[Sequence[Passage]], bytes]] = MappingProxyType(
    {
        "docx": make_word_file,
        "md": lambda passages: render_markdown_file(passages).encode(),
        "txt": lambda passages: render_plain_file(passages).encode(),
    }
)
"""How passages become a file, by its ending."""
