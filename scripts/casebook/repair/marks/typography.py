"""Punctuation by GB/T 15834: full-width marks and dashes between Chinese characters.

What belongs to numbers, Latin words, times, versions, addresses and code keeps its own marks;
spacing is left as the author wrote it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from casebook.repair.draft_text import DraftText, Finding
from casebook.repair.edits import Edit
from casebook.repair.marks import CHINESE, IS_CHINESE
from casebook.repair.marks.lost_marks import is_document, is_foreign_name
from casebook.text.characters import FULL_WIDTH_MARKS, HAN, HAN_PATTERN, fold_text, is_frequent
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import Span, around, lines_having
from casebook.text.segmentation import score, segment
from casebook.text.sentence_ends import ASKING
from casebook.text.word_frequencies import LONGEST_WORD, spans_word

_ASCII_MARK = re.compile(
    r"[,;:!?｡､･﹐﹑﹔﹕﹖﹗](?:(?<=[,;:!?])[,;:!?]*|(?<=[｡､･])(?![ｦ-ﾟ])|(?<=[﹐-﹗])(?![0-9]))"
)
_CHINESE_AFTER = lazy_pattern(f"(?![”’…—])[{CHINESE}]")
"""A Chinese character or mark that shows that the mark before it belongs to Chinese text."""

_SMALL = "｡､･﹐﹑﹔﹕﹖﹗"
_FULL = str.maketrans(FULL_WIDTH_MARKS | dict(zip(_SMALL, "。、·，、；：？！", strict=True)))
_CODE = re.compile(r"[&#][A-Za-z0-9#]{1,31}\Z|(?:\n|\A)[a-z_-]{1,31}\Z", re.A)
"""An entity before its `;`, and the name of a field at the start of a line."""

_OPENING = "“‘《（〈「『【"
_CLAUSE_ENDS = re.compile("[。！；？\n]")
_LETTERS = lazy_pattern(f"[{HAN}\u3041-\u30fa\u3105-\u3129\u2460-\u24ff]")
MOST_RARE = 0.1
"""Greatest share of rare characters, kana, bopomofo and enclosed digits in a question."""

_PARENTHESIS, _HALF_WIDTH_PARENTHESIS = re.compile("[()（）]"), re.compile("[()]")
_SMILE = re.compile(r"-?\)|-\(")
_CALL = re.compile(r"[A-Za-z0-9_]\([\"']", re.A)
SENTENCE_CHARACTERS = 5
CLAUSE_START = 4
"""Least Chinese characters of a sentence before a full stop, and of one that more text follows; a
numbered title has fewer."""
DIVIDED_GAIN = 4.0
"""Nats that two sides of a dot gain as one text when it divides a word (人.民): of 2,900 full stops
4 gain as much, of 1,200 words so masked 1,200."""

_DOUBLED = lazy_pattern(
    rf"[，。；、,](?=[，。；、,])(?<=[{HAN}0-9A-Za-z”’》）%％].)"
    r"(?:(?<=，)，|(?<=。)。|(?<=；)[；,，。]|(?<=、)[、,，。；]|(?<=[,，])[，。、；])(?![，。；、：,.])"
)
_TWO_CLAUSES = re.compile(r"[^，。；、：！？,\n]{4}..(?:[^，。；、：！？,\n]{4}|\n|\Z)")
_STOP = re.compile(
    rf"\.(?:(?<=[{HAN}”》）\"%％℃].)|(?<=[0-9](?:kg|km|mm|cm|GB|MB|kW|ml).))(?=[“《（]?[{HAN}])"
    r"|\.(?<!\.\.)(?=[”’\"]?[ \t]*(?:\n|\Z))"
)
_BREAK = re.compile(r"[。，；：、！？.,;:\s]")
_NUMERALS = f"{ONE_TO_TEN}百零〇第"
_FILE_NAME = re.compile(r"[^\s，。；、]{0,30}?\.[A-Za-z]{2,5}(?![A-Za-z])")
_ROUND_STOP = re.compile(rf"o(?<=[{HAN}]{{4}}o)(?=[{HAN}]{{2}}|$)", re.M)
_BEFORE_STOP = lazy_pattern(rf"(?:[{HAN}”’》）)\"'%℃]|[0-9]|[0-9] ?[A-Za-z/]{{1,6}})$")
_DASH = re.compile(
    rf"[─―－—–━﹣-](?:(?:(?<=—)(?!—)|(?<=─)|[─―－—–━﹣-]{{1,5}}|(?<=—) —)(?=[{HAN}“‘《（0-9])"
    rf"|(?<=[-－─])(?m:(?<=^.))[-－─](?=[{HAN}]))"
)
_BEFORE_DASH = lazy_pattern(rf"[{HAN}”’》）%％0-9]|^")
_ANGLE = re.compile("[<＜〈≪⟪]")
_ANGLES = lazy_pattern(
    rf"(?<![<0-9A-Za-z])(<<|＜＜|〈〈|≪|⟪)(?=[^<>＜＞\"\n]{{0,60}}[{HAN}])"
    r"([^<>＜＞≪≫⟪⟫\s][^<>＜＞≪≫⟪⟫\n]{0,60})(?<!\s)(>>|＞＞|〉〉|≫|⟫)(?!>)"
    rf"|(?<=[{HAN}，。、；：])([<＜])([{HAN}][^<>＜＞\n]{{3,60}})([>＞])"
)
_YEAR = re.compile(
    rf"[\[(（【［〈](?<=[{HAN}].)(?<![了的和与及在按据为是].)((?:19|20)[0-9]{{2}})[\])）】］〉] ?"
    r"(?=第?[0-9]{1,5}号(?![楼线院机馆]))"
)
_KINDS = "发函令办文规电通字"
"""Last characters of the numbers of official documents; certificates have numbers, too."""

_QUOTED = re.compile(r"“[^“”\n]{1,80}”")
_CLAUSE_DASH = lazy_pattern(rf"—(?<=[{HAN}]{{6}}—)(?=[{HAN}]{{6}})")
"""A single dash in a quotation that is a break; a range has fewer characters on both sides."""


def remove_doubled_marks(document: DraftText) -> Iterator[Edit]:
    """Two marks where one is meant, as the stronger one; in talk, with short clauses, they stay.

    Of 、 and a comma before it the comma is the one too many: sites put commas in.
    """
    text = document.text
    found = document.search(_DOUBLED)
    starts = [text.rfind("\n", 0, place.start()) for place in found]
    lines = Counter(starts)
    for place, line in zip(found, starts, strict=True):
        if lines[line] > 1 or _TWO_CLAUSES.match(text, max(0, place.start() - 4)):
            marks = place[0].replace(",", "，").removeprefix("，")
            yield Edit(*place.span(), max(marks, key="、，；。".index), "likely")


def widen_marks(document: DraftText) -> Iterable[Edit]:
    """Half-width `, ; : ! ? ( )` next to Chinese, as full-width marks."""
    return document.search_lines(_half_width_marks)


def _half_width_marks(text: str, lines: Span) -> Iterator[Edit]:
    pieces, position = list[str](), 0
    for start, end in lines_having(text, _HALF_WIDTH_PARENTHESIS, lines):
        line = text[start:end]
        while pairs := [pair for pair in _pairs(line) if _is_chinese_pair(line, *pair)]:
            characters = list(line)  # a mark beside a full-width parenthesis is beside Chinese
            for opened, closed in pairs:
                characters[opened], characters[closed] = "（", "）"
            line = "".join(characters)
            yield from (Edit(start + at, start + at + 1, line[at]) for pair in pairs for at in pair)
        pieces += (text[position:start], line)
        position = end
    text = "".join((*pieces, text[position:]))
    for start, end in (found.span() for found in _ASCII_MARK.finditer(text, *lines)):
        if _belongs_to_chinese(text, start, end):
            yield Edit(start, end + _is_spaced(text, start, end), text[start:end].translate(_FULL))


def _is_spaced(text: str, start: int, end: int) -> bool:
    """Whether a space follows that only a half-width mark has, before Chinese."""
    return text.startswith(" ", end) and _CHINESE_AFTER.match(text, end + 1) is not None


def _belongs_to_chinese(text: str, start: int, end: int) -> bool:
    """Whether the marks [start, end) belong to Chinese text, by the characters around them."""
    marks = text[start:end]
    if marks == "::" or (marks in ":;" and _SMILE.match(text, end)):
        return False
    before = text[max(0, start - 2) : start].rstrip(" ")[-1:]
    after = text[end : end + 1]
    if text[start - 1 : start] == " " < after < "\x7f":  # of a command (:w, ?x)
        return False
    if marks == ":" and before.isdigit() and after.isdigit():
        return False
    if IS_CHINESE.match(before):
        return marks[0] != "?" or _is_question(text, start, end)
    if _CODE.search(text[max(0, start - 33) : start]):
        return False
    spaced = not (before.isascii() and before.isalpha()) and _is_spaced(text, start, end)
    glued = marks[0] in ",;:" and bool(_CHINESE_AFTER.match(after) or spaced)
    return (glued and (before.isalnum() or before in '%℃‰)]}>+"')) or marks[0] in _SMALL


def _is_question(text: str, start: int, end: int) -> bool:
    """Whether `?` ends a question; one in the middle of a statement stands for a lost byte.

    So does one after an opening mark, before a letter or digit, and after text that is no Chinese.
    """
    before, after = text[start - 1], text[end : end + 1]
    clause = _CLAUSE_ENDS.split(text[max(0, start - 40) : start])[-1]
    likely = ASKING.search(clause) or after in " \n”’」』）)\"'"
    if not likely or before in f"{_OPENING}，、；。" or (after.isascii() and after.isalnum()):
        return False
    odd = sum(not is_frequent(character) for character in _LETTERS.findall(clause))
    return odd <= MOST_RARE * len(clause) and (not HAN_PATTERN.match(before) or is_frequent(before))


def _pairs(line: str) -> Iterator[tuple[int, int]]:
    """Opening and closing parentheses of a line that belong together, one of them half-width."""
    opened: list[int] = []
    for found in _PARENTHESIS.finditer(line):
        if found[0] in "(（":
            opened.append(found.start())
        elif opened and (line[opened[-1]] == "(" or found[0] == ")"):
            yield opened.pop(), found.start()
        elif opened:
            opened.pop()


def _is_chinese_pair(line: str, opened: int, closed: int) -> bool:
    """Whether a pair encloses Chinese, or directly follows or precedes it."""
    inside = line[opened + 1 : min(closed, opened + 200)]
    if _CHINESE_AFTER.search(inside):
        return not _CALL.match(line, max(0, opened - 1))
    before, after = line[opened - 1 : opened], line[closed + 1 : closed + 2]
    edges = before + after  # a pair alone on its line may be anything
    return not before.isalnum() and edges != "" and all(map(IS_CHINESE.match, edges))


def widen_full_stops(document: DraftText) -> Iterator[Finding]:
    """A half-width full stop after a Chinese clause, as 。 (not after a number or numeral)."""
    text = document.text
    for stop in document.replace_all(_STOP, "。", "likely"):
        if _ends_chinese(text, stop.start):
            yield stop
    rounds = list(document.replace_all(_ROUND_STOP, "。", "likely"))
    message = "这里的字母像是句号之误，请对照来源核对。"
    yield from rounds if len(rounds) > 1 else document.flag_all(_ROUND_STOP, message)


def _ends_chinese(text: str, position: int) -> bool:
    """Whether the text before a full stop, in its line, is a Chinese sentence or clause."""
    line = text[max(text.rfind("\n", 0, position) + 1, position - 200) : position]
    after = text[position + 1 : position + 2]
    if line[-1:].isdigit() and after == "\n" and text[position + 2 : position + 3].isdigit():
        return False  # a page width broke a decimal number
    if not IS_CHINESE.match(after or "\n") or after in "”’":
        known = len(re.findall(f"[{HAN}]", line)) >= SENTENCE_CHARACTERS
        return known and bool(_BEFORE_STOP.search(line))
    clause = _BREAK.split(line)[-1]
    fewest = CLAUSE_START if clause == line else 2
    known = len(re.findall(rf"[{HAN}](?<![{_NUMERALS}])", clause)) >= fewest
    return (known or line[-1] in "%％℃") and not _is_divided(text, position)


def _is_divided(text: str, position: int) -> bool:
    """Whether a dot divides a word, a name or a file's name, or numerals (五.四)."""
    left, right = text[position - 1], text[position + 1]
    if (left in _NUMERALS and right in _NUMERALS) or text[position + 2 : position + 3] == ".":
        return True
    file = _FILE_NAME.match(text, position + 1) is not None
    return file or is_foreign_name(text, position) or _gain_as_one(text, position) >= DIVIDED_GAIN


