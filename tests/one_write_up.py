"""One write-up in every form that a test can make of it: all must give the same blocks."""

from __future__ import annotations

from html import escape

from docx_builder import abstract, docx, level, num, par, row, run, table

TITLE = "云溪县民政局：小食堂托起幸福晚年"
LEAD = "近年来，云溪县民政局针对农村老人吃饭难的问题，探索建设村级小食堂，目前已经建成四十六个。"
ROWS = (("年份", "食堂"), ("2021", "12"), ("2022", "46"))
PARTS = (
    (
        0,
        "基本背景",
        "云溪县地处山区，六十岁以上老人占常住人口的三成，子女大多外出务工，吃饭成了难题。",
    ),
    (0, "主要做法", ""),
    (
        1,
        "选址建站，解决在哪吃",
        "利用闲置校舍和村部，按照步行十分钟的距离布点，统一配备桌椅、冰柜和消毒柜。",
    ),
    (
        1,
        "多方筹资，解决谁来付",
        "政府补一点、集体出一点、老人交一点，老人每餐只交三元，去年共筹集三百二十万元。",
    ),
    (
        0,
        "工作成效",
        "老人按时吃上了热饭，邻里矛盾明显减少，返乡的子女也更放心，就医的老人下降两成。",
    ),
    (
        0,
        "经验启示",
        "办好小食堂，关键在算得清账、管得住钱、留得下人，菜谱由老人定，账目每月都公开。",
    ),
)
"""Depth, heading without its number, and text; a table follows the last text of depth 1."""

LABELS = ("一、", "二、", "（一）", "（二）", "三、", "四、")
WITH_TABLE = 3


def headings() -> list[str]:
    """The headings with their numbers as a reader sees them."""
    return [label + heading for label, (_, heading, _) in zip(LABELS, PARTS, strict=True)]


def as_text() -> bytes:
    """Plain text, the table in bars."""
    lines = [TITLE, LEAD]
    for index, (heading, part) in enumerate(zip(headings(), PARTS, strict=True)):
        lines += [heading, *filter(None, [part[2]]), *(_bars() if index == WITH_TABLE else ())]
    return "\n".join(lines).encode()


def _bars() -> list[str]:
    first, *others = (f"| {' | '.join(cells)} |" for cells in ROWS)
    return [first, "| --- | --- |", *others]


def as_markdown() -> bytes:
    """Markdown with headings by depth."""
    lines = [f"# {TITLE}", LEAD]
    for index, (heading, (depth, _, text)) in enumerate(zip(headings(), PARTS, strict=True)):
        lines += [f"{'#' * (depth + 2)} {heading}", *filter(None, [text])]
        lines += ["\n".join(_bars())] if index == WITH_TABLE else []
    return "\n\n".join(lines).encode()


def as_html() -> bytes:
    """A page as a content system builds it: navigation, toolbar, related links around the text."""
    body = [f"<h1>{TITLE}</h1><p>{LEAD}</p>"]
    for index, (heading, (_, _, text)) in enumerate(zip(headings(), PARTS, strict=True)):
        body.append(f"<p><strong>{escape(heading)}</strong></p>{f'<p>{text}</p>' if text else ''}")
        body.append(_html_table() if index == WITH_TABLE else "")
    links = "".join(f'<li><a href="/{n}.html">其他工作动态第{n}条</a></li>' for n in range(9))
    return (
        f"<html><head><meta charset=utf-8><title>{TITLE}_云溪县人民政府</title></head><body>"
        f"<div class=nav><ul>{links}</ul></div><div class=content>{''.join(body)}</div>"
        f"<div class=related>相关链接<ul>{links}</ul></div></body></html>"
    ).encode()


def _html_table() -> str:
    rows = ("".join(f"<td>{text}</td>" for text in cells) for cells in ROWS)
    return f"<table border=1>{''.join(f'<tr>{cells}</tr>' for cells in rows)}</table>"


def as_mhtml() -> bytes:
    """The same page as a browser saves it."""
    head = "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
    return head.encode() + b"Content-Transfer-Encoding: 8bit\n\n" + as_html()


def as_docx() -> bytes:
    """A Word file whose numbers are automatic and whose headings are bold, without styles."""
    numbering = (
        abstract(1, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")),
        num(1, 1),
    )
    large = run(TITLE, '<w:b/><w:sz w:val="44"/>')
    body = [par(large, form='<w:jc w:val="center"/>'), par(LEAD)]
    for index, (depth, heading, text) in enumerate(PARTS):
        body.append(par(run(heading, "<w:b/>"), num=(1, depth)))
        body += [par(text)] if text else []
        body += [_word_table()] if index == WITH_TABLE else []
    return docx(*body, numbering=numbering)


def _word_table() -> str:
    return table(*(row(*cells) for cells in ROWS))
