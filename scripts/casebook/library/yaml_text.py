"""Values as YAML that a person can copy, and what is wrong where front matter is no YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml

from casebook.library.front_matter_ends import describe_prose
from casebook.text.number_ranges import join_ranges

NOT_YAML = "不是合法的 YAML：值里有冒号、引号或括号时请用英文双引号括起来。"

_MISTAKES = (
    (re.compile(r"^ *\t"), "YAML 里不能用制表符（Tab）缩进，请改用空格。"),
    (re.compile(r"^\s*\w+："), "键后面的冒号应为半角并跟一个空格，请把“：”改成“: ”。"),
    (re.compile(r"^\s*\w+:[^\s]"), "冒号后面应有一个空格，例如 kind: 经验材料。"),
)
_WIDE_COLONS = "第 {lines} 行的“：”应为“: ”（半角冒号加空格），--fix 可以改。"
_UNPAIRED = "引号没有成对，请写成“{right}”。"
_UNQUOTED = "值里有冒号、引号或括号时，整个值要用引号括起来，请写成“{right}”。"
"""What is said of front matter that is no YAML."""

_WIDE_COLON = re.compile(r"(?P<before>^\s*(?:- +)?(?:\{ *)?|, *)(?P<key>\w+)[ 　]*：[ 　]*")
_PARENT = re.compile(r"(\w+)[ 　]*[:：]")
_KEY_AND_VALUE = re.compile(r"(?P<key>\w+):[ \t]+(?P<value>\S.*?)[ \t]*")


def write_scalar(text: str) -> str:
    """A text as a YAML scalar that is valid anywhere, in quotes only where they are needed.

    >>> write_scalar("责任落实"), write_scalar('"两张皮"研究'), write_scalar("某局: 经验")
    ('责任落实', '\\'"两张皮"研究\\'', '"某局: 经验"')
    """
    if re.fullmatch(r"[\d.:/-]+", text) is None and _load(f"[{text}]") == [text]:
        return text
    if re.search(r'["\\]', text):
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def write_flow(value: Any) -> str:
    """Texts, lists and mappings in one line, as people write them: [a, b] and {a: b}."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {write_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(write_flow, value))}]"
    return write_scalar(str(value))


def _load(text: str) -> Any:
    try:
        return yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return None


def find_wide_colons(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Full-width colons after known keys: the line (from 0), and a match with `before` and `key`.

    At the margin these are the keys of the front matter, below `sources`, `variants` and `allow`
    those of their mappings.
    """
    from casebook.library.case_schema import ENTRY_MODELS, list_keys

    parent = ""
    for number, line in enumerate(lines):
        if opened := _PARENT.match(line):
            parent = opened[1]
        for found in _WIDE_COLON.finditer(line):
            at_margin = found.end("before") == 0
            inside_flow = found.start() == 0 or "{" in line[: found.start()]
            known = list_keys() if at_margin else ()
            if parent in ENTRY_MODELS and inside_flow and not at_margin:
                known = list_keys(parent)
            if found["key"] in known:
                yield number, found


def find_yaml_mistake(
    lines: Sequence[str], line: int, otherwise: str = NOT_YAML
) -> tuple[int, str]:
    """Where (from 0) front matter most likely stops being YAML, and how to mend it.

    `line` is where the parser stopped: it names only the symptom, up to two lines after the
    mistake. `otherwise` is what to say where no mistake is known.
    """
    if wide := [number for number, _ in find_wide_colons(lines)]:
        # The first line of the front matter is the second of the file.
        return wide[0], describe_wide_colons(number + 2 for number in dict.fromkeys(wide))
    line = max(min(line, len(lines) - 1), 0)
    for suspect in range(line, max(-1, line - 3), -1):
        if advice := _describe_mistake(lines[suspect]):
            return suspect, advice
    return line, describe_prose(lines) or otherwise


def describe_wide_colons(lines: Iterable[int]) -> str:
    """What is wrong with these lines of a file."""
    return _WIDE_COLONS.format(lines=join_ranges(lines))


def _describe_mistake(line: str) -> str:
    for pattern, advice in _MISTAKES:
        if pattern.search(line):
            return advice
    found = _KEY_AND_VALUE.fullmatch(line)
    if not found or not _takes_text(found["key"]) or isinstance(_load(line), dict):
        return ""
    key, value = found["key"], found["value"]
    if value[0] in "\"'" and value.count(value[0]) == 1:
        return _UNPAIRED.format(right=f"{key}: {value}{value[0]}")
    return _UNQUOTED.format(right=f"{key}: {write_scalar(value)}")


def _takes_text(key: str) -> bool:
    from casebook.library.case_schema import takes_text

    return takes_text(key)
