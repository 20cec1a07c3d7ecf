"""Characters that a case must not contain, and traces of damaged text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.checks.case_source import CaseSource
from casebook.checks.fix import BLANK_CHARACTERS, tidy_lines
from casebook.checks.rules import Problem, display_value
from casebook.runtime import cli
from casebook.text.tone_letters import TONED_NASALS, TONED_VOWELS

_TONE_LETTERS = f"{TONED_VOWELS}ü{TONED_NASALS}ɡ"  # ɑ and ḿ are left to the issue on the gate

_PATTERNS = (
    (
        "control-character",
        # C0 without tab and line feed, C1, and what reorders text (Unicode TR36, bidi controls)
        re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"),
        "有控制字符 {}，它不可见，还可能改变文字的顺序，请删掉。",
    ),
    (
        "invisible-character",
        re.compile("[\u00ad\u115f\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff]"),
        "有看不见的字符 {}，搜索时会找不到这里的词，请删掉。",
    ),
    (
        "private-use-character",
        re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]"),
        "有私用区字符 {}，换一台电脑就显示不出来，请改成通用的字。",
    ),
    (
        "damage-replacement",
        # a set of characters to begin with, so that the search is fast; so in the next one
        re.compile(
            "[\ufffd锟烫屯](?:(?<=\ufffd)\ufffd*|(?<=锟)斤拷(?:锟斤拷)*|(?<=烫)烫{2,}|(?<=屯)屯{2,})"
        ),
        "“{}”是编码损坏留下的，原来的字已经丢失，请对照原件补上。",
    ),
    (
        "damage-pinyin",
        re.compile(
            rf"[(（](?<=[\u3400-\u9fff].)(?=[a-z]{{0,6}}[{_TONE_LETTERS}])[a-z{_TONE_LETTERS}]{{1,7}}[)）]"
        ),
        f"汉字后面夹着拼音“{{}}”，请删掉，或用 {cli.command('repair')} 修复整篇。",
    ),
    (
        "damage-byte-shift",
        re.compile(r"\?!(?=[\u3400-\u9fff])"),
        f"“{{}}”后面多半是错位的乱码，请对照原件改正，或用 {cli.command('repair')} 修复整篇。",
    ),
)

_BLANK_AT_END = "行尾有空白，请删掉，或运行 --fix。"
_NO_LAST_FEED = "文件应以一个换行结尾，请改正，或运行 --fix。"
_UNTIDY = re.compile(f"[{BLANK_CHARACTERS}]\n|\n\n\\Z")
"""What `tidy_lines` may change in a text that ends with a line feed."""


def check_characters(document: CaseSource) -> Iterator[Problem]:
    """A problem for each match of a pattern, front matter included."""
    text = document.text
    for rule, pattern, message in _PATTERNS:
        for found in pattern.finditer(text):
            if found[0] == "\ufeff" and found.start() == 0:
                continue  # a byte order mark, which Windows editors write
            place = document.locate(found.start())
            yield Problem(rule, *place, message.format(display_value(found[0])))
        for place, value in document.list_rewritten_values():
            if (hidden := pattern.search(value)) and hidden[0] not in text:
                yield Problem(rule, *place, message.format(display_value(hidden[0])))


def check_line_ends(document: CaseSource) -> Iterator[Problem]:
    """White space at line ends in the body, and the line feed at the end of the file."""
    if document.parts is None:
        return
    if document.text.endswith("\n") and not _UNTIDY.search(document.text):
        return
    lines = document.text.split("\n")
    tidy = tidy_lines(lines, document.parts.body_line)
    for number, line in enumerate(lines[: len(tidy)], start=1):
        if line != tidy[number - 1]:
            column = len(tidy[number - 1]) + 1
            yield Problem("trailing-space", number, column, _BLANK_AT_END)
            return
    if len(tidy) != len(lines):
        place = (min(len(tidy), len(lines)), 1)
        yield Problem("trailing-space", *place, _NO_LAST_FEED)
