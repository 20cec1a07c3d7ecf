"""Private text in a text by line and column, without the text itself, so that it may be cached."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebook.checks.private import find_private
from casebook.checks.private.private_finding import PrivateFinding
from casebook.checks.rules import CHECK_RULES_BY_ID
from casebook.model import Severity

_STRING_OR_SIGN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[^"\n]')


@dataclass(frozen=True, slots=True)
class PrivatePlace:
    """Where private text was found: line and column count from 1.

    `said` names it, masked. `key` is equal for two writings of one value, and gives neither away.
    """

    rule: str
    severity: Severity
    line: int
    column: int
    said: str
    key: str


def list_places(text: str, found: Iterable[PrivateFinding] | None = None) -> Iterator[PrivatePlace]:
    """The places of what was `found` in a text, or of all private text in it."""
    starts = [0, *(each.end() for each in re.finditer("\n", text))]
    for each in find_private(text) if found is None else found:
        line = bisect_right(starts, each.start)
        column = each.start - starts[line - 1] + 1
        said, key = name_private(each), make_key(each, text)
        yield PrivatePlace(each.rule, each.severity, line, column, said, key)


def list_places_in_json(text: str) -> Iterator[PrivatePlace]:
    """The same for the strings of a JSON text: its numbers are offsets and counts."""
    kept = _STRING_OR_SIGN.sub(lambda part: part[0] if len(part[0]) > 1 else " ", text)
    return list_places(kept)


def name_private(found: PrivateFinding) -> str:
    """What was found, masked: the first half of a sentence."""
    name = CHECK_RULES_BY_ID[found.rule].meaning.removeprefix("有")
    return f"疑似{name}（{found.masked}）"


def make_key(found: PrivateFinding, text: str) -> str:
    """A hash of the rule and of the letters and figures of the value, however they are set."""
    value = unicodedata.normalize("NFKC", text[found.start : found.end]).casefold()
    folded = "".join(filter(str.isalnum, value))
    return hashlib.sha256(f"{found.rule}\n{folded}".encode()).hexdigest()[:24]
