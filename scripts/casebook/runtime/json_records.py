"""Dataclasses as JSON objects and back, by the names of their fields.

The codec knows dataclasses, tuples, mappings and paths inside each other. Every other value has to
be one that JSON knows itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_PLAIN = (str, int, float, bool, type(None), Any)


def to_json(value: Any) -> Any:
    """A value for `json.dumps`; each dataclass in it becomes an object with a key per field."""
    if isinstance(value, str):
        return value  # first, for most values are text
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    return str(value) if isinstance(value, Path) else value


def from_json(kind: type[T], value: Any) -> T:
    """An instance of the dataclass `kind`, equal to the one that `to_json` was given.

    A field that is missing gets its default. Raises TypeError for an unknown field, a required one
    that is missing, and a type that the codec does not know.
    """
    dataclass: Any = kind
    read: Callable[[Any], T] = _reader(dataclass)
    return read(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """The function that turns a JSON value into a value of a type; one is made for each type."""
    arguments = get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_reader(kind)
    if get_origin(kind) is tuple and arguments[-1] is Ellipsis:
        item = _reader(arguments[0])
        return tuple if item is _same else lambda row: tuple(map(item, row))
    if get_origin(kind) is tuple:
        items = [_reader(argument) for argument in arguments]
        return lambda row: tuple(read(v) for read, v in zip(items, row, strict=True))
    if get_origin(kind) is Mapping and (entry := _reader(arguments[1])) is not _same:
        return lambda row: {key: entry(item) for key, item in row.items()}
    if kind is Path:
        return Path
    if _is_plain(kind):
        return _same
    raise TypeError(f"no JSON for {kind}")


def _is_plain(kind: Any) -> bool:
    """Whether JSON gives a value of this type back as it was."""
    if get_origin(kind) in (Mapping, Union, UnionType):
        return all(map(_is_plain, get_args(kind)))
    return kind in _PLAIN or get_origin(kind) is Literal


def _dataclass_reader(kind: Callable[..., Any]) -> Callable[[Any], Any]:
    """Only the fields that JSON does not give as they were are converted: most are text."""
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    converted = [(name, read) for name, read in readers.items() if read is not _same]
    return lambda row: kind(
        **row | {name: read(row[name]) for name, read in converted if name in row}
    )


def _same(value: Any) -> Any:
    return value
