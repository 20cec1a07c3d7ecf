"""What somebody submits with the form: values for the front matter, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casebook.checks.date_forms import read_date, suggest_date
from casebook.checks.vocabulary_terms import is_known_region
from casebook.forge.attachments import find_attachments, strip_attachments
from casebook.library.case_schema import LONGEST_LINE_CHARACTERS, is_date
from casebook.model import SourceRef
from casebook.pipeline.contribution import hide_private
from casebook.vocabulary import Vocabulary

FIELDS = (
    *("title", "body", "attachment", "source", "date", "organ", "region", "ai_use"),
    *("publishable", "anonymized", "contributor", "confirm"),
)
"""Ids of the form's fields that are read here."""

LEAST_TEXT_CHARACTERS = 60
"""Letters of a text; fewer may not be all of it, or beside a file a remark, such as 见附件."""

_UNKNOWN = re.compile(
    "(?:不详|不明|不知道|不清楚|未知|暂无|没有|无|none|n/?a|[-—/.。]+)[。.]?", re.I
)
_ADDRESS = re.compile(r"""https?://[^\s<>"'（）()\[\]，。；、]+""")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\(([^()\s]{1,2000})\)")
_BETWEEN_NAMES = re.compile(" *[，,、;；。]+ *(?:[，,、;；。]+ *)*")
_AROUND_NAMES = " ,，、;；:：。|"
_UNSURE = "不确定"


@dataclass(frozen=True, slots=True)
class Submission:
    """The values of a form, masked and shortened as a case file may hold them.

    `text` is what was pasted, '' for none; `attachments` are addresses. `missing` says what to
    add, `doubts` what a maintainer should look at: sentences that may quote a value. Without
    `consent` nothing may be published.
    """

    title: str
    text: str
    attachments: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    date: str
    organ: str
    region: str
    ai_use: str
    contributor: str
    missing: tuple[str, ...]
    doubts: tuple[str, ...]
    consent: bool


def read_submission(values: Mapping[str, str], vocabulary: Vocabulary) -> Submission:
    """Make sense of the values of a form, by the ids of its fields (FIELDS)."""
    given = {name: values.get(name, "") for name in FIELDS}
    lines = {name: _read_line(given[name]) for name in FIELDS if name not in ("body", "attachment")}
    both = f"{given['body']}\n{given['attachment']}"
    attachments = tuple(find_attachments(both))
    text = strip_attachments(given["body"])
    if attachments and _count_letters(text) < LEAST_TEXT_CHARACTERS:
        text = ""
    return Submission(
        title=lines["title"],
        text=text,
        attachments=attachments,
        sources=tuple(_read_sources(given["source"])),
        date=_read_date(lines["date"]),
        organ=lines["organ"],
        region=lines["region"],
        ai_use=lines["ai_use"],
        contributor=lines["contributor"],
        missing=tuple(_list_missing(lines, _count_letters(text), bool(attachments))),
        doubts=tuple(_list_doubts(lines, vocabulary)),
        consent=bool(lines["confirm"]),
    )


def _read_line(value: str) -> str:
    """A value of one line: nothing unseen, nothing private, no angle brackets, not too long."""
    seen = "".join(c if c.isprintable() else " " for c in value[: 10 * LONGEST_LINE_CHARACTERS])
    line = " ".join(seen.replace("<", "〈").replace(">", "〉").split())
    if _UNKNOWN.fullmatch(line):
        return ""
    return hide_private(line)[:LONGEST_LINE_CHARACTERS]


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _read_sources(value: str) -> Iterator[SourceRef]:
    """Addresses, and what else is written: the name of a newspaper, or 本单位撰写."""
    value = _LINK.sub(r"\1 \2", value)
    addresses = list(dict.fromkeys(_ADDRESS.findall(value)))
    yield from (SourceRef(url=address) for address in addresses if len(address) <= 2000)
    named = _BETWEEN_NAMES.sub("；", _read_line(_ADDRESS.sub(" ", value)))
    if name := named.strip(_AROUND_NAMES):
        yield SourceRef(name=name)


def _read_date(value: str) -> str:
    return value if is_date(value) else read_date(value)


def _list_missing(lines: Mapping[str, str], letters: int, has_files: bool) -> Iterator[str]:
    """What the person who wrote the issue can add by editing it."""
    if not lines["title"]:
        yield "标题：没有写，请写文章的完整标题。"
    if not (letters or has_files):
        yield "正文：没有贴正文，也没有附件；请贴上全文，或把文件拖进“附件”。"
    elif letters < LEAST_TEXT_CHARACTERS and not has_files:
        yield f"正文：只有 {letters} 个字，像是没有贴全；贴全了就不用管这一条。"
    if not lines["source"]:
        yield "来源：没有写，请写网址、报刊名称或“本单位撰写”。"
    if lines["date"] and not _read_date(lines["date"]):
        likely = suggest_date(lines["date"])
        example = likely or "2023、2023-05 或 2023-05-04"
        yield f"日期：“{lines['date']}”看不出是哪一天，请写成 {example}；不知道就写“不详”。"
    if not lines["ai_use"]:
        yield "人工智能：没有选，请说明有没有用过。"
    if not lines["confirm"]:
        yield "请确认：没有勾选“内容不涉密，我知道它会公开显示”，不能收录。"


def _list_doubts(lines: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[str]:
    """What a maintainer should look at."""
    if not lines["publishable"] or lines["publishable"].startswith(_UNSURE):
        yield "是否可公开：投稿人不确定，或没有选；请先判断。"
    if not lines["anonymized"] or lines["anonymized"].startswith(_UNSURE):
        yield "是否脱敏：投稿人不确定，或没有选；请核对个人信息。"
    if lines["region"] and not is_known_region(lines["region"], vocabulary):
        yield f"地区：“{lines['region']}”没有写省级行政区，例如 湖南省长沙市；请补全。"
