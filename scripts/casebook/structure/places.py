"""Provinces, cities and counties by name, from the table `places.csv`."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
"""Short names of cities that are words, names of people or of several places."""

_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[省市州盟区县在以为由让和与从到对自看进来是驻于访])$")
"""What may stand before a name: nothing, a mark, the end of a larger place, or a preposition."""

_NO_PLACE_AFTER = re.compile(r"精神|路|大道|街(?!道)|大学")
_NO_CITY_AFTER = re.compile(r"[场面值井容]")
"""What follows where a name is part of another one (延安精神), or 市 of a word (市场)."""


class _Place(NamedTuple):
    province: str
    city: str
    name: str

    @property
    def whole(self) -> str:
        """The place with what it belongs to: 湖南省长沙市岳麓区."""
        return "".join(dict.fromkeys(filter(None, self)))


@cache
def _read_places() -> dict[str, tuple[_Place, ...]]:
    """The cities and counties of each name. Short names (长沙) are those of cities alone."""
    text = Path(__file__).with_name("places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    places: dict[str, tuple[_Place, ...]] = {}
    for row in rows:
        province, city = row["province"], row["city"]
        own = [_Place(province, city, city)] if city else []
        own += [_Place(province, city, name) for name in row["counties"].split()]
        for place in own:
            short = _SHORT.match(place.name) if place.name == city else None
            names = {place.name, short["name"] if short else place.name} - _WORDS
            for name in names:
                places[name] = (*places.get(name, ()), place)
    return places


def find_place(title: str, province: str) -> str:
    """The city or county that a title names, after its province (and city), or ''.

    `province` is the province that the title names, or ''. A name that several places share
    (鼓楼区) counts only if the title names the province or city of one of them.
    """
    found: list[_Place] = []
    position = 0
    while position < len(title):
        name = _read_name(title, position)
        known = [p for p in _read_places().get(name, ()) if _agrees(p, province, found)]
        if len(known) == 1:
            found.append(known[0])
        position += len(name) or 1
    return max(found, key=lambda place: place.name != place.city).whole if found else ""


def starts_with_place(name: str) -> bool:
    """Whether a name opens with a place that the table or the list of provinces has."""
    return bool(_read_name(name, 0)) or name.startswith(_read_provinces())


def _agrees(place: _Place, province: str, found: list[_Place]) -> bool:
    """Whether a place lies in the province, and in the city, that was named before it."""
    return province in ("", place.province) and (not found or found[-1].city == place.city)


def _read_name(title: str, position: int) -> str:
    """The longest name of a place that begins at a position of a title, or ''.

    A name inside a word is none: 城市 in 新城市, 海城市 in 上海城市.
    """
    places, before = _read_places(), title[:position]
    if not (_BEFORE.search(before) or before.endswith(_read_provinces())):
        return ""
    for length in range(LONGEST_NAME, 1, -1):
        name, after = title[position : position + length], title[position + length :]
        if len(name) == length and name in places:
            outside = _NO_CITY_AFTER if name.endswith("市") else _NO_PLACE_AFTER
            return "" if outside.match(after) else name
    return ""


@cache
def _read_provinces() -> tuple[str, ...]:
    """The short names of the provinces: 湖南, 内蒙古."""
    provinces = {place.province for own in _read_places().values() for place in own}
    return tuple(sorted(name[: 3 if name[0] in "内黑" else 2] for name in provinces))
