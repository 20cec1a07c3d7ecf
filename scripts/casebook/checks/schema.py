"""Front matter against its schema, with error messages in Chinese and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casebook.checks.case_source import CaseSource
from casebook.checks.date_forms import read_date, suggest_date
from casebook.checks.front_matter import KeyPath, PlacedFrontMatter
from casebook.checks.rules import (
    Problem,
    display_value,
    find_nearest,
    suggest_word,
)
from casebook.checks.written_values import split_themes, strip_quotes
from casebook.library.case_schema import (
    KEY_NAMES,
    FrontMatterSchema,
    find_example,
    is_date,
    list_keys,
)
from casebook.library.yaml_text import describe_wide_colons, find_wide_colons, write_flow
from casebook.runtime.visible_text import reveal_invisible

_FORMAT_ADVICE = {
    "id": "只能用小写字母、数字和单个连字符，例如 pojie-liangzhangpi",
    "aliases": "应是 id 或 id#锚点，例如 jiu-bianhao、jiu-bianhao#k7f2",
    "sha256": "应为 64 位十六进制小写数字，可以留空，由 --fix 补上",
    "part": "应为从 1 开始的整数，表示来源里的第几篇",
    "url": "应以 http:// 或 https:// 开头，中间没有空格和引号",
    "relation": "应为 identical、near、contains 或 revision",
}
_ORIGIN_ADVICE = {
    "source_hash": "{}缺少 sha256，文件放进 cases/sources/ 以后，--fix 可以补上。",
    "source_empty": (
        "{}没有写明出处：有原件的写 file 和 sha256，"
        "网址写 {{url: 网址}}，自己写的写 {{name: 本单位撰写}}。"
    ),
}
_MISSING = "缺少 {name}，请补上{example}。"
_NO_LIST = "{name}应为列表，请用方括号括起来{example}。"
_NO_MAPPING = "{name}应为花括号里的“键: 值”{example}。"
_NO_TEXT = "{name}应为一行文字，不能是列表或花括号{example}。"
_EMPTY = "{name}必填，不能是空的，请写上{example}。"
_TOO_MANY = "{name}最多 {most} 项，请删去多余的。"
_TOO_LONG = "{name}最多 {most} 个字，请写短些。"
_UNKNOWN_KEY = "没有 {name} 这个键{guess}可用的键：{known}。"
_FUTURE = "日期 {date} 还没有到，请核对年月日。"
_NO_DATE = "{written}不是日期，应写成 2023、2023-05 或 2023-05-04{example}。"
_DATE_EXAMPLE = '，例如 date: "{date}"{fixable}'
_FIXABLE = "（--fix 可以改）"
_MARKUP = "{written}里不能有尖括号和换行，请改用书名号，写成一行。"
_SOURCE_PATH = "{written}应为 cases/sources/ 里的文件名，不能有“..”、冒号和反斜杠。"
_WRONG = "{written}写得不对，{advice}。"
_OTHER_FORMAT = "请参照模板改正"
_EXAMPLE, _WRITE_SO = "，例如 {example}", "，请写成 {example}"
"""What findings say."""

_LIST_ERRORS, _MAPPING_ERRORS = {"list_type"}, {"model_type", "dict_type", "model_attributes_type"}
_LENGTH_ERRORS = {"string_too_short", "string_too_long", "too_long"}


def check_schema(document: CaseSource) -> Iterator[Problem]:
    """A problem for each violation of the schema, at the place of its key."""
    front, parts = document.front, document.parts
    if front is None or parts is None:
        return
    lines = parts.front.split("\n")
    if wide := [parts.front_line + number for number, _ in find_wide_colons(lines)]:
        yield Problem("yaml-syntax", wide[0], 1, describe_wide_colons(dict.fromkeys(wide)))
    try:
        FrontMatterSchema.model_validate(front.values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            rule, message = translate_error(detail)
            yield Problem(rule, *front.locate(*detail["loc"]), message)
    yield from _check_future_date(front)


def _check_future_date(front: PlacedFrontMatter) -> Iterator[Problem]:
    value = front.get_text("date")
    today = date.today().isoformat()
    if is_date(value) and value > today[: len(value)]:
        yield Problem("date-future", *front.locate("date"), _FUTURE.format(date=value))


def translate_error(detail: ErrorDetails) -> tuple[str, str]:
    """Rule id and Chinese sentence for one error of pydantic."""
    kind, key, value = detail["type"], detail["loc"], detail["input"]
    name = _name_key(key)
    if kind == "missing":
        return "field-missing", _MISSING.format(name=name, example=_describe_example(key))
    if kind in _ORIGIN_ADVICE:
        return "field-missing", _ORIGIN_ADVICE[kind].format(name)
    if kind == "extra_forbidden":
        return "field-unknown", _describe_unknown_key(key)
    if kind in _LENGTH_ERRORS:
        return "field-length", _describe_length(key, kind, detail.get("ctx", {}))
    if kind in _LIST_ERRORS:
        return "field-type", _NO_LIST.format(name=name, example=_describe_as_list(key, value))
    if kind in _MAPPING_ERRORS:
        example = _describe_as_mapping(key, value)
        return "field-type", _NO_MAPPING.format(name=name, example=example)
    if kind == "string_type":
        return "field-type", _NO_TEXT.format(name=name, example=_describe_example(key))
    own = key[0] if isinstance(key[-1], int) else key[-1]
    return "field-format", _describe_format(name, kind, str(own), value)


def _describe_length(key: KeyPath, kind: str, limits: dict[str, Any]) -> str:
    name = _name_key(key)
    if kind == "string_too_short":
        return _EMPTY.format(name=name, example=_describe_example(key))
    message = _TOO_MANY if kind == "too_long" else _TOO_LONG
    return message.format(name=name, most=limits["max_length"])


def _describe_format(name: str, kind: str, key: str, value: Any) -> str:
    written = f"{name}“{display_value(value)}”"
    if kind == "date":
        guess = suggest_date(value)
        fixable = _FIXABLE if read_date(strip_quotes(value)) else ""
        example = _DATE_EXAMPLE.format(date=guess, fixable=fixable) if guess else ""
        return _NO_DATE.format(written=written, example=example)
    if kind == "markup":
        return _MARKUP.format(written=written)
    if kind == "source_path":
        return _SOURCE_PATH.format(written=written)
    return _WRONG.format(written=written, advice=_FORMAT_ADVICE.get(key, _OTHER_FORMAT))


def _describe_as_list(key: KeyPath, value: Any) -> str:
    """An example of a list: with the value that was written, where that is a text."""
    if key == ("themes",) and isinstance(value, str) and value:
        return f"：{_write_pair(key, list(split_themes(value)))}"
    if isinstance(value, dict) and value:
        return f"：{_write_pair(key, [value])}"
    return _describe_example(key)


def _describe_as_mapping(key: KeyPath, value: Any) -> str:
    """An example of a mapping; a source that is only a text is an address or a name."""
    if key[0] == "sources" and isinstance(value, str) and value:
        right = {"url" if value.startswith(("http://", "https://")) else "name": value}
        return _WRITE_SO.format(example=reveal_invisible(write_flow(right)))
    return _describe_example(key)


def _write_pair(key: KeyPath, value: Any) -> str:
    """A key with its value, to be copied: never shortened."""
    return reveal_invisible(f"{key[0]}: {write_flow(value)}")


def _describe_unknown_key(key: KeyPath) -> str:
    top = len(key) == 1
    name = str(key[-1])
    known = list_keys("" if top else str(key[0]))
    spoken = {chinese: english for english, chinese in KEY_NAMES.items()} if top else {}
    guess = spoken.get(name) or find_nearest(name, known)
    shown, listed = display_value(name), "、".join(known)
    return _UNKNOWN_KEY.format(name=shown, guess=suggest_word(guess), known=listed)


def _name_key(key: KeyPath) -> str:
    """A key path for people: `sources[2].sha256`, with the Chinese name of the first key."""
    words = [str(key[0])]
    words += [
        f"[{part + 1}]" if isinstance(part, int) else f".{display_value(part)}" for part in key[1:]
    ]
    name = KEY_NAMES.get(words[0])
    return "".join(words) + (f"（{name}）" if name else "")


def _describe_example(key: KeyPath) -> str:
    example = find_example(str(key[0])) if len(key) < 3 else None
    return _EXAMPLE.format(example=_write_pair(key, example)) if example else ""
