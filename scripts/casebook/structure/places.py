"""Provinces, cities and counties by name, from the table `places.csv`."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from casebook.text.patterns import lazy_pattern
from casebook.text.word_frequencies import find_place_names

LONGEST_NAME = 15
"""Characters of the longest name of a place."""

_PEOPLES = (
    "(?:壮|回|藏|苗|彝|土家|侗|瑶|白|傣|黎|羌|哈尼|蒙古|朝鲜|傈僳|景颇|布依|哈萨克|柯尔克孜)族"
)
_SHORT = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:{_PEOPLES}.*|(?:蒙古)?自治州|市|地区|盟|区|县)$"
)
_WORDS = {
    *("东方", "中山", "大庆", "白银", "朝阳", "安康", "长治", "安顺", "普洱", "保定", "三明"),
    *("南平", "吉安", "海东", "海北", "海南", "海西", "黄山", "红河"),
}
"""Short names of cities that are words, or names of people, too.

These, and the short names of counties, have to be places in the dictionary, or to follow the name
of what they belong to (河北保定, 福州鼓楼).
"""

_BEFORE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[省市州盟区县在以为由让和与从到对自看进来是驻于访]|"
    "总局|中共|国网|集团|公司|银行)$"
)
"""What may stand before a name: nothing, a mark, the end of a larger place, or a preposition."""

_NO_PLACE_AFTER = lazy_pattern(r"精神|路|大道|街(?!道)|大学")
_NO_CITY_AFTER = lazy_pattern(r"[场面值井容域]")
"""What follows where a name is part of another one (延安精神), or 市 of a word (市场)."""


class _Place(NamedTuple):
    province: str
    city: str
    name: str

    @property
    def whole(self) -> str:
        """The place with what it belongs to: 湖南省长沙市岳麓区."""
        return "".join(dict.fromkeys(filter(None, self)))


def list_places() -> list[tuple[str, str, str]]:
    """The rows of the table: a province, a city of it, and its counties, divided by spaces."""
    text = Path(__file__).with_name("places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return [(row["province"], row["city"], row["counties"]) for row in rows]


@cache
def _read_places() -> dict[str, tuple[_Place, ...]]:
    """The cities and counties of each name, and of each without 市, 县 and the like (长沙)."""
    places: dict[str, tuple[_Place, ...]] = {}
    for province, city, counties in list_places():
        own = [_Place(province, city, city)] if city else []
        own += [_Place(province, city, name) for name in counties.split()]
        for place in own:
            short = _SHORT.match(place.name)
            for name in {place.name, short["name"] if short else place.name}:
                places[name] = (*places.get(name, ()), place)
    return places


def list_place_words() -> list[str]:
    """The short names of places that the dictionary has as places, too (长岭 of 长岭县)."""
    names = (name for name, own in _read_places().items() if any(p.name != name for p in own))
    return sorted(name for name in names if [*find_place_names(name)] == [(0, name)])


def find_place(title: str, province: str) -> str:
    """The city or county that a title names, after its province (and city), or ''.

    `province` is the province that the title names, or ''. A name that several places share
    (鼓楼区) counts only if the title names the province or city of one of them.
    """
    found: list[_Place] = []
    position, words = 0, set(find_place_names(title))
    inside = _ends_of_provinces(title)
    while position < len(title):
        name = _read_name(title, position, position in inside)
        known = [p for p in _read_places().get(name, ()) if _agrees(p, province, found)]
        if name in _read_provinces():
            known = []
        elif position not in inside and (position, name) not in words:
            known = [place for place in known if _is_plain(name, place)]
        position += len(name) or 1
        if len({(place.province, place.city) for place in known}) == 1:
            same = [place for place in known if place.name == place.city] or known
            found += same if len(same) == 1 else []
            inside.add(position)
    return max(found, key=lambda place: place.name != place.city).whole if found else ""


def _is_plain(name: str, place: _Place) -> bool:
    """Whether a name can only be that of a place: whole, or of a city and no word."""
    return name == place.name or (place.name == place.city and name not in _WORDS)


def _ends_of_provinces(title: str) -> set[int]:
    """The positions of a title before which a province, with 省 or without, is named."""
    return {found.end() for found in re.finditer(f"(?:{'|'.join(_read_provinces())})省?", title)}


def starts_with_place(name: str) -> bool:
    """Whether a name opens with a place that the table or the list of provinces has."""
    return bool(_read_name(name, 0, False)) or name.startswith(_read_provinces())


def _agrees(place: _Place, province: str, found: list[_Place]) -> bool:
    """Whether a place lies in the province, and in the city, that was named before it."""
    return province in ("", place.province) and (not found or found[-1].city == place.city)


def _read_name(title: str, position: int, inside: bool) -> str:
    """The longest name of a place that begins at a position of a title, or ''.

    `inside` is whether the name of a larger place ends there. A name inside a word is none: 城市 in
    新城市, 海城市 in 上海城市.
    """
    places = _read_places()
    if not (inside or _BEFORE.search(title[:position])):
        return ""
    for length in range(LONGEST_NAME, 1, -1):
        name, after = title[position : position + length], title[position + length :]
        if len(name) == length and name in places:
            outside = _NO_CITY_AFTER if name[-1] in "市县" else _NO_PLACE_AFTER
            if not outside.match(after):
                return name
    return ""


@cache
def _read_provinces() -> tuple[str, ...]:
    """The short names of the provinces: 湖南, 内蒙古."""
    provinces = {place.province for own in _read_places().values() for place in own}
    return tuple(sorted(name[: 3 if name[0] in "内黑" else 2] for name in provinces))