def _gain_as_one(text: str, position: int) -> float:
    """How much likelier the words on both sides of a mark are without it, in nats."""
    before, after = around(text, position, position + 1, LONGEST_WORD)
    before, after = fold_text(_BREAK.split(before)[-1]), fold_text(_BREAK.split(after)[0])
    if not spans_word(before, after):
        return 0.0
    apart = score(segment(before)) + score(segment(after))
    return score(segment(before + after)) - apart


_DOTS = re.compile(
    rf"(?:\.(?=\.)|。(?=。)|·(?=·)|…(?!…))(?<=[{HAN}”’）》，。].)"
    r"(?:(?<=\.)\.{2,}|(?<=。)。{2,}|(?<=·)·{2,}|(?<=…))"
)


def unify_ellipses(document: DraftText) -> Iterator[Edit]:
    """Three or more dots after Chinese, as the six-dot ellipsis ……"""
    return document.replace_all(_DOTS, "……", "likely")


def unify_title_marks(document: DraftText) -> Iterator[Edit]:
    """Angle brackets around a Chinese title, doubled or around a document's name, as 《 and 》."""
    text = document.text
    places = [_ANGLES.match(text, found.start()) for found in document.search(_ANGLE)]
    for place in {place.end(): place for place in reversed(places) if place}.values():
        if place[1] or is_document(place[5]):
            opened, closed = (1, 3) if place[1] else (4, 6)
            yield Edit(*place.span(opened), "《", "likely")
            yield Edit(*place.span(closed), "》", "likely")


