"""Damage as programs and sites do it, for properties that hold over any of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from opencc import OpenCC
from pypinyin import Style, pinyin

_TO_TRADITIONAL = OpenCC("s2tw")


def traditional(text: str) -> str:
    """Converted to traditional script."""
    return str(_TO_TRADITIONAL.convert(text))


def annotated(text: str) -> str:
    """Traditional script with a reading after each character that the conversion changed."""
    pairs = zip(text, traditional(text), strict=True)
    return "".join(new + (f"({_reading(new)})" if new != old else "") for old, new in pairs)


def _reading(character: str) -> str:
    return str(pinyin(character, style=Style.TONE)[0][0])


def shifted(text: str) -> str:
    """GBK of which the lead byte of the first full stop is lost, up to the line's end."""
    data = text.encode("gb18030")
    place = data.find("。".encode("gb18030"))
    return (data[:place] + data[place + 1 :]).decode("gb18030", "replace") if place >= 0 else text


def utf8_as_gbk(text: str) -> str:
    """UTF-8 read as GBK, with `?` for pairs that have no character."""
    return text.encode().decode("gbk", "replace").replace("\ufffd", "?")


def gbk_as_latin1(text: str) -> str:
    """GBK read as Latin-1."""
    return text.encode("gb18030").decode("latin-1")


def utf8_as_cp1252(text: str) -> str:
    """UTF-8 read as CP1252, bytes without a character dropped."""
    return text.encode().decode("cp1252", "ignore")


def masked(text: str) -> str:
    """Fixed terms masked by pinyin, letters and asterisks."""
    return text.replace("党建", "dang建").replace("党组织", "X组织").replace("中央", "中**央")


def spun(text: str) -> str:
    """Numerals as on banknotes, but for those in parentheses."""
    return re.sub("(?<!（)[一二三]", lambda found: "壹贰叁"["一二三".index(found[0])], text)


def half_width(text: str) -> str:
    """Marks of half width, straight quotes."""
    return text.translate(str.maketrans("，；：！？（）“”。", ',;:!?()"".'))


def wrapped(text: str) -> str:
    """Broken every 20 characters."""
    return "\n".join(text[i : i + 20] for i in range(0, len(text), 20))


def escaped(text: str) -> str:
    """Characters of a web page."""
    return text.replace("“", "&ldquo;").replace("”", "&rdquo;").replace("。", "。<br/>&nbsp;")


DAMAGES: tuple[Callable[[str], str], ...] = (
    *(traditional, annotated, shifted, utf8_as_gbk, gbk_as_latin1, utf8_as_cp1252),
    *(masked, spun, half_width, wrapped, escaped),
)
