"""The front matter of a case as one model: its keys, their order, values, names and meanings.

The gate validates by it, the writer of case files takes the order of the keys from it, and the
table of cases/README.md and the JSON Schema for editors are printed from it. Values arrive as
strings, lists and mappings: YAML turns none of them into a date or a number.

pydantic takes a while to load: import this module within the functions that need it, or in modules
that only the gate loads.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic.fields import FieldInfo
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

from casebook.model import ROLES

LONGEST_ID_CHARACTERS = 125
"""Characters of an id: a slug of 60, a hyphen, at most 64 hex digits of a SHA-256."""

LONGEST_LINE_CHARACTERS = 200
"""Characters of a title and of other values of one line."""

OLDEST_YEAR = 1900

_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DATE_PATTERN = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"
REDACTED_PATTERN = r"^([a-z-]+×[1-9]\d*(、[a-z-]+×[1-9]\d*)*)?$"
_ALIAS_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*(#[a-z][a-z0-9-]*)?$"
_PART_PATTERN = "^[1-9][0-9]{0,5}$"


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


@dataclass(frozen=True, slots=True)
class English:
    """What a key means, for the table of cases/README.md; its description is for editors."""

    text: str


def _text_or_number(pattern: str, least: int) -> WithJsonSchema:
    """How editors validate a value that YAML may take for a number; here it is text."""
    return WithJsonSchema({"type": ["string", "integer"], "pattern": pattern, "minimum": least})


_Clean = AfterValidator(_validate_no_markup)

CaseId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID_CHARACTERS, pattern=_ID_PATTERN)]
Alias = Annotated[str, Field(max_length=LONGEST_LINE_CHARACTERS, pattern=_ALIAS_PATTERN)]
ShortName = Annotated[str, Field(max_length=50), _Clean]
OneLine = Annotated[str, Field(max_length=LONGEST_LINE_CHARACTERS), _Clean]
NonEmptyLine = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE_CHARACTERS), _Clean]
DateText = Annotated[
    str, AfterValidator(_validate_date), _text_or_number(_DATE_PATTERN, OLDEST_YEAR)
]
PartNumber = Annotated[str, Field(pattern=_PART_PATTERN), _text_or_number(_PART_PATTERN, 1)]


class _StrictModel(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SourceEntry(_StrictModel):
    """Where a case comes from: a received document, or only a place that has a name or address."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [{"required": [key]} for key in ("sha256", "url", "name")],
            "dependencies": {"file": ["sha256"]},
        }
    )

    file: Annotated[
        str,
        Field(max_length=255, description="cases/sources/ 里的文件名；不公开的原件不写"),
        AfterValidator(_validate_source_path),
    ] = ""
    sha256: Annotated[
        str, Field(pattern="^([0-9a-f]{64})?$", description="原件的 SHA-256，--fix 可以补上")
    ] = ""
    part: Annotated[PartNumber, Field(description="原件里的第几篇，从 1 开始")] = "1"
    url: Annotated[
        str,
        Field(max_length=2000, pattern=r"""^(https?://[^\s<>"']+)?$""", description="网上的出处"),
    ] = ""
    name: Annotated[OneLine, Field(description="没有原件时写出处，例如 某某日报、本单位撰写")] = ""
    redacted: Annotated[
        str,
        Field(
            max_length=500,
            pattern=REDACTED_PATTERN,
            description="导入时遮盖了什么，例如 phone-number×2",
        ),
    ] = ""

    @model_validator(mode="after")
    def _validate_origin(self) -> SourceEntry:
        if self.file and not self.sha256:
            raise PydanticCustomError("source_hash", "a file without its SHA-256")
        if not (self.sha256 or self.url or self.name):
            raise PydanticCustomError("source_empty", "neither document nor address nor name")
        return self


class VariantEntry(_StrictModel):
    """A text merged into the case; texts of a series, or with a shared passage, never merge."""

    id: Annotated[CaseId, Field(description="异文的编号，文件在 cases/variants/ 里")]
    relation: Annotated[
        Literal["identical", "near", "contains", "revision"],
        Field(description="与本案例的关系：相同、相近、包含、修订"),
    ]


class AllowEntry(_StrictModel):
    """A finding that a person has excused, and why."""

    rule: Annotated[NonEmptyLine, Field(description="豁免哪条规则")]
    reason: Annotated[NonEmptyLine, Field(description="为什么可以公开")]


