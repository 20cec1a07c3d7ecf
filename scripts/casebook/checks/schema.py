"""The schema of the front matter, and its error messages in Chinese with a remedy.

Values arrive as strings, lists and mappings: YAML turns none of them into a date or a number.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.functional_validators import AfterValidator
from pydantic_core import ErrorDetails, PydanticCustomError

from casebook.checks.case_source import CaseSource
from casebook.checks.front_matter import KeyPath, PlacedFrontMatter
from casebook.checks.rules import Problem, display_value, find_nearest, suggest_word

LONGEST_ID_CHARACTERS = 125
"""Characters of an id: a slug of 60, a hyphen, at most 64 hex digits of a SHA-256."""

LONGEST_LINE_CHARACTERS = 200
"""Characters of a title and of other values of one line."""

OLDEST_YEAR = 1900

REDACTED_PATTERN = r"^([a-z-]+×[1-9]\d*(、[a-z-]+×[1-9]\d*)*)?$"

_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def is_id(text: str) -> bool:
    """Whether `text` may be an id: lower-case letters and digits, joined by single hyphens."""
    return len(text) <= LONGEST_ID_CHARACTERS and re.fullmatch(_ID_PATTERN, text) is not None


def leaves_folder(name: str) -> bool:
    """Whether a relative path could point outside its folder, on any system."""
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def is_date(text: str) -> bool:
    """Whether `text` is a real date written 2023, 2023-05 or 2023-05-04."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.A)
    if not found:
        return False
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    return (
        year >= OLDEST_YEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    )


def _validate_date(value: str) -> str:
    if value and not is_date(value):
        raise PydanticCustomError("date", "not a date")
    return value


def _validate_no_markup(value: str) -> str:
    if re.search("[<>\n]", value):
        raise PydanticCustomError("markup", "angle brackets or a line break")
    return value


def _validate_source_path(value: str) -> str:
    if leaves_folder(value):
        raise PydanticCustomError("source_path", "leaves cases/sources")
    return value


_Clean = AfterValidator(_validate_no_markup)

CaseId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID_CHARACTERS, pattern=_ID_PATTERN)]
ShortName = Annotated[str, Field(max_length=50), _Clean]
OneLine = Annotated[str, Field(max_length=LONGEST_LINE_CHARACTERS), _Clean]
NonEmptyLine = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE_CHARACTERS), _Clean]


class _StrictModel(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SourceEntry(_StrictModel):
    """A received document; without `file` only its hash is stored, and perhaps its `name`."""

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    file: Annotated[str, Field(max_length=255), AfterValidator(_validate_source_path)] = ""
    part: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,5}$")] = "1"
    url: Annotated[str, Field(max_length=2000, pattern=r"^(https?://[^\s<>\"']+)?$")] = ""
    name: OneLine = ""
    redacted: Annotated[str, Field(max_length=500, pattern=REDACTED_PATTERN)] = ""


class VariantEntry(_StrictModel):
    """A text merged into the case; texts of a series, or with a shared passage, never merge."""

    id: CaseId
    relation: Literal["identical", "near", "contains", "revision"]


class AllowEntry(_StrictModel):
    """A finding that a person has excused, and why."""

    rule: NonEmptyLine
    reason: NonEmptyLine


class FrontMatterSchema(_StrictModel):
    """Every key of the front matter; only `id` and `title` are required."""

    id: CaseId
    title: NonEmptyLine
    kind: ShortName = ""
    organ: OneLine = ""
    region: OneLine = ""
    date: Annotated[str, AfterValidator(_validate_date)] = ""
    lead_role: ShortName = ""
    themes: Annotated[list[ShortName], Field(max_length=20)] = []
    sources: Annotated[list[SourceEntry], Field(max_length=200)] = []
    variants: Annotated[list[VariantEntry], Field(max_length=200)] = []
    contributor: OneLine = ""
    allow: Annotated[list[AllowEntry], Field(max_length=50)] = []


KEY_NAMES = {
    "id": "编号",
    "title": "标题",
    "kind": "文种",
    "organ": "单位",
    "region": "地区",
    "date": "日期",
    "lead_role": "导语角色",
    "themes": "主题",
    "sources": "来源",
    "variants": "异文",
    "contributor": "投稿人",
    "allow": "豁免",
}
"""The keys in Chinese, for messages; people write them in place of the keys."""

KEY_EXAMPLES = {
    "id": "id: pojie-liangzhangpi",
    "title": "title: 破解“两张皮”经验材料",
    "themes": "themes: [责任落实, 考核评价]",
    "sources": "sources: [{file: 两张皮.txt, sha256: 64 位十六进制}]",
    "variants": "variants: [{id: 异文的编号, relation: near}]",
    "allow": "allow: [{rule: phone-number, reason: 公开的办公电话}]",
    "date": 'date: "2023-05"',
}

