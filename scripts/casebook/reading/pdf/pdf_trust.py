"""Whether the text of a PDF file can be believed: scans, and fonts that name wrong characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from casebook.reading.forms import UnreadTextError
from casebook.text.characters import HAN, fold_text

SCAN_CHARACTERS = 30
"""Characters of a page below which it has no text, if an image covers it."""

SCAN_IMAGE = 0.4
"""Share of a page that the image of a scan covers at least."""

LEAST_JUDGED = 40
"""Chinese characters from which on their share of frequent ones says something."""

LEAST_FREQUENT = 0.75
"""Share of frequent characters (GB 2312, level 1) in Chinese text; it is 0.97, and 0.6 or less
where a font names its glyphs wrongly."""

MOST_PAIRS, LEAST_PAIRS = 4000, 0.15
"""Pairs of characters that are looked at, and the share of frequent ones in a text that is true in
any case. Of 11,000 passages of modern prose 1 in 100 had less, of those of a newspaper of 1998 1 in
10; of 33,000 with characters exchanged 6 had more. The dictionary, which takes 57 MB, decides then.
"""

MOST_LOOKED_UP, LEAST_WORDS = 600, 0.18
"""Pairs that are looked up, and the share of words among them in a true text. Of 5,000 passages of
60 to 800 characters all of modern prose had 0.25 and more, old novels 0.14; with characters
exchanged 97 in 100 have less, of those with 300 characters 99."""

LEAST_SIGNS = 0.3
"""Share of Western letters and signs beyond ASCII in bytes of GBK that are read as such."""

LEAST_LATIN = 0.5
"""Share of a text in Latin letters that is words and figures."""

MOST_UNNAMED = 0.05
"""Share of characters that a font does not name: U+FFFD, private use, (cid:12)."""

_HAN = re.compile(f"[{HAN}]")
_UNNAMED = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)|[\x01-\x08\x0e-\x1f]")
_LATIN_SIGNS = re.compile("[\u0080-\u00ff]")
_PAIR = re.compile(f"(?=([{HAN}]{{2}}))")
_WORD = re.compile(r"(?<!\S)[(]?(?:[A-Za-z]?[a-z]{1,14}|[A-Z]{2,6}|[\d.,%-]{1,12})[,.;:!?)]*(?!\S)")

_OCR = "文字识别软件（OCR）"
_HERE = "（装上识别组件可以直接导入：make ocr）"
SCANNED = f"PDF 是扫描件，只有图片、没有文字：请用{_OCR}转成 Word 或带文字的 PDF 再导入{_HERE}。"
EMPTY = f"PDF 里没有文字（可能转成了图形）：请用原来的文件，或用{_OCR}转换后再导入{_HERE}。"
LYING = f"PDF 的文字层是乱码，与看到的字不符：请用原来的文件，或用{_OCR}转换后再导入{_HERE}。"


def refuse_untrue(texts: Sequence[str], image_shares: Sequence[float]) -> None:
    """Refuse a document, by the text and the share of images of each page.

    Raises UnreadTextError for a scan, for no text at all, and for text that the page does not show.
    """
    lengths = [len("".join(text.split())) for text in texts]
    if len(scanned_pages(texts, image_shares)) * 2 > len(texts):
        raise UnreadTextError(SCANNED)
    if not sum(lengths):
        raise UnreadTextError(SCANNED if any(image_shares) else EMPTY)
    if not is_true("".join(texts)):
        raise UnreadTextError(LYING)


def scanned_pages(texts: Sequence[str], image_shares: Sequence[float]) -> list[int]:
    """Numbers (from 1) of pages that are an image without text."""
    pages = enumerate(zip(texts, image_shares, strict=True), start=1)
    return [
        number
        for number, (text, share) in pages
        if len("".join(text.split())) < SCAN_CHARACTERS and share >= SCAN_IMAGE
    ]


def untrue_pages(texts: Sequence[str], image_shares: Sequence[float]) -> list[int]:
    """Numbers (from 1) of pages that have to be seen to be read; all where the text lies."""
    if not "".join(texts).strip() or not is_true("".join(texts)):
        return list(range(1, len(texts) + 1))
    return scanned_pages(texts, image_shares)


def is_true(text: str) -> bool:
    """Whether characters are those of Chinese, or of Latin words, and not of a wrong font table."""
    shown = "".join(text.split())
    if len(_LATIN_SIGNS.findall(shown)) > LEAST_SIGNS * len(shown):
        shown = text = read_as_gbk(shown)
    if len(_UNNAMED.findall(shown)) > MOST_UNNAMED * len(shown):
        return False
    han = _HAN.findall(text)
    if len(han) < LEAST_JUDGED:
        return len(han) * 4 > len(shown) or _is_latin(text)
    if _has_frequent_characters(text) and _has_frequent_pairs(text):
        return True
    folded = fold_text(text)  # to simplified script; that loads a converter
    return _has_frequent_characters(folded) and (_has_frequent_pairs(folded) or _has_words(folded))


def read_as_gbk(text: str) -> str:
    """The Chinese text that a font without a table shows as Western letters: È«ÊÀ½ç is 全世界."""
    return text.encode("cp1252", "ignore").decode("gb18030", "ignore")


def _has_frequent_characters(text: str) -> bool:
    """Whether most characters are of level 1 of GB 2312, by their first bytes there."""
    han = "".join(_HAN.findall(text))
    leads = han.encode("gb2312", "ignore")[::2]
    return sum(0xB0 <= lead <= 0xD7 for lead in leads) >= LEAST_FREQUENT * len(han)


@cache
def _frequent_pairs() -> frozenset[str]:
    """The 1,500 most frequent pairs of statutes, news, judgments, letters and manuals."""
    path = Path(__file__).with_name("frequent_pairs.txt")
    return frozenset(path.read_text(encoding="utf-8").split())


def _pairs(text: str, most: int) -> list[str]:
    """The first pairs of characters next to each other."""
    return [place[1] for place in islice(_PAIR.finditer(text), most)]


def _has_frequent_pairs(text: str) -> bool:
    pairs = _pairs(text, MOST_PAIRS)
    return sum(map(_frequent_pairs().__contains__, pairs)) >= LEAST_PAIRS * len(pairs)


def _has_words(text: str) -> bool:
    """Whether characters next to each other make words."""
    from casebook.text.word_frequencies import is_word

    pairs = _pairs(text, MOST_LOOKED_UP)
    return sum(map(is_word, pairs)) >= LEAST_WORDS * len(pairs)


def _is_latin(text: str) -> bool:
    """Whether most of a text are Latin words or figures, as in a document in English."""
    words = sum(map(len, _WORD.findall(text)))
    return words >= LEAST_LATIN * len("".join(text.split()))
