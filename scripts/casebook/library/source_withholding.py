"""A case file after its source is no longer stored: the SHA-256 stays, the name is only a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import yaml

from casebook.library import casefile
from casebook.model import SourceRef


def withhold_source(text: str, sha256: str, redacted: str = "") -> str:
    """A case file whose references to a source name no stored file. Other lines stay as they are.

    `redacted` says what was masked in the case (see SourceRef). Raises CaseFileError.
    """
    parts = casefile.split_front_matter(text)
    keys = list(_find_file_keys(parts.front, sha256))
    front = parts.front.split("\n")
    for key, is_flow in reversed(keys):
        line, column = key.start_mark.line, key.start_mark.column
        between = ", " if is_flow else "\n" + " " * column
        added = f"redacted: {redacted}{between}" if redacted else ""
        rest = front[line][column:].removeprefix("file")
        front[line] = f"{front[line][:column]}{added}name{rest}"
    start = text.index(parts.front, text.index("---"))
    edited = text[:start] + "\n".join(front) + text[start + len(parts.front) :]
    case = casefile.parse(text)
    wanted = replace(case, sources=tuple(_withheld(r, sha256, redacted) for r in case.sources))
    return edited if _reads_as(edited, wanted) else casefile.dump(wanted)


def _find_file_keys(front: str, sha256: str) -> Iterator[tuple[yaml.Node, bool]]:
    """The `file` keys of the references to a source, and whether they stand in braces."""
    root = yaml.compose(front, Loader=yaml.CBaseLoader)
    for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == "sources" and isinstance(value, yaml.SequenceNode):
            for item in value.value:
                held = {k.value: (k, v.value) for k, v in item.value} if item.value else {}
                if "file" in held and held.get("sha256", (None, ""))[1] == sha256:
                    yield held["file"][0], bool(item.flow_style)


def _withheld(reference: SourceRef, sha256: str, redacted: str) -> SourceRef:
    if reference.sha256 != sha256 or not reference.file:
        return reference
    name = reference.name or reference.file
    return replace(reference, file="", name=name, redacted=redacted or reference.redacted)


def _reads_as(text: str, wanted: object) -> bool:
    """Whether an edited file says what it should; a name in quotes or twice may not be edited."""
    try:
        return casefile.parse(text) == wanted
    except casefile.CaseFileError:
        return False


def count_redacted(rules: Mapping[str, int]) -> str:
    """The field `redacted` for counts by rule."""
    return "、".join(f"{rule}×{count}" for rule, count in sorted(rules.items()) if count)
