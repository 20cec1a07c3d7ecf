"""The case file: YAML front matter and a Markdown body, read and written.

The grammar is in cases/README.md. Reading keeps line numbers, so that a finding can name its place;
writing gives the one canonical form, so that two imports of one text give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from casebook.library.front_matter_ends import describe_missing_end, describe_missing_start
from casebook.library.markup import FENCE
from casebook.library.yaml_text import find_yaml_mistake
from casebook.model import (
    LOWEST_LEVEL,
    Block,
    Case,
    SourceRef,
    UserError,
    VariantRef,
    as_dict,
)

FRONT_MATTER_LIMIT = 64 * 1024
"""Characters of front matter that are read; hostile YAML must not exhaust the machine."""

DEEPEST_YAML = 6
"""Levels of nesting that front matter may have; the schema itself needs three."""

_TOO_LONG = "front matter 超过 {most} 个字符，请删短，正文写在 --- 之后。"
_NO_MAPPING = "front matter 应由“键: 值”组成，例如 title: 标题。"
ALIAS = "值不能以 &、* 或 ! 开头（YAML 的锚点、别名和标签），请加上英文双引号。"
TOO_DEEP = f"front matter 的括号或缩进超过 {DEEPEST_YAML} 层，请参照模板改成一两层。"

_ALWAYS_WRITTEN = ("id", "title", "kind", "organ", "region", "themes", "sources", "variants")
_HEADING = re.compile(r"(#{2,6})(?:[ \t]+(\S.*))?")
_HEADING_MARK = re.compile(r"\{([^{}]*)\}")
_TOKEN = re.compile(r"\.(?P<role>[\w-]+)|#(?P<anchor>[\w-]+)|(?P<key>[a-z]+)=(?P<value>[^\s=]+)")


class CaseFileError(UserError):
    """A case file that cannot be read: `rule`, `line` and `column` (from 1) say what and where."""

    def __init__(self, rule: str, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.rule, self.line, self.column = rule, line, column


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block with the line (from 1) of its heading; `marks` is the text between the braces."""

    block: Block
    line: int
    marks: str = ""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseText:
    """A case file cut into its two halves, each with the number of its first line."""

    front: str
    front_line: int
    body: str
    body_line: int


def split_front_matter(text: str) -> CaseText:
    """Cut a file at its `---` lines. Raises CaseFileError when they are missing or too large."""
    lines = text.removeprefix("\ufeff").split("\n")
    if lines[0].rstrip() != "---":
        raise CaseFileError("front-matter-missing", 1, 1, describe_missing_start(lines))
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            front = "\n".join(lines[1 : number - 1])
            if len(front) > FRONT_MATTER_LIMIT:
                message = _TOO_LONG.format(most=FRONT_MATTER_LIMIT)
                raise CaseFileError("front-matter-unclosed", 1, 1, message)
            return CaseText(front, 2, "\n".join(lines[number:]), number + 1)
    place, message = describe_missing_end(lines)
    raise CaseFileError("front-matter-unclosed", place, 1, message)


