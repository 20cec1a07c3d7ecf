"""Radicals of Unicode that PDF files have in the place of characters: ⼈⺠ for 人民."""

from __future__ import annotations

import re
from unicodedata import normalize

RADICALS = "\u2e80-\u2fdf"
"""Radicals of CJK and of the Kangxi dictionary, as the inside of a character class."""

_SUPPLEMENT = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
    "肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
"""The characters of the supplement (U+2E81 on), from Unicode's EquivalentUnifiedIdeograph.txt.

Normalization (NFKC) changes only two of them, but all of the Kangxi dictionary.
"""

_RADICAL = re.compile(f"[{RADICALS}]")


def unify_radicals(text: str) -> str:
    """The text with the character that each radical is the shape of."""
    return _RADICAL.sub(lambda place: unify_radical(place[0]), text)


def unify_radical(character: str) -> str:
    """The character that a radical or a compatibility form is the shape of."""
    return normalize("NFKC", character.translate(_SUPPLEMENT))