class FrontMatterSchema(_StrictModel):
    """Every key of the front matter in the order of writing; `id` and `title` are required."""

    id: Annotated[
        CaseId,
        Field(
            title="编号",
            description="与文件名相同，会成为网址，定了就不再改",
            examples=["pojie-liangzhangpi"],
        ),
        English("lower-case letters, figures, hyphens; the file's name"),
    ]
    title: Annotated[
        NonEmptyLine,
        Field(
            title="标题",
            description="必填；有冒号、引号时用英文双引号括起来",
            examples=["破解“两张皮”经验材料"],
        ),
        English("the title (required)"),
    ]
    kind: Annotated[
        ShortName,
        Field(title="文种", description="词表 kinds.yml 里的名称，别名也可以"),
        English("a name from `vocabulary/kinds.yml`, or one of its `aliases`: pages show the name"),
    ] = ""
    organ: Annotated[
        OneLine,
        Field(title="单位", description="文章里写明的撰写单位，没写就不填"),
        English("the organization that wrote it"),
    ] = ""
    region: Annotated[
        OneLine,
        Field(title="地区", description="以省级行政区开头，或 XX市、某县 这样的占位"),
        English("the region, province first; the `aliases` in `vocabulary/regions.yml` count, too"),
    ] = ""
    date: Annotated[
        DateText,
        Field(
            title="日期",
            description="知道多少写多少：2023、2023-05 或 2023-05-04",
            examples=["2023-05"],
        ),
        English('`"2023"`, `"2023-05"` or `"2023-05-04"`: the precision known'),
    ] = ""
    lead_role: Annotated[
        ShortName,
        Field(
            title="导语角色",
            description="第一个小标题之前的文字是什么角色，多半是 background",
            json_schema_extra={"enum": ["", *ROLES]},
        ),
        English("the role of the lead"),
    ] = ""
    themes: Annotated[
        list[ShortName],
        Field(
            max_length=20,
            title="主题",
            description="词表 themes.yml 里的名称，可以不写",
            examples=[["责任落实", "考核评价"]],
        ),
        English("names from `vocabulary/themes.yml`; former ones (`aliases`) count, too"),
    ] = []
    sources: Annotated[
        list[SourceEntry],
        Field(
            max_length=200,
            title="来源",
            description="原件、网址，或出处的名称；导入时写好",
            examples=[[{"file": "两张皮.txt", "sha256": "64 位十六进制"}]],
        ),
        English(
            "the document, and which write-up in it (from 1); without a document its `sha256`, "
            "an address (`url`) or the `name` of a place; `redacted` is what import masked"
        ),
    ] = []
    aliases: Annotated[
        list[Alias],
        Field(title="旧址", description="以前的 id，或拆分以前的 id#锚点，网址转到这里"),
        English("ids that it had, and `id#anchor` of what a split moved here: they lead here"),
    ] = []
    variants: Annotated[
        list[VariantEntry],
        Field(
            max_length=200,
            title="异文",
            description="合并进来的文章，由合并写入",
            examples=[[{"id": "异文的编号", "relation": "near"}]],
        ),
        English("written by a merge"),
    ] = []
    contributor: Annotated[
        OneLine,
        Field(title="投稿人", description="愿意署名就写"),
        English("who wants to be named"),
    ] = ""
    ai_use: Annotated[
        OneLine,
        Field(
            title="人工智能",
            description="用人工智能做了什么；不知道可以不写",
            examples=["没有使用"],
        ),
        English("what artificial intelligence was used for, as its contributor says"),
    ] = ""
    allow: Annotated[
        list[AllowEntry],
        Field(
            max_length=50,
            title="豁免",
            description="人工核对过、可以公开的内容：规则和理由",
            examples=[[{"rule": "phone-number", "reason": "公开的办公电话"}]],
        ),
        English("findings that a person has excused"),
    ] = []


FIELDS = tuple(FrontMatterSchema.model_fields)
"""Front matter keys in the order in which they are written."""

KEY_NAMES = {key: field.title or "" for key, field in FrontMatterSchema.model_fields.items()}
"""The keys in Chinese, for messages; people write them in place of the keys."""


def _find_entry_model(annotation: Any) -> type[BaseModel] | None:
    """The model of the mappings in a list, if the key is such a list."""
    inner = next(iter(get_args(annotation)), None)
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


ENTRY_MODELS = {
    key: model
    for key, field in FrontMatterSchema.model_fields.items()
    if (model := _find_entry_model(field.annotation))
}
"""The keys that hold a list of mappings, with the model of one."""


def list_keys(parent: str = "") -> tuple[str, ...]:
    """The keys of the front matter, or those of the mappings in the list `parent`."""
    return tuple(ENTRY_MODELS[parent].model_fields) if parent else FIELDS


def takes_text(key: str) -> bool:
    """Whether the value of a key of the front matter is one text."""
    return key in FIELDS and FrontMatterSchema.model_fields[key].annotation is str


def list_field_rules(model: type[BaseModel] = FrontMatterSchema) -> dict[str, dict[str, Any]]:
    """What each key's value must be, as plain data: for a page that cannot load pydantic.

    `type` is text, choice, or list (with the rules of its `items`, or of the `keys` of its
    mappings); `check` names a validator of this module; lengths are in characters or items.
    """
    return {
        key: {"required": field.is_required(), **_describe_type(field.annotation, field.metadata)}
        for key, field in model.model_fields.items()
    }


def _describe_type(annotation: Any, metadata: Sequence[Any]) -> dict[str, Any]:
    rule: dict[str, Any] = {"type": "text"}
    for each in metadata:
        limits = {"least": "min_length", "most": "max_length", "pattern": "pattern"}
        rule |= {name: getattr(each, own) for name, own in limits.items() if hasattr(each, own)}
        if isinstance(each, AfterValidator):
            rule["check"] = each.func.__name__.removeprefix("_validate_")
    if get_origin(annotation) is Literal:
        rule |= {"type": "choice", "choices": list(get_args(annotation))}
    elif get_origin(annotation) is list:
        inner = get_args(annotation)[0]
        model = _find_entry_model(annotation)
        own = {"keys": list_field_rules(model)} if model else {}
        item = {} if model else {"items": _describe_type(*_split_annotation(inner))}
        rule |= {"type": "list", **own, **item}
    if "pattern" in rule:
        rule["pattern"] = re.compile(rule["pattern"])
    return rule


def _split_annotation(annotation: Any) -> tuple[Any, Sequence[Any]]:
    """A type and its annotations, those of a Field one by one."""
    inner, *metadata = get_args(annotation)
    flat = (m.metadata if isinstance(m, FieldInfo) else [m] for m in metadata)
    return inner, [each for one in flat for each in one]


def find_example(key: str) -> Any:
    """An example of a key's value, or None."""
    return next(iter(FrontMatterSchema.model_fields[key].examples or ()), None)