def load_front_matter(parts: CaseText) -> dict[str, Any]:
    """Front matter as strings, lists and mappings; no value is turned into a date or a bool."""
    try:
        _refuse_unsafe_yaml(parts)
        loaded = yaml.load(parts.front, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        line, advice = find_yaml_mistake(parts.front.split("\n"), mark.line if mark else 0)
        column = mark.column + 1 if mark and mark.line == line else 1
        place = parts.front_line + line
        raise CaseFileError("yaml-syntax", place, column, advice) from error
    if not isinstance(loaded, dict):
        raise not_a_mapping(parts)
    return loaded


def not_a_mapping(parts: CaseText) -> CaseFileError:
    """The error for front matter that is YAML, but no mapping of texts to values."""
    line, advice = find_yaml_mistake(parts.front.split("\n"), 0, _NO_MAPPING)
    return CaseFileError("yaml-syntax", parts.front_line + line, 1, advice)


def _refuse_unsafe_yaml(parts: CaseText) -> None:
    """Refuse what would be built into endless values: deep nesting, and aliases of aliases."""
    depth, alias = _scan_structure(parts)
    if depth:
        raise CaseFileError("yaml-too-deep", *depth, TOO_DEEP)
    if alias:
        raise CaseFileError("yaml-alias", *alias, ALIAS)


def find_too_deep(parts: CaseText) -> tuple[int, int] | None:
    """Line and column (from 1) where the front matter is nested deeper than DEEPEST_YAML, if it is.

    They are found in the event stream, before anything is built: the composer of libyaml recurses
    in C and would crash the process.
    """
    return _scan_structure(parts)[0]


def _scan_structure(parts: CaseText) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Where the front matter is nested too deep, and where it first has an alias."""
    for loader in (yaml.CBaseLoader, yaml.BaseLoader):
        # libyaml looks far ahead and may refuse, with a limit and a message of its own, before its
        # first event; the parser in Python has no limit.
        with suppress(yaml.YAMLError):
            return _scan_events(parts, yaml.parse(parts.front, Loader=loader))
    return None, None  # not YAML at all: whoever loads it says what is wrong


def _scan_events(
    parts: CaseText, events: Iterable[yaml.Event]
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    depth, alias = 0, None
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_YAML:
            return _place_event(parts, event), None
        if alias is None and isinstance(event, yaml.AliasEvent):
            alias = _place_event(parts, event)
    return None, alias


def _place_event(parts: CaseText, event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (parts.front_line + mark.line, mark.column + 1) if mark else (1, 1)


def read_blocks(body: str, first_line: int = 1) -> Iterator[PlacedBlock]:
    """The body's blocks in order; the first one is the lead (level 1, without a heading)."""
    level, heading, marks, start = 1, None, "", first_line
    unknown: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    lines: list[str] = []
    fence = ""
    for number, line in enumerate(body.split("\n"), start=first_line):
        opened = FENCE.match(line)
        if opened and (not fence or opened[1] == fence):
            fence = "" if fence else opened[1]
        found = None if fence else _HEADING.fullmatch(line.rstrip())
        if found is None:
            lines.append(line)
            continue
        yield PlacedBlock(_block(level, heading, fields, lines), start, marks, unknown)
        level, start, lines = len(found[1]), number, []
        heading, marks, fields, unknown = _read_heading(found[2] or "")
    yield PlacedBlock(_block(level, heading, fields, lines), start, marks, unknown)


def _block(level: int, heading: str | None, fields: dict[str, Any], lines: list[str]) -> Block:
    return Block(level=level, heading=heading, text="\n".join(lines).strip(), **fields)


def _read_heading(text: str) -> tuple[str | None, str, dict[str, Any], tuple[str, ...]]:
    """Heading, raw marks, the block's fields, and the tokens in the braces nobody knows."""
    start = text.rfind("{")
    found = _HEADING_MARK.fullmatch(text, start) if start >= 0 else None
    if not found or text[start - 1 : start].strip():
        return text or None, "", {}, ()
    fields: dict[str, Any] = {}
    unknown = []
    for token in found[1].split():
        name, value = read_token(token)
        if not name:
            unknown.append(token)
        elif name == "themes":
            fields[name] = tuple(part for part in re.split("[,，、]", value) if part)
        else:
            fields[name] = value
    return text[:start].rstrip() or None, found[1], fields, tuple(unknown)


def read_token(token: str) -> tuple[str, str]:
    """The field of a block that a token of a mark sets, and its value; both empty if unknown."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return "", ""
    if match["role"]:
        return "role", match["role"]
    if match["anchor"]:
        return "anchor", match["anchor"]
    name = {"theme": "themes", "from": "source"}.get(match["key"], "")
    return name, match["value"] if name else ""


def parse(text: str) -> Case:
    """Read a case file. Raises CaseFileError; unknown keys and marks are the checks' business."""
    parts = split_front_matter(text)
    front = load_front_matter(parts)
    blocks = [placed.block for placed in read_blocks(parts.body, parts.body_line)]
    lead = replace(blocks[0], heading=_text(front, "title"), role=_text(front, "lead_role"))
    return Case(
        id=_text(front, "id"),
        title=_text(front, "title"),
        blocks=(lead, *blocks[1:]),
        kind=_text(front, "kind"),
        organ=_text(front, "organ"),
        region=_text(front, "region"),
        date=_text(front, "date"),
        themes=tuple(str(theme) for theme in _items(front, "themes")),
        sources=tuple(_source(item) for item in _mappings(front, "sources")),
        aliases=tuple(each for each in _items(front, "aliases") if isinstance(each, str)),
        variants=tuple(_variant(item) for item in _mappings(front, "variants")),
        contributor=_text(front, "contributor"),
        ai_use=_text(front, "ai_use"),
        allow=tuple(_mappings(front, "allow")),
    )


def _text(front: Mapping[str, Any], key: str) -> str:
    value = front.get(key, "")
    return value if isinstance(value, str) else ""


def _items(front: Mapping[str, Any], key: str) -> list[Any]:
    value = front.get(key)
    return value if isinstance(value, list) else []


def _mappings(front: Mapping[str, Any], key: str) -> list[dict[str, str]]:
    return [item for item in _items(front, key) if isinstance(item, dict)]


def _source(item: Mapping[str, str]) -> SourceRef:
    part = _text(item, "part")
    return SourceRef(
        _text(item, "file"),
        _text(item, "sha256"),
        int(part) if part.isdecimal() else 1,
        _text(item, "url"),
        _text(item, "name"),
        _text(item, "redacted"),
    )


def _variant(item: Mapping[str, Any]) -> VariantRef:
    relation: Any = _text(item, "relation") or "near"  # another word is the checks' business
    return VariantRef(_text(item, "id"), relation)


def read_case(path: Path) -> Case:
    """Read the case file at `path` (UTF-8). Raises OSError; CaseFileError that names the place."""
    try:
        return parse(read_text(path))
    except CaseFileError as error:
        place = f"{path}:{error.line}:{error.column}"
        raise CaseFileError(error.rule, error.line, error.column, f"{place}：{error}") from error


def read_raw(path: Path) -> str:
    """The text of a file of a library with its own line ends. Raises OSError, UnicodeError."""
    return path.read_bytes().decode("utf-8")


def read_text(path: Path) -> str:
    """The text of a case file. Raises CaseFileError when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = "案例文件应保存为 UTF-8 编码，请用编辑器另存为 UTF-8。"
        raise CaseFileError("encoding", 1, 1, message) from error


def dump(case: Case) -> str:
    """The canonical text of a case file; `parse(dump(case)) == case`."""
    front = yaml.dump(
        _front_matter(case),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=10**6,
    )
    body = "\n\n".join(part for block in case.blocks for part in list_block_lines(block))
    return f"---\n{front}---\n\n{body}\n" if body else f"---\n{front}---\n"


class _Dumper(yaml.SafeDumper):
    """Block style outside, flow style for the innermost lists and mappings, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _front_matter(case: Case) -> dict[str, Any]:
    from casebook.library.case_schema import list_keys  # pydantic takes a while to load

    values: dict[str, Any] = {
        "id": case.id,
        "title": case.title,
        "kind": case.kind,
        "organ": case.organ,
        "region": case.region,
        "date": case.date,
        "lead_role": case.blocks[0].role,
        "themes": list(case.themes),
        "sources": [_entry_values(source) for source in case.sources],
        "aliases": list(case.aliases),
        "variants": [_entry_values(variant) for variant in case.variants],
        "contributor": case.contributor,
        "ai_use": case.ai_use,
        "allow": [dict(item) for item in case.allow],
    }
    return {key: values[key] for key in list_keys() if values[key] or key in _ALWAYS_WRITTEN}


def _entry_values(entry: SourceRef | VariantRef) -> dict[str, Any]:
    """A source or variant as front matter has it: what is not empty; only documents have parts."""
    values = {key: value for key, value in as_dict(entry).items() if value != ""}
    if isinstance(entry, SourceRef) and not entry.sha256 and entry.part == 1:
        del values["part"]
    return values


def dump_entry(entry: SourceRef | VariantRef | str) -> str:
    """A source or variant on one line, `{id: qiaoliang, relation: near}`, or an alias."""
    values = entry if isinstance(entry, str) else _entry_values(entry)
    listed = yaml.dump(
        [values],
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=True,
        width=10**6,
    )
    return listed.rstrip("\n")[1:-1]


def list_block_lines(block: Block) -> Iterator[str]:
    """The heading line of a block (none for the lead) and its text, as a file has them."""
    if block.level > 1:
        hashes = "#" * min(block.level, LOWEST_LEVEL)
        yield " ".join(part for part in (hashes, block.heading or "", marks(block)) if part)
    if block.text:
        yield block.text


def marks(block: Block) -> str:
    """The mark after a heading, `{.role #anchor theme=… from=…}`, or an empty text."""
    tokens = [f".{block.role}" if block.role else "", f"#{block.anchor}" if block.anchor else ""]
    tokens.append(f"theme={','.join(block.themes)}" if block.themes else "")
    tokens.append(f"from={block.source}" if block.source else "")
    text = " ".join(token for token in tokens if token)
    return f"{{{text}}}" if text else ""
