"""Letters of symbol fonts and pictographs that stand before items as bullets."""

from __future__ import annotations

import re
from collections import Counter

from casebook.repair.draft_text import DraftText, RuleResult
from casebook.repair.edits import Edit
from casebook.text.characters import HAN

_LETTER = re.compile(
    rf"^[ \t\u3000]*([Øü§Ÿ]|[lnuvqwo](?=[ \t\u3000]))([ \t\u3000]{{0,12}})"
    rf"(?=[“《（{HAN}]|(?<=  )\d|(?<=[\t\u3000])\d)",
    re.M,
)
"""What Wingdings shows as an arrow, a tick, a dot or a square is a letter in other fonts."""

_OWN_LETTERS = "Øü§Ÿ"
"""Letters with which no Chinese line begins; the others explain the signs of a formula, too."""

_PICTOGRAPH = re.compile(
    "^[ \t\u3000]*((?:(?:[\U0001f300-\U0001f5ff\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb"
    "\U0001f900-\U0001faff✅✨⭐⚡❗]|[\u2600-\u27bf▶➡](?=\ufe0f))\ufe0f?){1,3})[ \t\u3000]*"
    f"(?=[“《（【{HAN}\\d][^\n]{{5}})",
    re.M,
)
_TELLING = re.compile("[❌✖❎⭕❓☑☀☁🌧🌤]|[🟢🟡🟠🔵][^\n]*[🔴🟢🟡🟠🔵]|🔴[^\n]*[🟢🟡🟠🔵]")
"""Pictographs that say something in front of an item: done or not, the weather, a level."""

FEWEST_BULLETS = 2
"""Lines that such signs open at least: a single one may be anything."""

FEWEST_OF_A_LETTER = 3
"""Lines that the same small letter opens at least: formulas explain each letter once."""


def remove_symbol_bullets(document: DraftText) -> RuleResult:
    """Remove letters and pictographs in front of several lines; a pictograph that tells stays."""
    text = document.text
    letters = list(_LETTER.finditer(text))
    counts = Counter(found[1] for found in letters)
    own = sum(counts[letter] for letter in _OWN_LETTERS)
    bullets = [
        found
        for found in letters
        if (found[1] in _OWN_LETTERS and own >= FEWEST_BULLETS)
        or counts[found[1]] >= FEWEST_OF_A_LETTER
        or (found[2] not in ("", " ") and max(own, counts[found[1]]) >= FEWEST_BULLETS)
    ]
    pictographs = [] if text.isascii() else list(_PICTOGRAPH.finditer(text))
    signs = "".join(dict.fromkeys(found[1] for found in pictographs))
    if len(pictographs) >= FEWEST_BULLETS and not _TELLING.search(signs):
        bullets += pictographs
    edits = sorted(Edit(*found.span(), "", "likely") for found in bullets)
    return RuleResult(tuple(edits))
