"""Marks that end a sentence, for character classes and membership tests.

A half-width full stop is in none of them: it is a decimal point, too.
"""

from __future__ import annotations

from casebook.text.patterns import lazy_pattern

FULL_STOPS = "。！？"
"""Marks that end a whole sentence."""

STATEMENT_ENDS = "。！!"
"""Marks that end a statement. A heading may well be a question."""

SENTENCE_ENDS = f"{FULL_STOPS}；"
"""Marks after which official prose begins a new statement; an enumeration is divided by ；."""

HALF_WIDTH_ENDS = "!?;"
"""The same marks as typed on a Latin keyboard."""

ANY_SENTENCE_ENDS = f"{SENTENCE_ENDS}{HALF_WIDTH_ENDS}"

CLOSING_MARKS = "”’」』）)"
"""Marks that stay with the sentence before them."""

LINE_ENDS = f"{SENTENCE_ENDS}：”）…"
"""Marks that end a line of prose on purpose: after any other character it may have been cut."""

ASKING = lazy_pattern(
    "什么|怎|为何|如何|哪|谁|几|多少|是否|能否|可否|有没有|还是|难道|岂|何[处时以在]|咋|啥"
    "|[吗呢么吧啊嘛乎耶哉]$|[吗呢]|孰|安[能得敢可]|([一-\u9fff])[不没]\\1"
)
"""Words of a question; a question mark after a clause without any may have been another sign."""
