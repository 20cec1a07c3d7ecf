"""What stands around the text of printed pages: running heads, page numbers, watermarks, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, product

from casebook.reading.pdf.pdf_drawings import Rule
from casebook.reading.pdf.pdf_lines import (
    LOWERED,
    RAISED,
    Run,
    TextLine,
    is_stand_in,
    set_lines,
)

ZONE = 0.16
"""Share of a page's height, at its top and at its bottom, in which running heads stand."""

MOST_HEADS, MOST_CHARACTERS = 4, 200
"""Lines of a running head or foot, and characters of one of them."""

FIRST_NUMBERS, LAST_NUMBERS = 2, 3
"""Numbers at the ends of a running head that may be the page's; an address has others between."""

FEWEST_MARKS, MARKED_SHARE = 3, 0.6
"""Pages, and their share, on which a watermark stands in the same place."""

MOST_ASIDE = 0.5
"""Share of the text above which what repeats is text."""

_SAME_PLACE = 7.0
"""Points by which a running head may move from page to page."""

_NUMBER = r"[0-9０-９]{1,4}|[〇零一二三四五六七八九十百]{1,5}|[ivxlIVXLⅠ-Ⅻⅰ-ⅻ]{1,7}"
_PAGE_NUMBER = re.compile(
    rf"[-—–―－·•.．~～\s|]*(?:第\s*(?:{_NUMBER})\s*页|(?:{_NUMBER})\s*页?)"
    rf"(?:\s*[/／,，|]?\s*共?\s*(?:{_NUMBER})\s*页?)?[-—–―－·•.．~～\s|]*"
    rf"|Page\s*\d{{1,4}}(?:\s*(?:of|/)\s*\d{{1,4}})?",
    re.IGNORECASE,
)
_DRESSED = re.compile(
    r"第.*页|[-—–―－·].*[0-9０-９].*[-—–―－·]|[0-9]\s*/\s*[0-9]|Page", re.IGNORECASE
)
"""A page number that is nothing else, even on one page."""

_DIGITS = re.compile("[0-9０-９]+")
_SPACES = re.compile(r"\s+")

NOTE_SIZE = 0.92
"""Share of the text's size that notes at the foot have at most."""

_NOTE_MARK = re.compile(
    f"(?:{RAISED})?\\s*([①-⑳]|[\\[［〔][0-9]{{1,3}}[\\]］〕]|[*＊†]|[0-9]{{1,3}})[\\s.．]*(?:{LOWERED})?"
)
_RAISED_TEXT = re.compile(f"{RAISED}([^{LOWERED}]*){LOWERED}")