def bracket_years(document: DraftText) -> Iterator[Edit]:
    """The year in the number of an official document, in 〔 〕 (GB/T 9704)."""
    for found in document.search(_YEAR):
        known = document.text[found.start() - 1] in _KINDS
        yield Edit(*found.span(), f"〔{found[1]}〕", "certain" if known else "likely")


def lengthen_dashes(document: DraftText) -> Iterator[Edit]:
    """Hyphens between Chinese, and a single dash between two clauses of a title, as ——.

    A single — between places, dates or numbers is the connecting mark of GB/T 15834 and stays.
    """
    text = document.text
    for found in document.search(_DASH):
        if found[0] not in ("—", "——") and _is_break(text, *found.span()):
            yield Edit(*found.span(), "——", "likely")
    for line in document.lines_of(_CLAUSE_DASH):
        for quoted in _QUOTED.finditer(text, *line):
            for found in _CLAUSE_DASH.finditer(text, *quoted.span()):
                yield Edit(*found.span(), "——", "likely")


def _is_break(text: str, start: int, end: int) -> bool:
    """Whether a dash follows Chinese, or begins a line, and does not stand between figures."""
    before = text[start - 1 : start].strip("\n")
    return bool(_BEFORE_DASH.match(before)) and not (before.isdigit() and text[end].isdigit())
