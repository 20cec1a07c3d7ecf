"""Punctuation, spaces, codes and figures."""

from __future__ import annotations

from casebook.text.characters import HAN
from casebook.text.patterns import lazy_pattern

CHINESE = f"{HAN}\u3001-\u303f\uff00-\uffef“”‘’…—"
"""Chinese characters and marks, as the inside of a character class."""

IS_CHINESE = lazy_pattern(f"[{CHINESE}]")
