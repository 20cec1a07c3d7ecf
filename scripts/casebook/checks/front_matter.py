"""Front matter with the place of every key; what PyYAML would accept silently is found here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml

from casebook.checks.rules import Problem, shown
from casebook.library import casefile
from casebook.library.casefile import CaseFileError, CaseText

Key = tuple[str | int, ...]


class _HasPlace(Protocol):
    """PyYAML's mark, which differs between its two parsers."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Front:
    """Front matter: its values and, for each path of keys, the line and column of the key."""

    values: Mapping[str, Any]
    places: Mapping[Key, tuple[int, int]]

    def place(self, *key: str | int) -> tuple[int, int]:
        """Where `key` stands, or the nearest key above it, or the file's first line."""
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, (1, 1))

    def text(self, key: str) -> str:
        """The value of `key` where it is text, else an empty string."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def mappings(self, key: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Position and content of the mappings in the list `key`, text values only."""
        value = self.values.get(key)
        for position, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield position, {k: v for k, v in item.items() if isinstance(v, str)}

    def texts(self, key: str) -> Iterator[tuple[int, str]]:
        """Position and content of the texts in the list `key`."""
        value = self.values.get(key)
        for position, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str):
                yield position, item


def refused(parts: CaseText) -> Iterator[Problem]:
    """Deep nesting, else aliases and tags, found before anything is built."""
    if place := casefile.find_too_deep(parts):
        yield Problem("yaml-too-deep", *place, casefile.TOO_DEEP)
        return
    try:
        for event in yaml.parse(parts.front, Loader=yaml.CBaseLoader):
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                message = "值不能以 &、* 或 ! 开头（YAML 的锚点、别名和标签），请加上英文双引号。"
                yield Problem("yaml-alias", *_mark(parts, event.start_mark), message)
    except yaml.YAMLError:
        return  # `read` says what is wrong, with advice


def read_front_matter(parts: CaseText) -> tuple[Front, list[Problem]]:
    """Front matter and the keys that stand twice. Raises CaseFileError; call `refused` first."""
    try:
        root = yaml.compose(parts.front, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        root = None
    if not isinstance(root, yaml.MappingNode) or not _plain_keys(root):
        casefile.load_front_matter(parts)
        raise CaseFileError("yaml-syntax", 2, 1, "front matter 应由“键: 值”组成。")
    reader = _Reader(parts)
    return Front(reader.mapping(root, ()), reader.places), reader.problems


def _plain_keys(node: yaml.Node) -> bool:
    if isinstance(node, yaml.MappingNode):
        return all(isinstance(k, yaml.ScalarNode) and _plain_keys(v) for k, v in node.value)
    if isinstance(node, yaml.SequenceNode):
        return all(_plain_keys(item) for item in node.value)
    return True


@dataclass(slots=True)
class _Reader:
    """Builds values from nodes and writes down where each key and list item stands."""

    parts: CaseText
    places: dict[Key, tuple[int, int]] = field(default_factory=lambda: {(): (1, 1)})
    problems: list[Problem] = field(default_factory=list)

    def value(self, node: yaml.Node, key: Key) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, key)
        return self.sequence(node, key) if isinstance(node, yaml.SequenceNode) else node.value

    def sequence(self, node: yaml.SequenceNode, key: Key) -> list[Any]:
        values = []
        for position, item in enumerate(node.value):
            self.places[(*key, position)] = _mark(self.parts, item.start_mark)
            values.append(self.value(item, (*key, position)))
        return values

    def mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name, place = name_node.value, _mark(self.parts, name_node.start_mark)
            if name in values:
                line = self.places[(*key, name)][0]
                message = f"键 {shown(name)} 在第 {line} 行已经写过，YAML 只认后一个，请删掉一个。"
                self.problems.append(Problem("key-duplicate", *place, message))
            self.places[(*key, name)] = place
            values[name] = self.value(value_node, (*key, name))
        return values


def _mark(parts: CaseText, mark: _HasPlace | None) -> tuple[int, int]:
    return (parts.front_line + mark.line, mark.column + 1) if mark else (1, 1)
