"""Damage as programs and sites do it, for properties that hold over any of it."""

from __future__ import annotations

import quopri
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from opencc import OpenCC
from pypinyin import Style, pinyin

from casebook.text.similar_characters import alternatives

_TO_TRADITIONAL, _TO_SIMPLIFIED = OpenCC("s2tw"), OpenCC("t2s")


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


_MASKS = {
    **{"党建": "dang建", "党组织": "X组织", "中央": "中**央", "政府": "政*府", "公安": "gong安"},
    **{"人民": "人.民", "国家": "国|家", "法院": "法-院", "领导": "领**导", "干部": "gan部"},
}


def masked(text: str) -> str:
    """Fixed terms masked by pinyin, letters and asterisks."""
    return re.sub("|".join(_MASKS), lambda found: _MASKS[found[0]], text)


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


# --- bytes


def _is_private(lead: int, trail: int) -> bool:
    """Whether GBK leaves a pair of bytes to its users: most programs show nothing for it."""
    below = 0xA1 <= lead <= 0xA7 and 0x40 <= trail <= 0xA0 and trail != 0x7F
    return below or (0xA1 <= trail <= 0xFE and (0xAA <= lead <= 0xAF or 0xF8 <= lead <= 0xFE))


def shown_as_gbk(data: bytes) -> str:
    """Bytes as a program shows them that drops private pairs and puts `?` for what is no pair."""
    shown, place = "", 0
    while place < len(data):
        pair = data[place : place + 2]
        if pair[0] < 0x80:
            shown, place = shown + chr(pair[0]), place + 1
        elif len(pair) < 2 or not _is_private(*pair):
            character = pair.decode("gbk", "replace")
            shown += "?" if "\ufffd" in character else character
            place += 1 if pair[-1] < 0x80 and "\ufffd" in character else 2
        else:
            place += 2
    return shown


def utf8_as_gbk_vanished(text: str) -> str:
    """UTF-8 read as GBK, private pairs dropped."""
    return shown_as_gbk(text.encode())


def utf8_as_gb18030(text: str) -> str:
    """UTF-8 read as GB 18030, which has private characters for private pairs."""
    return text.encode().decode("gb18030", "replace").replace("\ufffd", "?")


_MISALIGNED = tuple(map(bytes.fromhex, ("A1A3", "A3A1", "A3BB", "A3BF")))
"""A trail byte and the next lead byte that look like 。！；？: where sites cut sentences."""


def misaligned(text: str) -> str:
    """GBK that lost the byte before what only looks like a mark: A3 A1 (！) in 常” (B3A3 A1B1)."""
    data = text.encode("gbk", "ignore")
    for place in range(len(data)):
        before = shown_as_gbk(data[:place])
        aligned = text.startswith(before) and len(before.encode("gbk")) == place
        if aligned and data[place + 1 : place + 3] in _MISALIGNED and data[place] >= 0x80:
            return f"{before}?{shown_as_gbk(data[place + 1 :])}"
    return text


_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def misaligned_narrow(text: str) -> str:
    """The same on a site that then wrote marks and letters of full width as ASCII."""
    shown = misaligned(text)
    pairs = zip(text, shown, strict=False)
    first = next((place for place, (old, new) in enumerate(pairs) if old != new), 0)
    return shown[:first] + shown[first:].translate(_NARROW) if shown != text else text


def torn(text: str) -> str:
    """Readings injected by bytes: one is put into a character (`旨?xì)w` for 旨歸)."""
    noted = annotated(text)
    for place in range(1, len(noted) - 1):
        before, after = (part.encode("gbk", "ignore") for part in (noted[:place], noted[place:]))
        between = before[-1:] + after[:1]
        false = between.decode("gbk", "ignore")
        if min(between) >= 0x80 and false and _TO_SIMPLIFIED.convert(false) != false:
            return f"{noted[:place]}?{_reading(false)}){shown_as_gbk(after[1:])}"
    return text


def _as_cp1252(data: bytes) -> str:
    """Bytes read as CP1252, those without a character kept as controls, as browsers do."""
    return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)


def utf8_as_browsers_latin1(text: str) -> str:
    """UTF-8 read as browsers read Latin-1."""
    return _as_cp1252(text.encode())


def gbk_as_browsers_latin1(text: str) -> str:
    """GBK read as browsers read Latin-1."""
    return _as_cp1252(text.encode("gb18030"))


def utf8_as_latin1(text: str) -> str:
    """UTF-8 read as Latin-1."""
    return text.encode().decode("latin-1")


