"""A library of copies in pairs, for tests of what people decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.library import casefile, markup
from casebook.library.identity import with_anchors
from casebook.model import Block, Case
from casebook.runtime import cli

TEXTS = (
    "街道牵头建立统一收运点，与园林公司签订处置协议，把枝叶粉碎以后还田，居民上报的堆放点当天处置。",
    "中心把分散在八个部门的窗口合并为综合窗口，实行一窗受理，办理时限压缩了一半，群众少跑了许多路。",
    "学校把晚自习改为自愿参加，开设阅读、体育和手工三类课程，由家长委员会每月评议一次并公布结果。",
    "医院推行日间手术，患者当天入院当天出院，平均住院时间缩短两天，床位周转明显加快，费用有所下降。",
)


def write_case(folder: Path, case_id: str, title: str, *paragraphs: str) -> None:
    """Write a case of a lead and one section."""
    text = markup.from_plain("\n".join(paragraphs))
    blocks = (Block(1, title, "", "导语一句。"), Block(2, "主要做法", "practice", text))
    cli.write_text(
        folder / f"{case_id}.md", casefile.dump(Case(case_id, title, with_anchors(blocks)))
    )


def write_copies(folder: Path, extras: Sequence[str]) -> Path:
    """For each extra text a pair of cases, `k0-long` and `k0-short`; the long one has it too."""
    for number, extra in enumerate(extras):
        title, text = f"经验材料之{number}{extra}", TEXTS[number]
        more = f"后来又有新的做法，专人负责，逐月检查。{extra}"
        write_case(folder, f"k{number}-long", title, text, more)
        write_case(folder, f"k{number}-short", title, text.replace("，", "，并且", 1))
    return folder