_FORMAT_ADVICE = {
    "id": "只能用小写字母、数字和单个连字符，例如 pojie-liangzhangpi",
    "sha256": "应为 64 位十六进制小写数字，可用 sha256sum 命令得到",
    "part": "应为从 1 开始的整数，表示来源里的第几篇",
    "redacted": "由导入写成，例如 phone-number×2、id-card×1",
    "url": "应以 http:// 或 https:// 开头，中间没有空格和引号",
    "relation": "应为 identical、near、contains 或 revision",
}
_LIST_ERRORS, _MAPPING_ERRORS = {"list_type"}, {"model_type", "dict_type", "model_attributes_type"}
_LENGTH_ERRORS = {"string_too_short", "string_too_long", "too_long"}


def check_schema(document: CaseSource) -> Iterator[Problem]:
    """A problem for each violation of the schema, at the place of its key."""
    front = document.front
    if front is None:
        return
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
        message = f"日期 {value} 还没有到，请核对年月日。"
        yield Problem("date-future", *front.locate("date"), message)


def translate_error(detail: ErrorDetails) -> tuple[str, str]:
    """Rule id and Chinese sentence for one error of pydantic."""
    kind, key, value = detail["type"], detail["loc"], detail["input"]
    name = _name_key(key)
    if kind == "missing":
        return "field-missing", f"缺少 {name}，请补上{_describe_example(key)}。"
    if kind == "extra_forbidden":
        return "field-unknown", _describe_unknown_key(key)
    if kind in _LENGTH_ERRORS:
        return "field-length", _describe_length(name, kind, detail.get("ctx", {}))
    if kind in _LIST_ERRORS:
        return "field-type", f"{name}应为列表，请用方括号括起来{_describe_example(key)}。"
    if kind in _MAPPING_ERRORS:
        return "field-type", f"{name}应为花括号里的“键: 值”{_describe_example(key)}。"
    if kind == "string_type":
        return "field-type", f"{name}应为一行文字，不能是列表或花括号{_describe_example(key)}。"
    return "field-format", _describe_format(name, kind, str(key[-1]), value)


def _describe_length(name: str, kind: str, limits: dict[str, Any]) -> str:
    if kind == "string_too_short":
        return f"{name}是空的，请写上内容，或删掉这一项。"
    if kind == "too_long":
        return f"{name}最多 {limits['max_length']} 项，请删去多余的。"
    return f"{name}最多 {limits['max_length']} 个字，请写短些。"


def _describe_format(name: str, kind: str, key: str, value: Any) -> str:
    if kind == "date":
        forms = f"2023、2023-05 或 2023-05-04{_suggest_date(value)}"
        return f"{name}“{display_value(value)}”不是日期，应写成 {forms}。"
    if kind == "markup":
        return f"{name}“{display_value(value)}”里不能有尖括号和换行，请改用书名号，写成一行。"
    if kind == "source_path":
        written = f"{name}“{display_value(value)}”"
        return f"{written}应为 cases/sources/ 里的文件名，不能有“..”、冒号和反斜杠。"
    return f"{name}“{display_value(value)}”写得不对，{_FORMAT_ADVICE.get(key, '请参照模板改正')}。"


def _suggest_date(value: str) -> str:
    numbers = re.findall(r"[0-9]+", value[:40])
    widths = (4, 2, 2)
    if not 1 <= len(numbers) <= 3:
        return ""
    guess = "-".join(n.zfill(width) for n, width in zip(numbers, widths, strict=False))
    return f'，例如 date: "{guess}"' if is_date(guess) else ""


def _describe_unknown_key(key: KeyPath) -> str:
    top = len(key) == 1
    name = str(key[-1])
    models: dict[Any, type[BaseModel]] = {
        "sources": SourceEntry,
        "variants": VariantEntry,
        "allow": AllowEntry,
    }
    known = list((FrontMatterSchema if top else models[key[0]]).model_fields)
    spoken = {chinese: english for english, chinese in KEY_NAMES.items()} if top else {}
    guess = spoken.get(name) or find_nearest(name, known)
    return f"没有 {display_value(name)} 这个键{suggest_word(guess)}可用的键：{'、'.join(known)}。"


def _name_key(key: KeyPath) -> str:
    """A key path for people: `sources[2].sha256`, with the Chinese name of the first key."""
    words = [str(key[0])]
    words += [
        f"[{part + 1}]" if isinstance(part, int) else f".{display_value(part)}" for part in key[1:]
    ]
    name = KEY_NAMES.get(words[0])
    return "".join(words) + (f"（{name}）" if name else "")


def _describe_example(key: KeyPath) -> str:
    example = KEY_EXAMPLES.get(str(key[0])) if len(key) < 3 else None
    return f"，例如 {example}" if example else ""
