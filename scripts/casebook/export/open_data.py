"""The library as data for other programs: JSON of all cases, JSON of each, tables, a schema.

Addresses are absolute where the site's is known, else relative to the site. Text is as the author
wrote it; what the site does not show (excuses of the gate, files that are not published) is not in.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal
from urllib.parse import quote, urljoin

from pydantic import BaseModel, ConfigDict, Field, create_model

from casebook.library.case_schema import FrontMatterSchema
from casebook.model import ROLES, Block, Case
from casebook.site.case_items import CaseItem
from casebook.site.case_page import data_address
from casebook.site.prepare import PreparedCase

FORMAT = 1
"""Grows when a field changes its meaning or goes; a new field does not make it grow."""

CASES, CASE_TABLE, ITEM_TABLE, SCHEMA = (
    f"data/{name}" for name in ("cases.json", "cases.csv", "items.csv", "case.schema.json")
)
"""Addresses of the files within the site."""

_UNPUBLISHED = ("lead_role", "allow")
"""Keys of the front matter that say nothing to others: the role of the lead stands at its block."""

_FORMULA_OPENINGS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula."""

_CASE_COLUMNS = {
    "id": "编号",
    "title": "标题",
    "kind": "文种",
    "organ": "单位",
    "region": "地区",
    "date": "日期",
    "themes": "主题",
    "address": "网址",
}
_ITEM_COLUMNS = {
    "title": "案例",
    "organ": "单位",
    "region": "地区",
    "date": "日期",
    "role": "角色",
    "heading": "小标题",
    "themes": "主题",
    "text": "正文",
    "address": "网址",
}


class PublishedBlock(BaseModel):
    """A block of a published case: a heading with the text below it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    level: Annotated[int, Field(ge=1, description="层级；1 是标题和导语")]
    heading: Annotated[str | None, Field(description="小标题原文；没有小标题的条目为 null")]
    role: Annotated[
        str, Field(description="角色；看不出来的为空", json_schema_extra={"enum": ["", *ROLES]})
    ]
    anchor: Annotated[str, Field(description="固定链接里 # 后面的部分；导语没有")]
    themes: Annotated[list[str], Field(description="主题")]
    text: Annotated[str, Field(description="小标题下的正文，Markdown")]


def make_tables(
    prepared: Sequence[PreparedCase], roles: Mapping[str, str], site_url: str = ""
) -> dict[str, str]:
    """The files about the whole library by their address in the site.

    `roles` are the names of roles by their ids; `site_url` is the site's address or ''.
    """
    cases = [_outline_case(each, site_url) for each in prepared]
    rows = [_item_row(item, roles, site_url) for each in prepared for item in each.items]
    whole = {"format": FORMAT, "schema": join_address(site_url, SCHEMA), "cases": cases}
    return {
        CASES: dump_json(whole),
        CASE_TABLE: _write_table(_CASE_COLUMNS, cases),
        ITEM_TABLE: _write_table(_ITEM_COLUMNS, rows),
        SCHEMA: render_schema(),
    }


def make_case_file(each: PreparedCase, site_url: str = "") -> str:
    """One case whole, as the schema says."""
    case = each.case
    front = {key: _plain_value(getattr(case, key)) for key in _front_keys()}
    head = {"format": FORMAT, "address": case_address(case, "", site_url)}
    blocks = [_describe_block(block, each) for block in case.blocks]
    return dump_json(head | front | {"blocks": blocks})


def render_schema() -> str:
    """The JSON Schema of one case: the front matter as the gate knows it, and the blocks."""
    fields: dict[str, Any] = {
        key: (info.annotation, info)
        for key, info in FrontMatterSchema.model_fields.items()
        if key not in _UNPUBLISHED
    }
    fields["format"] = (Literal[FORMAT], ...)
    fields["address"] = (str, Field(description="案例页的网址；不知道站点网址时是站内路径"))
    fields["blocks"] = (list[PublishedBlock], Field(min_length=1, description="各段，按原文顺序"))
    model = create_model("PublishedCase", __config__=ConfigDict(extra="forbid"), **fields)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "一个案例的数据"}
    return dump_json(head | {k: v for k, v in model.model_json_schema().items() if k != "title"})


def case_address(case: Case, anchor: str, site_url: str) -> str:
    """The permanent address of a case or of an item."""
    place = f"cases/{case.id}.html" + (f"#{anchor}" if anchor else "")
    return join_address(site_url, place)


def join_address(site_url: str, place: str) -> str:
    """A place within the site; absolute where the site's address is known."""
    return urljoin(site_url.rstrip("/") + "/", quote(place, safe="/#")) if site_url else place


def dump_json(value: Any) -> str:
    """JSON as it is published: readable characters, one line, a line feed at the end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _front_keys() -> Iterator[str]:
    return (key for key in FrontMatterSchema.model_fields if key not in _UNPUBLISHED)


def _plain_value(value: Any) -> Any:
    """A field of a case with lists and mappings in place of tuples and records."""
    if not isinstance(value, tuple):
        return value
    return [_describe_record(each) if hasattr(each, "__match_args__") else each for each in value]


def _describe_record(record: Any) -> dict[str, str]:
    """A source or a variant, without what it does not say; numbers are text, as in the file."""
    fields = ((name, getattr(record, name)) for name in type(record).__match_args__)
    return {name: str(value) for name, value in fields if value}


def _describe_block(block: Block, each: PreparedCase) -> dict[str, Any]:
    return {
        "level": block.level,
        "heading": block.heading,
        "role": block.role,
        "anchor": block.anchor if block.level > 1 else "",
        "themes": list(each.themes.get(block.anchor, ())),
        "text": block.text,
    }


def _outline_case(each: PreparedCase, site_url: str) -> dict[str, Any]:
    case = each.case
    items = [
        {
            "anchor": item.block.anchor,
            "role": item.block.role,
            "heading": item.block.heading,
            "themes": list(item.themes),
            "address": case_address(case, item.block.anchor, site_url),
        }
        for item in each.items
    ]
    front = {key: _plain_value(getattr(case, key)) for key in _CASE_COLUMNS if key != "address"}
    own = {"address": case_address(case, "", site_url)}
    return front | own | {"data": join_address(site_url, data_address(case.id)), "items": items}


def _item_row(item: CaseItem, roles: Mapping[str, str], site_url: str) -> dict[str, Any]:
    case, block = item.case, item.block
    return {
        **{key: getattr(case, key) for key in ("title", "organ", "region", "date")},
        "role": roles.get(block.role, ""),
        "heading": block.heading or "",
        "themes": item.themes,
        "text": item.plain,
        "address": case_address(case, block.anchor, site_url),
    }


def _write_table(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A table for spreadsheets, which take a text for UTF-8 by its first character."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(columns.values())
    for row in rows:
        writer.writerow(_write_cell(row[key]) for key in columns)
    return "\ufeff" + made.getvalue()


def _write_cell(value: Any) -> str:
    """A value as text that no spreadsheet runs."""
    text = value if isinstance(value, str) else "、".join(value)
    return f"'{text}" if text.startswith(_FORMULA_OPENINGS) else text
