"""The page on which a person decides about alike pairs: one file, opened by double-click.

It loads nothing and its policy lets nothing run but its own script, whatever the texts hold.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from casebook.dedupe.differences import Difference, compare_paragraphs
from casebook.dedupe.pair_report import RELATION_NAMES
from casebook.dedupe.relations import ComparedText, Pair
from casebook.library.review_file import DISTINCT, HEADING, LATER, MERGE, ReviewEntry
from casebook.runtime import cli
from casebook.site.html import tag
from casebook.site.variants import mark_spans

_CHOICES = {MERGE: "合并为一篇", DISTINCT: "不是同一篇", LATER: "以后再说"}
_REASONS = ("同一模板，不同年度", "同一模板，不同单位或地区", "同一单位，不同的事", "只有套话相同")
"""Reasons that the page offers; a person may write any other."""

_KEYS_HELP = "键盘：j / k 或 → / ← 换一对，1 合并，2 不是同一篇，3 以后再说。"


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """A pair with its texts, and what was decided about it before."""

    pair: Pair
    a: ComparedText
    b: ComparedText
    entry: ReviewEntry


def render_review_page(pairs: Sequence[ReviewPair], name: str, command: str) -> str:
    """The HTML document for these pairs.

    `name` is the file that the decisions are saved as, `command` the one that carries them out.
    """
    style, script = _read_asset("review.css"), _read_asset("review.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        + tag("title", "查重判定")
        + tag("style", style)
    )
    body = (
        _render_head(len(pairs), name, command)
        + tag("main", "".join(_render_pair(n, pair, len(pairs)) for n, pair in enumerate(pairs)))
        + _render_bar(len(pairs), name)
        + tag("script", script)
    )
    page = tag("body", body, data_key=_make_key(pairs), data_name=name, data_heading=HEADING)
    return "<!doctype html>\n" + tag("html", tag("head", head) + page, lang="zh-CN")


def _make_key(pairs: Sequence[ReviewPair]) -> str:
    """The name under which a browser keeps what was chosen for these pairs."""
    decided = "\n".join(repr(held.entry) for held in pairs)
    return f"casebook-review-{hashlib.sha256(decided.encode()).hexdigest()[:16]}"


def _read_asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _render_head(count: int, name: str, command: str) -> str:
    steps = (
        f"共 {count} 对。逐对选择，然后在页面下方下载 {tag('code', escape(name))}，"
        f"再运行 {tag('code', escape(command))}。选择会记在这个浏览器里，关掉页面也不会丢。"
    )
    reasons = "".join(f'<option value="{escape(reason)}"></option>' for reason in _REASONS)
    return tag(
        "header",
        tag("h1", "查重判定")
        + tag("p", steps)
        + tag("p", _KEYS_HELP, class_="keys")
        + tag("noscript", tag("p", f"没有启用脚本：请直接在 {escape(name)} 里填写判定。")),
    ) + tag("datalist", reasons, id="reasons")


def _render_pair(number: int, held: ReviewPair, count: int) -> str:
    pair = held.pair
    evidence = "；".join(pair.evidence)
    scores = f"相似度 {pair.similarity:.1f}，包含度 {pair.containment:.1f}"
    place = tag("span", f"{number + 1}/{count}", class_="count")
    parts = (
        tag("h2", f"{place} 工具判断：{RELATION_NAMES[pair.relation]}", id=f"pair-{number}"),
        tag("p", escape(f"{evidence}（{scores}）。"), class_="evidence"),
        tag("div", _render_side("甲", held.a) + _render_side("乙", held.b), class_="row names"),
        *_render_rows(held.a.text, held.b.text),
        _render_choice(number, held.entry),
        tag("p", _render_commands(pair), class_="commands"),
    )
    return tag(
        "article",
        "".join(parts),
        tabindex="-1",
        aria_labelledby=f"pair-{number}",
        data_a=pair.a,
        data_b=pair.b,
        data_relation=pair.relation,
    )


def _render_side(mark: str, text: ComparedText) -> str:
    return tag("p", f"{tag('b', mark)} {escape(text.title)} {tag('code', escape(text.id))}")


def _render_rows(a: str, b: str) -> Iterator[str]:
    """The paragraphs of both, those that differ side by side; equal ones are folded up."""
    for is_common, run in groupby(compare_paragraphs(a, b), lambda d: d.kind == "common"):
        if is_common:
            texts = [tag("p", escape(difference.a_text)) for difference in run]
            name = tag("summary", f"相同的 {len(texts)} 段")
            yield tag("details", name + "".join(texts))
        else:
            yield from map(_render_difference, run)


def _render_difference(difference: Difference) -> str:
    a_spans, b_spans = difference.a_spans, difference.b_spans
    if difference.kind != "changed":
        a_spans, b_spans = ((0, len(difference.a_text)),), ((0, len(difference.b_text)),)
    sides = (
        ("甲", mark_spans(difference.a_text, a_spans, "del")),
        ("乙", mark_spans(difference.b_text, b_spans, "ins")),
    )
    return tag("div", "".join(_render_cell(*side) for side in sides), class_="row")


def _render_cell(mark: str, text: str) -> str:
    return tag("p", f"{tag('b', mark)} {text or tag('i', '（没有这一段）')}")


def _render_choice(number: int, entry: ReviewEntry) -> str:
    radios = "".join(
        tag("label", _render_radio(number, value, value == entry.decision) + f"{key} {name}")
        for key, (value, name) in enumerate(_CHOICES.items(), start=1)
    )
    reason = (
        f'<input type="text" list="reasons" maxlength="500" value="{escape(entry.reason)}"'
        ' autocomplete="off">'
    )
    return tag(
        "fieldset",
        tag("legend", "判定") + radios + tag("label", f"理由 {reason}", class_="reason"),
    )


def _render_radio(number: int, value: str, is_checked: bool) -> str:
    checked = " checked" if is_checked else ""
    return f'<input type="radio" name="decision-{number}" value="{value}"{checked}> '


def _render_commands(pair: Pair) -> str:
    run = cli.command("duplicates")
    lines = (
        f"{run} --merge {pair.a} {pair.b}",
        f"{run} --distinct {pair.a} {pair.b} --reason 理由",
    )
    return "，".join(tag("code", escape(line)) for line in lines)


def _render_bar(count: int, name: str) -> str:
    buttons = (
        ("previous", "上一对"),
        ("next", "下一对"),
        ("save", f"下载 {name}"),
        ("copy", "复制"),
    )
    return tag(
        "footer",
        tag("output", f"0/{count}", id="progress")
        + "".join(
            tag("button", escape(label), type="button", id=action) for action, label in buttons
        ),
    )
