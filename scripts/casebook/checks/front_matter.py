"""Front matter with the place of every key; it refuses what PyYAML would accept silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml

from casebook.checks.rules import Problem, display_value
from casebook.library import casefile
from casebook.library.casefile import CaseText

_ALIAS = casefile.ALIAS
_REPEATED = "键 {key} 在第 {line} 行已经写过，YAML 只认后一个，请删掉一个。"
"""What findings say."""

KeyPath = tuple[str | int, ...]


class _YamlMark(Protocol):
    """A place, counted from 0. PyYAML's two parsers have different classes for it."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class PlacedFrontMatter:
    """Front matter: its values and, for each path of keys, the line and column of the key."""

    values: Mapping[str, Any]
    places: Mapping[KeyPath, tuple[int, int]]

    def locate(self, *key: str | int) -> tuple[int, int]:
        """Line and column of a key, else of the nearest key that contains it, else of the file."""
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, (1, 1))

    def get_text(self, key: str) -> str:
        """The value of `key` where it is text, else an empty string."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def list_mappings(self, key: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Position and content of the mappings in the list `key`, text values only."""
        value = self.values.get(key)
        for position, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield position, {k: v for k, v in item.items() if isinstance(v, str)}

    def list_texts(self, key: str) -> Iterator[tuple[int, str]]:
        """Position and content of the texts in the list `key`."""
        value = self.values.get(key)
        for position, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str):
                yield position, item

    def walk_texts(self) -> Iterator[tuple[KeyPath, str]]:
        """All texts in the values, however deep, with their paths."""
        yield from _walk_texts(self.values, ())


def _walk_texts(value: Any, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield key, value
        return
    items = value.items() if isinstance(value, Mapping) else enumerate(value)
    for name, item in items:
        yield from _walk_texts(item, (*key, name))


def find_unsafe_yaml(parts: CaseText) -> Iterator[Problem]:
    """Problems to find before any value is built: deep nesting, else aliases and tags."""
    if place := casefile.find_too_deep(parts):
        yield Problem("yaml-too-deep", *place, casefile.TOO_DEEP)
        return
    try:
        for event in yaml.parse(parts.front, Loader=yaml.CBaseLoader):
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                yield Problem("yaml-alias", *_locate_mark(parts, event.start_mark), _ALIAS)
    except yaml.YAMLError:
        return  # `read_front_matter` reports it with advice


def read_front_matter(parts: CaseText) -> tuple[PlacedFrontMatter, list[Problem]]:
    """Read front matter; a key that occurs twice is a problem. Raises CaseFileError.

    Call `find_unsafe_yaml` first: here hostile YAML would be built.
    """
    try:
        root = yaml.compose(parts.front, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        root = None
    if not isinstance(root, yaml.MappingNode) or not _has_plain_keys(root):
        casefile.load_front_matter(parts)
        raise casefile.not_a_mapping(parts)
    reader = _FrontMatterReader(parts)
    return PlacedFrontMatter(reader.read_mapping(root, ()), reader.places), reader.problems


def _has_plain_keys(node: yaml.Node) -> bool:
    if isinstance(node, yaml.MappingNode):
        return all(isinstance(k, yaml.ScalarNode) and _has_plain_keys(v) for k, v in node.value)
    if isinstance(node, yaml.SequenceNode):
        return all(_has_plain_keys(item) for item in node.value)
    return True


@dataclass(slots=True)
class _FrontMatterReader:
    """Builds values from YAML nodes and notes the place of each key and list item."""

    parts: CaseText
    places: dict[KeyPath, tuple[int, int]] = field(default_factory=lambda: {(): (1, 1)})
    problems: list[Problem] = field(default_factory=list)

    def read_value(self, node: yaml.Node, key: KeyPath) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.read_mapping(node, key)
        return self.read_sequence(node, key) if isinstance(node, yaml.SequenceNode) else node.value

    def read_sequence(self, node: yaml.SequenceNode, key: KeyPath) -> list[Any]:
        values = []
        for position, item in enumerate(node.value):
            self.places[(*key, position)] = _locate_mark(self.parts, item.start_mark)
            values.append(self.read_value(item, (*key, position)))
        return values

    def read_mapping(self, node: yaml.MappingNode, key: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name, place = name_node.value, _locate_mark(self.parts, name_node.start_mark)
            if name in values:
                line = self.places[(*key, name)][0]
                message = _REPEATED.format(key=display_value(name), line=line)
                self.problems.append(Problem("key-duplicate", *place, message))
            self.places[(*key, name)] = place
            values[name] = self.read_value(value_node, (*key, name))
        return values


def _locate_mark(parts: CaseText, mark: _YamlMark | None) -> tuple[int, int]:
    return (parts.front_line + mark.line, mark.column + 1) if mark else (1, 1)
