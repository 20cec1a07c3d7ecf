"""The files of the fictional library, damaged as write-ups that circulate are: `make demo`.

Run `python tests/demo_files.py FOLDER` to write them.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / each) for each in ("scripts", "tests", "tests/reading")]

import docx_builder
from opencc import OpenCC
from pypinyin import pinyin

from demo_texts import NUMERALS, Line, WriteUp, compose_library, compose_series, revise

REPOSTED = (2, 24, 39, 46)
"""Write-ups that arrive a second time, from a web page that cut the end off."""

REVISED = 30
COMPILED = ((7, 8, 9), (53, 54))
"""Write-ups that come glued together in one file."""

COLUMNS = 72
"""Width of a line in a hard-wrapped file."""

_TRADITIONAL = OpenCC("s2t")
_HALF_WIDTH = str.maketrans("，：；（）", ",:;()")
_CLOSING = "，、。：；？！”》）%％,:;)"
_MARK = re.compile(r"[，：；（）](?!\d)")
_FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")

Damage = Callable[[list[Line], random.Random], list[Line]]


# --- damage


def _change(lines: Sequence[Line], change: Callable[[str], str], every: int = 1) -> list[Line]:
    """Change the text of each paragraph, or of every second, third, … one."""
    texts = [n for n, line in enumerate(lines) if line.kind == "text"][::every]
    return [replace(e, text=change(e.text)) if n in texts else e for n, e in enumerate(lines)]


def keep(lines: list[Line], chance: random.Random) -> list[Line]:
    """No damage."""
    return lines


def inject_pinyin(lines: list[Line], chance: random.Random) -> list[Line]:
    """Traditional script with readings put in: 機關(guān)黨建."""

    def inject(text: str) -> str:
        characters = list(_TRADITIONAL.convert(text))
        places = [
            n for n, each in enumerate(characters) if _TRADITIONAL.convert(text[n]) != text[n]
        ]
        for n in chance.sample(places, len(places) // 6):
            characters[n] += f"({pinyin(text[n])[0][0]})"
        return "".join(characters)

    return _change(lines, inject, 2)


def mix_scripts(lines: list[Line], chance: random.Random) -> list[Line]:
    """Paragraphs in traditional script among the others."""
    return _change(lines, _TRADITIONAL.convert, 3)


def narrow_marks(lines: list[Line], chance: random.Random) -> list[Line]:
    """Half-width marks, but for those before a figure."""
    return _change(lines, lambda t: _MARK.sub(lambda mark: mark[0].translate(_HALF_WIDTH), t))


def widen_figures(lines: list[Line], chance: random.Random) -> list[Line]:
    """Full-width figures."""
    return _change(lines, lambda text: text.translate(_FULL_WIDTH), 2)


def put_entities(lines: list[Line], chance: random.Random) -> list[Line]:
    """Quotation marks as entities, and spaces that do not break."""
    marks = {"“": "&ldquo;", "”": "&rdquo;"}
    return _change(lines, lambda t: "&nbsp;" + re.sub("[“”]", lambda m: marks[m[0]], t))


def hide_characters(lines: list[Line], chance: random.Random) -> list[Line]:
    """Invisible characters within words."""

    def hide(text: str) -> str:
        place = chance.randrange(1, len(text))
        return f"{text[:place]}\u200b{text[place:]}"

    return _change(lines, hide)


def mask_words(lines: list[Line], chance: random.Random) -> list[Line]:
    """Words that a filter took for others, spelled or masked."""
    return _change(lines, lambda text: text.replace("党建", "dang建", 1), 2)


def furnish(lines: list[Line], chance: random.Random) -> list[Line]:
    """What a web page puts around a text."""
    count = chance.randint(200, 4000)
    above = [Line("page", "首页 > 经验交流 > 正文")]
    fields = [Line("page", f"来源：本站　作者：admin　点击数：{count}　【字体：大 中 小】")]
    below = [Line("page", "【打印本页】【关闭窗口】"), Line("page", "上一篇：没有了")]
    return [*above, lines[0], *fields, *lines[1:], *below]


def number_pages(lines: list[Line], chance: random.Random) -> list[Line]:
    """Page numbers between paragraphs."""
    made: list[Line] = []
    for n, line in enumerate(lines):
        made.append(line)
        if n % 7 == 6:
            made.append(Line("page", f"— {n // 7 + 1} —"))
    return made


def wrap(lines: list[Line], chance: random.Random) -> list[Line]:
    """Paragraphs cut at one width, each indented by two full-width spaces; no mark opens a line."""
    made: list[Line] = []
    for line in lines:
        if line.kind == "text":
            made += [replace(line, text=piece) for piece in _cut("　　" + line.text)]
        else:
            made.append(line)
    return made


def _cut(text: str) -> list[str]:
    """The lines of a paragraph; a Chinese character takes two columns, a figure is not cut."""
    lines, width = [""], 0
    for piece in re.findall(r"[\d.]+%?|.", text):
        columns = sum(1 + (unicodedata.east_asian_width(each) in "WFA") for each in piece)
        if width + columns > COLUMNS and piece not in _CLOSING:
            lines.append("")
            width = 0
        lines[-1] += piece
        width += columns
    return lines


DAMAGES: tuple[Damage, ...] = (
    *(keep, inject_pinyin, furnish, narrow_marks, mix_scripts, keep),
    *(widen_figures, put_entities, mask_words, number_pages, hide_characters),
)
"""Kinds of damage, in turn. Hard-wrapped lines are a matter of plain text alone."""


# --- forms


def to_text(lines: Sequence[Line]) -> str:
    """Plain text; the cells of a row stand between tabs."""
    shown = ("\t".join(each.cells) if each.kind == "row" else each.text for each in lines)
    return "\n".join(shown) + "\n"


def to_markdown(lines: Sequence[Line]) -> str:
    """Markdown with headings and tables."""
    marks = {"title": "# ", "section": "## ", "item": "### "}
    made: list[str] = []
    for line in lines:
        if line.kind != "row":
            made += [marks.get(line.kind, "") + line.text, ""]
            continue
        first = made[-1:] == [""]
        made.append(f"| {' | '.join(line.cells)} |")
        made += ["|" + "---|" * len(line.cells)] if first else []
    return "\n".join([*made, ""])


def to_word(lines: Sequence[Line]) -> bytes:
    """A Word file with heading styles and tables."""
    styles = {"title": "Title", "section": "1", "item": "2"}
    body: list[str] = []
    rows: list[str] = []
    for line in (*lines, Line("end", "")):
        if line.kind == "row":
            rows.append(docx_builder.row(*line.cells))
            continue
        if rows:
            body.append(docx_builder.table(*rows))
            rows = []
        body.append(docx_builder.par(line.text, style=styles.get(line.kind, "")))
    known = [
        docx_builder.style("Title", "Title"),
        *(docx_builder.style(each, f"heading {each}") for each in ("1", "2")),
    ]
    return docx_builder.docx(*body, styles=known)


def make_files() -> dict[str, bytes]:
    """The files by name: one for most write-ups, and those that bring several or come again."""
    write_ups = compose_library()
    glued = {number for numbers in COMPILED for number in numbers}
    single = {n: each for n, each in enumerate(write_ups) if n not in glued}
    files = dict(_make_file(each, n) for n, each in single.items())
    files |= dict(_compile([write_ups[n] for n in numbers]) for numbers in COMPILED)
    files |= dict(_make_file(each, 3 * n) for n, each in enumerate(compose_series(2022, 3)))
    files |= dict(_repost(write_ups[n], n) for n in REPOSTED)
    files |= dict([_make_file(revise(write_ups[REVISED]), 2)])
    return files


def _make_file(write_up: WriteUp, number: int) -> tuple[str, bytes]:
    """A file of one write-up: its form and its damage follow from a number."""
    chance = random.Random(f"damage {number}")
    tabular = any(line.kind == "row" for line in write_up.lines)
    damage = keep if tabular else DAMAGES[number % len(DAMAGES)]
    lines = damage(list(write_up.lines), chance)
    form = ("docx", "md")[number % 2] if tabular else ("docx", "txt", "md", "txt")[number % 4]
    if form == "docx":
        return f"{write_up.name}.docx", to_word(lines)
    if form == "md":
        return f"{write_up.name}.md", to_markdown(lines).encode()
    encoding = "utf-8" if number % 8 == 1 else "gb18030"
    if number % 8 in (3, 5) and damage not in (put_entities, narrow_marks):
        lines = wrap(lines, chance)
    return f"{write_up.name}.txt", to_text(lines).encode(encoding)


def _compile(write_ups: Sequence[WriteUp]) -> tuple[str, bytes]:
    """Write-ups glued together, each under 第一篇, 第二篇, …"""
    texts = [f"第{NUMERALS[n]}篇：{to_text(each.lines)}" for n, each in enumerate(write_ups)]
    return f"{write_ups[0].field}-汇编.txt", "\n".join(texts).encode("gb18030")


def _repost(write_up: WriteUp, number: int) -> tuple[str, bytes]:
    """What another site made of a write-up: half-width marks, its own lines, an end cut off."""
    chance = random.Random(number)
    lines = list(write_up.lines)
    if number % 2:
        last = max(n for n, line in enumerate(lines) if line.kind == "section")
        lines = lines[:last]
    return f"{write_up.name}-转载.txt", to_text(
        furnish(narrow_marks(lines, chance), chance)
    ).encode()


def write_files(folder: Path) -> None:
    """Write the files of the library into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in make_files().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write_files(Path(sys.argv[1]))
