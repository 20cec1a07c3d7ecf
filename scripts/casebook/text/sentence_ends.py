"""Marks that end a sentence, for character classes and membership tests.

A half-width full stop is in none of them: it is a decimal point, too.
"""

from __future__ import annotations

FULL_STOPS = "。！？"
"""Marks that end a whole sentence."""

SENTENCE_ENDS = f"{FULL_STOPS}；"
"""Marks after which official prose begins a new statement; an enumeration is divided by ；."""

HALF_WIDTH_ENDS = "!?;"
"""The same marks as typed on a Latin keyboard."""

ANY_SENTENCE_ENDS = f"{SENTENCE_ENDS}{HALF_WIDTH_ENDS}"

CLOSING_MARKS = "”’」』）)"
"""Marks that stay with the sentence before them."""

LINE_ENDS = f"{SENTENCE_ENDS}：”）…"
"""Marks that end a line of prose on purpose: after any other character it may have been cut."""