@dataclass(slots=True)
class Page:
    """A page as its parts are found: `runs` of its text, and the lines `around` it, by place.

    `number` counts from 1.
    """

    number: int
    width: float
    height: float
    runs: list[Run]
    rules: list[Rule]
    above: list[TextLine] = field(default_factory=list)
    below: list[TextLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of its runs, without order."""
        return " ".join(run.text for run in self.runs)


def set_margins_aside(pages: Sequence[Page]) -> None:
    """Move running heads, page numbers and watermarks from the runs of pages to their margins.

    Pages that would lose most of their text are copies of each other and keep it.
    """
    whole = [page.runs for page in pages]
    marks = _find_watermarks(pages)
    for page, own in zip(pages, marks, strict=True):
        page.runs = [run for run in page.runs if run not in own]
    margins = list(_find_margins(pages))
    aside = sum(len(line.text) for above, below in margins for line in (*above, *below))
    aside += sum(len(run.text) for own in marks for run in own)
    if aside > MOST_ASIDE * sum(len(run.text) for runs in whole for run in runs):
        for page, runs in zip(pages, whole, strict=True):
            page.runs = runs
        return
    for page, own, (above, below) in zip(pages, marks, margins, strict=True):
        page.above += above
        page.below += [*set_lines(own), *below]
        _drop(page, [*above, *below])


def _find_margins(pages: Sequence[Page]) -> Iterator[tuple[list[TextLine], list[TextLine]]]:
    """The lines above and below the text of each page."""
    rows = [set_lines(page.runs) for page in pages]
    pairs = list(zip(pages, rows, strict=True))
    keys = _count_keys(pairs)
    offsets = Counter(_offsets(pages, rows))
    for page, lines in pairs:
        heads = _outer(page, lines, keys, offsets, len(pages))
        feet = _outer(page, lines[::-1], keys, offsets, len(pages))[::-1]
        yield heads, [line for line in feet if line not in heads]


def _drop(page: Page, lines: Sequence[TextLine]) -> None:
    spans = [(line.base - 0.5 * line.size, line.base + 0.9 * line.size) for line in lines]
    page.runs = [
        run for run in page.runs if not any(low <= run.base <= high for low, high in spans)
    ]


def _find_watermarks(pages: Sequence[Page]) -> list[list[Run]]:
    """Texts in the same place of most pages, not at their edges, by page."""
    places = Counter(place for page in pages for place in {_place(run) for run in page.runs})
    least = max(FEWEST_MARKS, MARKED_SHARE * len(pages))
    return [
        [run for run in page.runs if places[_place(run)] >= least and not _zone(page, run.base)]
        for page in pages
    ]


def _place(run: Run) -> tuple[str, int, int]:
    return run.text, round(run.left), round(run.base)


def _zone(page: Page, base: float) -> str:
    if base > (1 - ZONE) * page.height:
        return "top"
    return "bottom" if base < ZONE * page.height else ""


def _keys(page: Page, line: TextLine) -> Iterator[tuple[str, str, int]]:
    """A line by its zone and place, in all readings of its numbers: as they are, or as the page's.

    第3页 共12页 has the page's number and another; those of notes and lists are neither.
    """
    zone, height = _zone(page, line.base), int(line.base / _SAME_PLACE)
    text = _SPACES.sub("", line.text)
    numbers = _DIGITS.findall(text)
    if not zone or len(text) > MOST_CHARACTERS:
        return
    pieces = _DIGITS.split(text)
    fixed = range(FIRST_NUMBERS, len(numbers) - LAST_NUMBERS)
    readings = [
        (number,) if place in fixed else (number, f"#{int(number) - page.number}")
        for place, number in enumerate(numbers)
    ]
    for chosen in product(*readings):
        read = "".join(chain.from_iterable(zip(pieces, [*chosen, ""], strict=True)))
        yield zone, read, height


def _count_keys(pages: Sequence[tuple[Page, Sequence[TextLine]]]) -> Counter[tuple[str, str, int]]:
    """How often the outermost lines of pages stand at a place or near it."""
    found: Counter[tuple[str, str, int]] = Counter()
    for page, lines in pages:
        outer = {*lines[:MOST_HEADS], *lines[-MOST_HEADS:]}
        for zone, read, height in {key for line in outer for key in _keys(page, line)}:
            found.update((zone, read, height + near) for near in (-1, 0, 1))
    return found


def _offsets(pages: Sequence[Page], rows: Sequence[Sequence[TextLine]]) -> Iterator[int]:
    """Page numbers that stand alone at the edge of pages, less the pages' own."""
    for page, lines in zip(pages, rows, strict=True):
        for line in {*lines[:1], *lines[-1:]}:
            if (number := _bare_number(line)) is not None:
                yield number - page.number


def _bare_number(line: TextLine) -> int | None:
    text = _DIGITS.findall(line.text)
    return int(text[0]) if text and _PAGE_NUMBER.fullmatch(line.text) else None


def _outer(
    page: Page,
    lines: Sequence[TextLine],
    keys: Counter[tuple[str, str, int]],
    offsets: Counter[int],
    count: int,
) -> list[TextLine]:
    """The lines around the text, from the edge inwards up to the first one of the text."""
    found: list[TextLine] = []
    least = 2 if count <= 4 else max(3, count // 8)
    for place, line in enumerate(lines[:MOST_HEADS]):
        repeated = any(keys[key] >= least for key in _keys(page, line))
        if not (repeated or _is_page_number(page, line, lines, place, offsets)):
            break
        found.append(line)
    return found


def _is_page_number(
    page: Page, line: TextLine, lines: Sequence[TextLine], place: int, offsets: Counter[int]
) -> bool:
    """Whether a line is the number of its page: dressed, counted on, or far from the text."""
    if not _zone(page, line.base) or not _PAGE_NUMBER.fullmatch(line.text):
        return False
    number = _bare_number(line)
    if _DRESSED.search(line.text) or (number is not None and offsets[number - page.number] >= 2):
        return True
    inner = lines[place + 1 : place + 2]
    far = not inner or abs(inner[0].base - line.base) > 2.2 * inner[0].size
    return far and (number is None or number <= 2000) and _is_centered(page, line)


def _is_centered(page: Page, line: TextLine) -> bool:
    return abs((line.left + line.right) / 2 - page.width / 2) < 0.1 * page.width


def split_notes(
    lines: Sequence[TextLine], rules: Sequence[Rule], size: float
) -> tuple[list[TextLine], list[TextLine]]:
    """The lines of a column, and those of notes at its foot: smaller than its text of `size`.

    A short rule stands above them, or the first of them has a mark.
    """
    start = len(lines)
    while start and lines[start - 1].size <= NOTE_SIZE * size:
        if is_stand_in(lines[start - 1]):
            break
        start -= 1
    for place in range(start, len(lines)):
        marked = _NOTE_MARK.match(lines[place].text)
        if _is_under_rule(lines, place, rules) or marked:
            return list(lines[:place]), list(lines[place:])
    return list(lines), []


def _is_under_rule(lines: Sequence[TextLine], place: int, rules: Sequence[Rule]) -> bool:
    top = lines[place - 1].base if place else float("inf")
    line = lines[place]
    between = (rule for rule in rules if rule.is_level and line.base < rule.bottom < top)
    return any(abs(rule.left - line.left) < 3 * line.size for rule in between)


def note_mark(line: TextLine) -> str:
    """The mark with which the first line of a note begins, or ''."""
    found = _NOTE_MARK.match(line.text)
    return found[1] if found else ""


def settle_raised(text: str, marks: Collection[str]) -> str:
    """A line's text with raised marks that have a note as [1]; other raised text stays."""
    return _RAISED_TEXT.sub(lambda place: _settled(place[1].strip(), marks), text)


def _settled(raised: str, marks: Collection[str]) -> str:
    return f"[{raised}]" if raised.isdecimal() and raised in marks else raised


def settle_note(text: str) -> str:
    """The first line of a note, its number as in the text: [1] 参见…"""
    found = _NOTE_MARK.match(text)
    if not found or not found[1].isdecimal():
        return settle_raised(text, ())
    return f"[{found[1]}] {settle_raised(text[found.end() :], ()).lstrip()}"
