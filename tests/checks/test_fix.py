"""--fix: what is added, what is left alone, and that a second run changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.checks import check_paths
from casebook.checks.case_source import parse_case_source
from casebook.checks.fix import add_anchor, fix_case
from casebook.checks.fixing import fix_paths
from casebook.library import casefile, identity
from casebook.model import Block
from casebook.vocabulary import load
from effort import examples

FRONT = "---\nid: good\ntitle: 好\n---\n"


def _fix(raw: str, name: str = "good.md") -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    document, _ = parse_case_source(Path("nowhere") / name, text, Path("nowhere"), load())
    return fix_case(document, raw)[0]


def _body(body: str) -> str:
    return _fix(FRONT + body).removeprefix(FRONT)


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ("## 做法", "## 做法 {#k1}"),
        ("###", "### {#k1}"),
        ("## 做法 {.practice}", "## 做法 {.practice #k1}"),
        ("## 做法 {theme=责任落实}", "## 做法 {#k1 theme=责任落实}"),
        (
            "## 做法 {.practice theme=责任落实 from=a}",
            "## 做法 {.practice #k1 theme=责任落实 from=a}",
        ),
        ("## 关于{党建}的做法", "## 关于{党建}的做法 {#k1}"),
        ("## 做法{注}", "## 做法{注} {#k1}"),
    ],
)
def test_anchor_goes_into_the_heading_line(line: str, fixed: str) -> None:
    """The role stays first; everything else keeps its order."""
    assert add_anchor(line, "k1") == fixed


def test_missing_anchors_are_those_of_the_writer() -> None:
    """The anchors are those of `identity.with_anchors`; existing ones stay."""
    fixed = _fix(
        FRONT
        + "\n## 一、做法\n\n正文。\n\n### {.practice #mine}\n\n正文。\n\n## 二、成效\n\n好。\n"
    )
    anchors = [block.anchor for block in casefile.parse(fixed).blocks]
    bare = [
        Block(b.level, b.heading, b.role, b.text, b.anchor if b.anchor == "mine" else "")
        for b in casefile.parse(fixed).blocks
    ]
    assert anchors == [block.anchor for block in identity.with_anchors(bare)]
    assert anchors[2] == "mine" and all(anchors[1:]) and len(set(anchors[1:])) == 3


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ("\n正文。 \t\n", "\n正文。\n"),
        ("\n正文。　\n\n\n\n", "\n正文。\n"),
        ("\n正文。", "\n正文。\n"),
        ("\n  \n正文。\n", "\n\n正文。\n"),
        ("\n第一行  \n第二行\n", "\n第一行  \n第二行\n"),
        ("\n第一行  \n\n第二行  \n", "\n第一行\n\n第二行\n"),
        ("\n```\n代码  \n\n```\n", "\n```\n代码  \n\n```\n"),
        ("\n## 做法 {.practice #k1}　\n正文。\n", "\n## 做法 {.practice #k1}\n正文。\n"),
        ("\n## 做法 {.practice 不认识}\n正文。\n", "\n## 做法 {.practice 不认识}\n正文。\n"),
    ],
)
def test_white_space(body: str, fixed: str) -> None:
    """Line ends are stripped; hard line breaks, code and unknown marks stay."""
    assert _body(body) == fixed


def test_missing_id_comes_from_the_file_name() -> None:
    """The id is added as the first key; a wrong one is left for a person to correct."""
    assert _fix("---\ntitle: 好\n---\n正文。\n") == "---\nid: good\ntitle: 好\n---\n正文。\n"
    assert _fix("---\nid: other\n---\n正文。\n") == "---\nid: other\n---\n正文。\n"
    assert _fix("---\ntitle: 好\n---\n正文。\n", "案例.md") == "---\ntitle: 好\n---\n正文。\n"


def test_line_ends_of_the_file_stay_without_its_order_mark() -> None:
    """A file from Windows keeps its CRLF and loses its byte order mark."""
    raw = "\ufeff---\r\ntitle: 好\r\n---\r\n正文。 \r\n\r\n第二段。"
    assert _fix(raw) == "---\r\nid: good\r\ntitle: 好\r\n---\r\n正文。\r\n\r\n第二段。\r\n"


@pytest.mark.parametrize(
    "raw", ["", "没有 front matter ", "---\nid: [\n---\n## 做法 \n", "---\nid: good"]
)
def test_unreadable_file_is_not_touched(raw: str) -> None:
    """What cannot be understood is not rewritten."""
    assert _fix(raw) == raw


PIECES = st.sampled_from(
    [
        *(
            "## 一、做法",
            "### ",
            "###",
            "## 做法 {.practice}",
            "## x {#k1}",
            "## a {b}",
            "# 一",
            "{#k}",
        ),
        *(
            "## 做法 {#k1} ",
            "## 做法 {.practice}　",
            "正文。",
            "  ",
            "",
            "　",
            "\t",
            "行  ",
            "    代码",
        ),
        *("```", "~~~", "---"),
    ]
)


@examples(200)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_fix_is_idempotent_and_keeps_the_lines(lines: list[str], end: str, ended: bool) -> None:
    """A second run changes nothing; anchors apart, the lines stay the same."""
    raw = (FRONT + "\n".join(lines) + ("\n" if ended else "")).replace("\n", end)
    fixed = _fix(raw)
    assert _fix(fixed) == fixed
    before, after = ([w for w in map(_words, t.splitlines()) if w] for t in (raw, fixed))
    assert before == after


def _words(line: str) -> str:
    """A line without anchors, empty marks and the white space at its end."""
    return (
        re.sub(r" ?#k[0-9a-z]+", "", line).replace("{ ", "{").replace("{}", "").rstrip(" \t\u3000")
    )


def test_files_are_fixed_on_disk(tmp_path: Path) -> None:
    """With `fix` the file is written once and its fixable findings are gone."""
    path = tmp_path / "good.md"
    path.write_text(
        "---\ntitle: 好\nlead_role: background\nsources: [{name: 本单位撰写}]\n---\n\n"
        "导语。 \n\n## 一、主要做法\n\n正文。"
    )
    rules = {f.rule for f in check_paths([path])}
    assert rules == {"field-missing", "missing-anchor", "trailing-space"}
    assert len(fix_paths([path])[1]) == 4
    assert check_paths([path]) == []
    written = path.read_bytes()
    assert fix_paths([tmp_path]) == ([tmp_path], [])
    assert path.read_bytes() == written
