"""What people have decided: two texts that look alike are different cases, and why.

The decisions are a YAML list that a pull request can review, one line each. Such a pair is
neither reported nor merged again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import yaml

from casebook.library import casefile
from casebook.library.folder import SOURCES, VARIANTS
from casebook.model import UserError
from casebook.runtime import cli

FILE = "decisions.yml"
"""The name of the file in the folder of a library."""

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of the file; a longer one is refused before it is read."""

LONGEST_REASON = 500
"""Characters of a reason."""

_KEYS = ("a", "b", "reason")
_HEADING = f"""\
# 人工判定：下列各对文章相近，但不是同一篇，不再提示合并。
# 由 {cli.command("duplicates")} --distinct A B --reason 理由 写入；要改变判定，删去那一行即可。
"""
_EXPECTED = "每项应写成 - {a: 案例id, b: 案例id, reason: 理由}"


@dataclass(frozen=True, slots=True)
class PairDecision:
    """Two ids, why their texts are different cases, and the line of the file that says so."""

    a: str
    b: str
    reason: str
    line: int = 0

    @property
    def pair(self) -> frozenset[str]:
        """The two ids, in no order."""
        return frozenset((self.a, self.b))


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with the file, in Chinese, and on which line (from 1)."""

    line: int
    message: str


def load_decisions(folder: Path) -> list[PairDecision]:
    """The decisions of a library; none where the file is not there. Raises UserError."""
    found, complaints = read_decisions(folder)
    if complaints:
        raise UserError(f"{folder / FILE}:{complaints[0].line}：{complaints[0].message}")
    return found


def distinct_pairs(folder: Path) -> set[frozenset[str]]:
    """The pairs of ids that people have decided to be different cases. Raises UserError."""
    return {decision.pair for decision in load_decisions(folder)}


def format_decision_commands(folder: Path, a: str, b: str) -> tuple[str, str]:
    """The commands, to be copied, by which a person says that two cases are one, or are not."""
    place = ("--library", folder.as_posix())
    merge = cli.command_line("duplicates", "--merge", a, b, *place)
    distinct = cli.command_line("duplicates", "--distinct", a, b, *place)
    return merge, f"{distinct} --reason 理由"


def find_distinct_pairs(paths: Iterable[Path]) -> set[frozenset[str]]:
    """The pairs decided on in all libraries in which these files and folders lie.

    They go by the ids that dedupe gives: of a case its id, and of a document among the sources of
    a library its path, because a decision about a case is one about the text it comes from. Raises
    UserError for a file of decisions that cannot be read.
    """
    return {
        frozenset(pair)
        for path in paths
        for folder in _list_library_folders(path.resolve())
        for decision in load_decisions(folder)
        for pair in product(*(_list_names(folder, i, path) for i in (decision.a, decision.b)))
        if pair[0] != pair[1]
    }


def _list_library_folders(path: Path) -> Iterator[Path]:
    """Where the decisions about the texts at `path` may stand.

    That is the folder itself or the one of the file, and the library whose sources or variants
    these are. Other parents are none: a file of that name in them is not about these texts.
    """
    folder = path if path.is_dir() else path.parent
    yield folder
    for inner in (folder, *folder.parents):
        if inner.name in (SOURCES, VARIANTS):
            yield inner.parent


def _list_names(folder: Path, case_id: str, path: Path) -> list[str]:
    """The id of a case, and the paths of its sources if they are at `path`."""
    names = [case_id]
    if SOURCES not in path.resolve().parts:
        return names
    for place in (folder, folder / VARIANTS):
        with suppress(OSError, UserError):  # a case that cannot be read is the gate's business
            for source in casefile.read_case(place / f"{case_id}.md").sources:
                held = path / source.file if path.is_dir() else path
                file, name = held.as_posix(), held.name
                names += [f"{file}#{source.part}", file] if name == source.file else []
    return names


def read_decisions(folder: Path) -> tuple[list[PairDecision], list[Complaint]]:
    """The decisions of a library, and what is wrong with the file."""
    path = folder / FILE
    if path.is_symlink():
        return [], [Complaint(1, "这是符号链接，请换成真正的文件。")]
    if not path.exists():
        return [], []
    nodes, complaints = read_entries(path, _EXPECTED)
    results = [*complaints, *_entries(nodes)]
    decisions = [result for result in results if isinstance(result, PairDecision)]
    return decisions, [result for result in results if isinstance(result, Complaint)]


def read_entries(path: Path, expected: str) -> tuple[list[yaml.Node], list[Complaint]]:
    """The entries of a file that holds one YAML list, or the reason why there are none.

    `expected` says how an entry is written. Raises OSError.
    """
    if path.stat().st_size > LARGEST_FILE:
        return [], [Complaint(1, f"文件超过 {LARGEST_FILE // 2**20} MiB，请拆分或清理。")]
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return [], [Complaint(mark.line + 1 if mark else 1, f"不是合法的 YAML；{expected}。")]
    if root is None:
        return [], []
    if not isinstance(root, yaml.SequenceNode):
        return [], [Complaint(root.start_mark.line + 1, f"整个文件应是一个列表，{expected}。")]
    return root.value, []


def read_fields(
    node: yaml.Node, keys: Collection[str], optional: Collection[str] = ()
) -> dict[str, str] | None:
    """The texts of an entry by key; None unless it has these keys, each once, and no others.

    Those of `optional` may be missing: then they are not in the result either.
    """
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    scalars = [(k.value, v.value) for k, v in pairs if isinstance(v, yaml.ScalarNode)]
    values = {str(key): " ".join(str(value).split()) for key, value in scalars}
    is_complete = set(keys) <= values.keys() <= {*keys, *optional}
    return values if is_complete and len(pairs) == len(values) else None


def _entries(nodes: Sequence[yaml.Node]) -> Iterator[PairDecision | Complaint]:
    seen: set[frozenset[str]] = set()
    for node in nodes:
        entry = _entry(node)
        if isinstance(entry, PairDecision) and entry.pair in seen:
            yield Complaint(entry.line, "这一对已经判定过，请删掉重复的一行。")
        else:
            yield entry
        if isinstance(entry, PairDecision):
            seen.add(entry.pair)


def _entry(node: yaml.Node) -> PairDecision | Complaint:
    line = node.start_mark.line + 1
    values = read_fields(node, _KEYS)
    if values is None or not all(values.values()):
        return Complaint(line, f"{_EXPECTED}，三个键都不能少、不能空。")
    if len(values["reason"]) > LONGEST_REASON:
        return Complaint(line, f"理由超过 {LONGEST_REASON} 个字，请写短些。")
    if values["a"] == values["b"]:
        return Complaint(line, "a 和 b 是同一个案例，请改正或删掉这一行。")
    return PairDecision(**values, line=line)


def add_decision(folder: Path, a: str, b: str, reason: str, known: Sequence[str]) -> Path:
    """Write down that the texts of two cases are different ones; returns the file.

    `known` are the ids of the library's cases. What the file holds stays as it is. Raises
    UserError for an unknown id, an empty reason, or a pair that has been decided on.
    """
    for case_id in (a, b):
        if case_id not in known:
            raise UserError(f"{case_id}：{folder} 里没有这个案例（id 即文件名，不带 .md）。")
    reason = " ".join(reason.split())
    if a == b or not reason or len(reason) > LONGEST_REASON:
        raise UserError(
            f"请给出两个不同的案例，并用 --reason 写明理由（至多 {LONGEST_REASON} 字）。"
        )
    if frozenset((a, b)) in distinct_pairs(folder):
        raise UserError(f"{a} 与 {b} 已经判定过，见 {folder / FILE}。")
    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.exists() else _HEADING
    glue = "" if before.endswith("\n") else "\n"
    line = f"- {{a: {quote_yaml(a)}, b: {quote_yaml(b)}, reason: {quote_yaml(reason)}}}\n"
    cli.write_text(path, before + glue + line)
    return path


def quote_yaml(text: str) -> str:
    """A JSON string is a YAML string; what YAML does not allow as it is gets escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)