def gbk_as_utf8_in_parts(text: str) -> str:
    """GBK read as UTF-8 where its bytes allow that, and as CP1252 elsewhere."""
    parts = re.split(rb"([\xc2-\xdf][\x80-\xbf])", text.encode("gb18030"))
    return "".join(part.decode() if i % 2 else _as_cp1252(part) for i, part in enumerate(parts))


def gbk_without_a_byte(text: str) -> bytes:
    """GBK that lost one byte of a character."""
    data = text.encode("gb18030")
    place = random.Random(text).choice([i for i, byte in enumerate(data) if byte >= 0x80])
    return data[:place] + data[place + 1 :]


# --- characters and pages


def named_entities(text: str) -> str:
    """Quotation marks, dashes and dots as the entities of a web page."""
    names = {"“": "ldquo", "”": "rdquo", "—": "mdash", "…": "hellip", "·": "middot"}
    return "".join(f"&{names[each]};" if each in names else each for each in text)


def numbered_entities(text: str) -> str:
    """Every character as a numeric entity."""
    return "".join(f"&#{ord(each)};" for each in text)


def python_escapes(text: str) -> str:
    r"""Every character as \uXXXX."""
    return text.encode("unicode_escape").decode()


def quoted_printable(text: str) -> str:
    """As mail programs code it, without their line breaks."""
    return quopri.encodestring(text.encode()).decode().replace("=\n", "")


def scanned(text: str) -> str:
    """One character of about 15 taken for one that looks alike."""
    looks: dict[str, str] = {}
    for shown, meant in alternatives().items():
        looks |= {each: looks.get(each, "") + shown for each in meant}
    chance = random.Random(text)
    places = (i for i, each in enumerate(text) if each in looks)
    chosen = {i for i in places if chance.random() < 0.3}
    return "".join(chance.choice(looks[c]) if i in chosen else c for i, c in enumerate(text))


def numbered_pages(text: str) -> str:
    """A page ends in the middle of the text, with its number."""
    return f"{text[: len(text) // 2]}\n— {len(text) % 90 + 1} —\n{text[len(text) // 2 :]}"


DAMAGES: tuple[Callable[[str], str], ...] = (
    *(traditional, annotated, shifted, utf8_as_gbk, gbk_as_latin1, utf8_as_cp1252),
    *(masked, spun, half_width, wrapped, escaped),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of damage to measure: what is damaged, in which script, and how many sentences."""

    name: str
    damage: Callable[[str], str | bytes]
    is_traditional: bool = False
    sentences: int = 1


KINDS = (
    Kind("UTF-8 as GBK, pairs vanish", utf8_as_gbk_vanished),
    Kind("UTF-8 as GB 18030, private kept", utf8_as_gb18030),
    Kind("UTF-8 as GBK, ? for lost pairs", utf8_as_gbk),
    Kind("byte shift, traditional", misaligned, True, 2),
    Kind("byte shift, traditional, narrow", misaligned_narrow, True, 2),
    Kind("byte shift, simplified", misaligned, sentences=2),
    Kind("byte shift, simplified, narrow", misaligned_narrow, sentences=2),
    Kind("UTF-8 as Latin-1", utf8_as_latin1),
    Kind("UTF-8 as CP1252, controls kept", utf8_as_browsers_latin1),
    Kind("UTF-8 as CP1252, bytes lost", utf8_as_cp1252),
    Kind("GBK as Latin-1", gbk_as_latin1),
    Kind("GBK as CP1252, controls kept", gbk_as_browsers_latin1),
    Kind("GBK as UTF-8 in parts", gbk_as_utf8_in_parts),
    Kind("GBK without a byte", gbk_without_a_byte, sentences=3),
    Kind("traditional script", traditional),
    Kind("traditional with readings", annotated),
    Kind("torn readings", torn),
    Kind("half-width marks", half_width),
    Kind("masked terms", masked),
    Kind("spun numerals", spun),
    Kind("hard line breaks", wrapped, sentences=3),
    Kind("page numbers", numbered_pages, sentences=3),
    Kind("named entities", named_entities),
    Kind("numbered entities", numbered_entities),
    Kind("Unicode escapes", python_escapes),
    Kind("percent signs", quote),
    Kind("quoted-printable", quoted_printable),
    Kind("look-alikes of scanners", scanned, sentences=3),
)
"""What `make bench` measures: beside DAMAGES also kinds of which not every sentence is undone."""
