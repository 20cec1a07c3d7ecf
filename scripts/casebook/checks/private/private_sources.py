"""Private text in a received document: in its name, its text, and whatever else its file holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from casebook import reading
from casebook.checks.private import find_private
from casebook.checks.private.private_finding import PrivateFinding
from casebook.checks.private.private_places import PrivatePlace, list_places
from casebook.model import UserError, join_lines
from casebook.reading.whole import MARKS, SCRIPT
from casebook.reading.whole_document import list_contents

_COMMENT_MARK = re.compile("<!--|-->")

HIDDEN_CONTENT, UNREADABLE_CONTENT = "hidden-content", "unreadable-content"


def find_published(text: str) -> list[PrivateFinding]:
    """Private text of a file that is published as it is, sorted: also what HTML comments hide."""
    found = find_private(text)
    opened = _COMMENT_MARK.sub(lambda mark: " " * len(mark[0]), text)
    if opened != text:
        seen = {(each.rule, each.start) for each in found}
        found += [each for each in find_private(opened) if (each.rule, each.start) not in seen]
    return sorted(found, key=lambda each: each.start)


def list_places_in_file(path: Path) -> Iterator[PrivatePlace]:
    """Private text in a stored document file; one that cannot be read has only its name."""
    yield from list_places_in_name(path.name)
    try:
        document = reading.read_document(path)
    except UserError:
        return
    if document.is_text:
        yield from list_places(document.text, find_published(document.text))
    else:
        yield from list_places_in_contents(document.form, path.read_bytes())


def list_places_in_name(name: str) -> Iterator[PrivatePlace]:
    """Private text in a file name."""
    for place in list_places(name):
        yield _placed(place, "文件名里")


def list_places_in_contents(form: str, data: bytes) -> Iterator[PrivatePlace]:
    """Private text anywhere in a file, each value once, and a warning of what nobody sees in it.

    Lines and columns are 1 but in Markdown: what is found may stand nowhere in the text.
    """
    if form == "markdown":
        text = join_lines(reading.read_form("text", data).lines)
        yield from list_places(text, find_published(text))
        return
    contents = list_contents(form, data)
    if contents is None:
        said = "文件里有没有批注、作者等信息，程序看不了"
        yield PrivatePlace(UNREADABLE_CONTENT, "warning", 1, 1, said, "")
        return
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for line in contents:
        texts[line.facts.label].append(line.text)
    seen: set[str] = set()
    for label in sorted(texts):
        # What is shown is one text; properties and comments have nothing to do with each other.
        for text in texts[label] if label else ["\n".join(texts[label])]:
            for place in list_places(text):
                if place.key not in seen:
                    seen.add(place.key)
                    where = f"在文件的“{label}”里" if label else ""
                    yield _placed(place, where, label == SCRIPT)
    if marks := sorted(MARKS & texts.keys()):
        said = f"文件里带有看不见的内容（{'、'.join(marks)}）"
        yield PrivatePlace(HIDDEN_CONTENT, "warning", 1, 1, said, "")


def _placed(place: PrivatePlace, where: str, is_doubtful: bool = False) -> PrivatePlace:
    severity = "warning" if is_doubtful else place.severity
    return PrivatePlace(place.rule, severity, 1, 1, f"{place.said}{where}", place.key)
