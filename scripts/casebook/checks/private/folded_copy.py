"""A copy of a text in which every way of writing a number is the plain one; places are kept.

`１３９**２４**68&nbsp;1357` reads `1392468 1357` there, so that the rules know one way of writing.
Each finding is then placed in the text as it was given.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from casebook.checks.private.private_finding import Span
from casebook.text.numerals import DIGITS, ONE_TO_NINE, ZEROS

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_MIDDLE_DOTS = "\u2022\u2027\u2219\u22c5\u30fb\uff65"
_STARS = "\u2606\u2605\u2729\u272d\u272e\u272f\u2b50\u204e\u2217"
_LINE_ENDS = "\x85\u2028\u2029"
_WIDE_AND_STYLED = (*range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800))

_INVISIBLE = "\u200b"


def _list_invisible() -> Iterator[str]:
    """Controls, formats, combining marks and fillers, which a reader does not see as characters."""
    for code in (*range(0x2FFF), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE0200), 0xFEFF):
        character = chr(code)
        if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me") and character not in "\t\n":
            yield character
    yield from "\u115f\u1160\u3164\uffa0"


_SAME_LENGTH = (
    dict.fromkeys(_list_invisible(), _INVISIBLE)
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _WIDE_AND_STYLED}
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_MIDDLE_DOTS, "·")
    | dict.fromkeys(_STARS, "★")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | {chr(code): " " for code in range(0xA0, 0x3001) if unicodedata.category(chr(code)) == "Zs"}
)
"""Full-width and styled letters and figures, dashes, dots, stars and spaces, one to one."""

_OTHERWISE = re.compile(
    f"[{re.escape(''.join(key for key in _SAME_LENGTH if ord(key) < 0x10000))}"
    "\U00010000-\U0010ffff]"
)
"""What may be a key of it. One range for the rare planes: a set with their characters is slow."""

_FORMATS = re.compile(
    rf"[{_INVISIBLE}\\`~<](?:"  # a set of characters to begin with, so that the search is fast
    rf"(?<={_INVISIBLE}){_INVISIBLE}*"
    r"|(?<=\\)(?=[ !-/:-@\[-`{-~])"
    r"|(?<=`)`*|(?<=~)~"
    r"|(?P<break>(?<=<)br ?/?>)|(?<=<)!--[^\n]{0,300}?-->"
    r"|(?<=<)/?(?:a|b|code|del|em|font|i|ins|mark|o:p|s|small|span|strong|sub|sup|u|wbr)\b[^<>\n]{0,300}>)"
)
"""Invisible characters, escapes and marks of Markdown, and tags of HTML inside a line."""

_FIGURES_LINK = re.compile(r"\[([\d -]{2,12})\]\(([^()\s]{1,300})\)")

_JSON_ESCAPE = re.compile(r"\\(?<!\\\\)(?:[nrt]|u(?P<code>[0-9A-Fa-f]{4}))")

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,10});")

_ADDRESS = re.compile(r"(?:http://|https://|www\.|mailto:|tel:|sms:)[!-;=?-~]{1,2000}")

_ESCAPE = re.compile(r"%([2-7][0-9A-Fa-f])")

_HASH = re.compile(r"[0-9A-Fa-f](?<![0-9A-Za-z].)[0-9A-Fa-f]{31,127}(?![0-9A-Za-z])")

_HAN_DIGITS = {han: str(digit) for han, digit in DIGITS.items() if han in ONE_TO_NINE + ZEROS}
_HAN_DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖幺", "1234567891", strict=True))
_HAN_DIGITS |= {
    chr(code): str(unicodedata.digit(chr(code)))
    for code in range(0x80, 0x10000)
    if unicodedata.digit(chr(code), None) is not None
}
"""Chinese figures, raised, lowered and circled ones, and those of other scripts."""
_HAN = "".join(_HAN_DIGITS)
_HAN_NUMBER = re.compile(
    f"[{_HAN}0-9](?:(?<=[{_HAN}])(?:[ -]?[{_HAN}]){{6,}}|(?:[ -]?[{_HAN}0-9]){{6,}})"
)
_FEWEST_HAN_DIGITS = 3
"""Of a number of both kinds: the two of 电话13924681357一一告知 belong to the sentence."""


@dataclass(frozen=True, slots=True)
class _Pass:
    """One round of replacements: for each, its range after it and before it."""

    after: list[Span] = field(default_factory=list)
    before: list[Span] = field(default_factory=list)

    def locate_before(self, place: int) -> Span:
        """The range that became the character at a place."""
        number = bisect_right(self.after, (place, sys.maxsize)) - 1
        if number < 0:
            return place, place + 1
        if place < self.after[number][1]:
            return self.before[number]
        start = place - self.after[number][1] + self.before[number][1]
        return start, start + 1


class FoldedCopy:
    """The folded copy of a text: `text`, and where its characters come from."""

    def __init__(self, source: str) -> None:
        self._passes: list[_Pass] = []
        self.text = source
        if source[:1] in ("{", "["):
            self._replace(_JSON_ESCAPE, _decode_json)
        if "&" in source:
            self._replace(_ENTITY, lambda found: html.unescape(found[0]))
        if "%" in source:
            self._apply(_decode_escapes(self.text))
        if "](" in source:
            self._replace(_FIGURES_LINK, _keep_link_text)
        # `translate` looks up each Chinese character, and is ten times slower.
        for character in _SAME_LENGTH.keys() & set(_OTHERWISE.findall(self.text)):
            self.text = self.text.replace(character, _SAME_LENGTH[character])
        self._replace(_FORMATS, lambda found: " " * (found["break"] is not None))
        self._drop_emphasis()
        self.text = _HAN_NUMBER.sub(_fold_han_digits, self.text)
        self.text = _HASH.sub(_blank, _ADDRESS.sub(_blank_path, self.text))

    def locate(self, start: int, end: int) -> Span:
        """The range of the source that became `start` to `end`, which hold a character at least."""
        first, last = start, end - 1
        for one in reversed(self._passes):
            first, last = one.locate_before(first)[0], one.locate_before(last)[1] - 1
        return first, last + 1

    def _replace(self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], str]) -> None:
        self._apply((found.span(), make(found)) for found in pattern.finditer(self.text))

    def _apply(self, replacements: Iterator[tuple[Span, str]]) -> None:
        pieces: list[str] = []
        done, shift, made = 0, 0, _Pass()
        for (start, end), new in replacements:
            pieces += (self.text[done:start], new)
            made.before.append((start, end))
            made.after.append((start + shift, start + shift + len(new)))
            shift += len(new) - (end - start)
            done = end
        if pieces:
            self.text = "".join((*pieces, self.text[done:]))
            self._passes.append(made)

    def _drop_emphasis(self) -> None:
        """Drop pairs of equally long runs of `*` in a line; a mask such as 139****1357 has none."""
        if "*" in self.text:
            self._apply((span, "") for span in _list_emphasis(self.text))


def _list_emphasis(text: str) -> Iterator[Span]:
    runs: list[re.Match[str]] = []
    for found in re.finditer(r"\n|(?<!\*)\*{1,3}(?!\*)|\Z", text):
        if found[0].startswith("*"):
            runs.append(found)
            continue
        counts = Counter(map(len, (run[0] for run in runs)))
        yield from (run.span() for run in runs if counts[len(run[0])] > 1 and not _is_mask(run))
        runs.clear()


def _is_mask(run: re.Match[str]) -> bool:
    """Whether three stars stand between figures."""
    around = (
        run.string[max(run.start() - 1, 0) : run.start()] + run.string[run.end() : run.end() + 1]
    )
    return len(run[0]) > 2 and len(around) > 1 and around.isdigit()


def _decode_json(found: re.Match[str]) -> str:
    return chr(int(found["code"], 16)) if found["code"] else "\n"


def _keep_link_text(found: re.Match[str]) -> str:
    """The text of a link on figures; an address that may hold a number itself stays."""
    return found[0] if len(re.findall(r"\d", found[2])) > 6 else found[1]


def _decode_escapes(text: str) -> Iterator[tuple[Span, str]]:
    for address in _ADDRESS.finditer(text):
        for found in _ESCAPE.finditer(text, *address.span()):
            yield found.span(), chr(int(found[1], 16))


def _blank_path(address: re.Match[str]) -> str:
    """An address with its path blanked: numbers of pages and files stand there, not of people."""
    if not address[0].lower().startswith(("http", "www")):
        return address[0]
    path, mark, query = address[0].partition("?")
    return " " * len(path + mark) + query.replace("&", " ").replace("#", " ")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _fold_han_digits(found: re.Match[str]) -> str:
    if sum(map(_HAN_DIGITS.__contains__, found[0])) < _FEWEST_HAN_DIGITS or "○○" in found[0]:
        return found[0]
    return "".join(_HAN_DIGITS.get(character, character) for character in found[0])
