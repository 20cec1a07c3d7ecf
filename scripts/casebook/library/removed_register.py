"""removed.yml: what was taken down, so that it does not come back.

An entry keeps the ids, whose pages say so, the SHA-256 of the received documents, and prints of
the texts, from which nothing can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from casebook.dedupe.removed_prints import PrintedText, RemovedPrint
from casebook.library import markup
from casebook.library.case_schema import is_date, is_id
from casebook.library.decisions import LONGEST_REASON, Complaint, quote_yaml, read_entries
from casebook.model import Block, UserError
from casebook.runtime import cli

FILE = "removed.yml"
"""The name of the file in the folder of a library."""

_HEADING = f"""\
# 已撤下的案例：网址显示“已撤下”，再投稿、换编码、换格式或只截取一部分都不收。
# 由 {cli.command("remove")} 写入，请勿手改；指纹里读不出原文。理由会公开。
"""
_KEYS = {"ids", "date", "reason", "sha256", "salt", "prints"}
_EXPECTED = "每项应由 casebook remove 写入，请恢复原样，或删掉这一项"
_SHA256 = re.compile("[0-9a-f]{64}")
_SALT = re.compile("[0-9a-f]{16,64}")


@dataclass(frozen=True, slots=True)
class RemovedEntry:
    """One removal: the ids of the case and of its variants, with their former ones.

    `sha256` are those of the received documents; `prints` of the texts, with titles and without.
    """

    ids: tuple[str, ...]
    date: str
    reason: str
    sha256: tuple[str, ...]
    prints: tuple[RemovedPrint, ...]
    line: int = 0

    def describe(self) -> str:
        """Which removal it is, for a message."""
        why = f"，理由：{self.reason}" if self.reason else ""
        return f"{self.ids[0]}（{self.date} 撤下{why}）"


def load_removed(folder: Path) -> tuple[RemovedEntry, ...]:
    """The removals of a library; none where the file is not there. Raises UserError."""
    entries, complaints = read_removed(folder)
    if complaints:
        raise UserError(f"{folder / FILE}:{complaints[0].line}：{complaints[0].message}")
    return entries


def read_removed(folder: Path) -> tuple[tuple[RemovedEntry, ...], tuple[Complaint, ...]]:
    """The removals of a library, and what is wrong with the file."""
    path = folder / FILE
    if path.is_symlink():
        return (), (Complaint(1, "这是符号链接，请换成真正的文件。"),)
    if not path.is_file():
        return (), ()
    return _read_register(path, path.stat().st_mtime_ns, path.stat().st_size)


@lru_cache(maxsize=8)
def _read_register(
    path: Path, _changed: int, _size: int
) -> tuple[tuple[RemovedEntry, ...], tuple[Complaint, ...]]:
    nodes, complaints = read_entries(path, _EXPECTED)
    read = list(map(_read_entry, nodes))
    entries = (each for each in read if isinstance(each, RemovedEntry))
    wrong = (each for each in read if isinstance(each, Complaint))
    return tuple(entries), (*complaints, *wrong)


def _read_entry(node: yaml.Node) -> RemovedEntry | Complaint:
    line = node.start_mark.line + 1
    try:
        values = _load_values(node)
        if set(values) != _KEYS:
            raise ValueError("other keys")
        salt = bytes.fromhex(_match(_SALT, values["salt"]))
        ids = _list_texts(values["ids"])
        reason = values["reason"]
        if not ids or not all(map(is_id, ids)) or not is_date(values["date"]):
            raise ValueError("no id or date")
        if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
            raise ValueError("no reason")
        hashes = tuple(_match(_SHA256, each) for each in _list_texts(values["sha256"]))
        prints = tuple(RemovedPrint.read(salt, each) for each in _list_texts(values["prints"]))
        return RemovedEntry(ids, values["date"], reason, hashes, prints, line)
    except (ValueError, TypeError, yaml.YAMLError, RecursionError):
        return Complaint(line, f"这一项读不懂；{_EXPECTED}。")


def _load_values(node: yaml.Node) -> dict[str, Any]:
    """The entry as texts and lists."""
    values: Any = yaml.BaseLoader("").construct_document(node)
    if not isinstance(values, dict):
        raise TypeError("not a mapping")
    return values


def _list_texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError("not a list of texts")
    return tuple(value)


def _match(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("another form")
    return value


def add_removed(folder: Path, entry: RemovedEntry) -> str:
    """The text of the register with one more entry. Raises UserError for one that is damaged."""
    load_removed(folder)
    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else _HEADING
    glue = "" if before.endswith("\n") else "\n"
    return before + glue + _write_entry(entry)


def _write_entry(entry: RemovedEntry) -> str:
    salt = entry.prints[0].salt.hex() if entry.prints else "0" * 16
    lines = [
        f"- ids: {_write_list(entry.ids)}",
        f"  date: {quote_yaml(entry.date)}",
        f"  reason: {quote_yaml(entry.reason)}",
        f"  sha256: {_write_list(entry.sha256)}",
        f"  salt: {quote_yaml(salt)}",
        f"  prints: {_write_list(each.write() for each in entry.prints)}",
    ]
    return "\n".join(lines) + "\n"


def _write_list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quote_yaml, texts))}]"


def find_removed_text(folder: Path, title: str, body: str) -> RemovedEntry | None:
    """The removal of a text that this one is, or is a piece of, or holds. Raises UserError."""
    entries = [entry for entry in load_removed(folder) if entry.prints]
    if not entries:
        return None
    texts = list(list_printed(title, body))
    found = (e for e in entries for p in e.prints if any(text.is_copy_of(p) for text in texts))
    return next(found, None)


def find_removed_source(folder: Path, sha256: str) -> RemovedEntry | None:
    """The removal of the received document with that hash. Raises UserError."""
    return next((entry for entry in load_removed(folder) if sha256 in entry.sha256), None)


def print_body(blocks: Iterable[Block]) -> str:
    """What the prints of a case are made of: headings and texts below the title, plain."""
    pieces = ((b.heading if b.level > 1 else "", markup.to_plain(b.text)) for b in blocks)
    return "\n".join(piece for pair in pieces for piece in pair if piece)


def list_printed(title: str, body: str) -> Iterator[PrintedText]:
    """The texts to print or compare: other forms of a document may have another title line."""
    yield PrintedText(body)
    yield PrintedText(f"{title}\n{body}")
