"""Punctuation, spaces, codes and figures."""

from __future__ import annotations

import re

from casebook.text.characters import HAN

CHINESE = f"{HAN}\u3001-\u303f\uff00-\uffef“”‘’…—"
"""Chinese characters and marks, as the inside of a character class."""

IS_CHINESE = re.compile(f"[{CHINESE}]")
