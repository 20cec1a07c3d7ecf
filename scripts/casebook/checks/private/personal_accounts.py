"""Accounts, e-mail addresses and plates of cars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.checks.private.private_finding import FoldedFinding
from casebook.checks.private.private_words import list_words
from casebook.checks.private.surroundings import Surroundings

_HOST_WORD = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"
_DOT = r"(?:[.。]| ?[(\[](?:dot|点)[)\]] ?| (?:dot|DOT) )"
_EMAIL = re.compile(
    r"(?P<user>[A-Za-z0-9._%+-](?<![A-Za-z0-9._%+/-].)[A-Za-z0-9._%+-]{0,63})"
    r"(?:(?P<plain>@)| ?(?P<other>@|#|[(\[{<【](?:at|AT|a|@|#)[)\]}>】]| AT | at ) ?)"
    rf"(?P<host>{_HOST_WORD})(?:{_DOT}{_HOST_WORD}){{0,4}}{_DOT}(?P<top>[A-Za-z]{{2,18}})(?![A-Za-z0-9@])"
)
_USUAL_TOPS = ("com", "cn", "net", "org", "gov", "edu")

_ACCOUNT = re.compile(
    r"[A-Za-z1-9](?:(?<![A-Za-z0-9_].)"
    r"(?:(?<=[A-Za-z])(?!(?<=[Qq])[Qq]\d)[-_A-Za-z0-9]{5,19}|(?<=[1-9])\d{4,11})"
    r"|(?<=[Qq]{2}[1-9])\d{4,11})(?![-_A-Za-z0-9*])"
)
_AFTER_LABEL = ":=(为是号 D"
_MICROBLOG = re.compile(r"微博(?<!官方微博)(?:号|账号|名)?:(?P<name>@[\w-]{2,20})")

_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][ ·.-]?"
    r"(?:[A-HJK]\d{5}|\d{5}[A-HJK]|(?P<body>[A-HJ-NP-Z0-9]{5})|\d{4}[学警挂港澳])(?![A-Za-z0-9*])"
)
_VEHICLE_AFTER = re.compile(r"[^\n,。;]{0,6}?(?:车|驾驶|司机)")
_NUMBER_AFTER = re.compile(" ?[号类级]")


def find_accounts(page: Surroundings) -> Iterator[FoldedFinding]:
    """Accounts with their label, e-mail addresses, and plates of cars."""
    yield from _find_emails(page)
    yield from _find_labelled_accounts(page)
    for found in _MICROBLOG.finditer(page.text):
        yield FoldedFinding("account", *found.span("name"), certain=False)
    yield from _find_plates(page)


def _find_emails(page: Surroundings) -> Iterator[FoldedFinding]:
    for found in _EMAIL.finditer(page.text):
        top = found["top"].lower()
        made_up = _is_placeholder(found["user"]) or _is_placeholder(found["host"])
        if made_up or top in list_words("file_endings"):
            continue
        certain = bool(found["plain"]) or page.has_label("email", found.start())
        if certain or (top in _USUAL_TOPS and found["other"] != " at "):
            yield FoldedFinding("email", *found.span(), certain)


def _is_placeholder(name: str) -> bool:
    return not name.strip("xX*._-") or name == "git"


def _find_labelled_accounts(page: Surroundings) -> Iterator[FoldedFinding]:
    for found in _ACCOUNT.finditer(page.text):
        name, (start, end) = found[0], found.span()
        if _is_placeholder(name) or name.lower() in list_words("no_accounts"):
            continue
        personal = page.has_label("personal-account", start)
        if personal or page.has_label("group-account", start):
            divided = page.text[start - 1] in _AFTER_LABEL
            if not page.is_amount(start, end) and (not name.isalpha() or divided):
                yield FoldedFinding("account", start, end, personal)


def _find_plates(page: Surroundings) -> Iterator[FoldedFinding]:
    for found in _PLATE.finditer(page.text):
        start, end = found.span()
        if found["body"] and sum(map(str.isdigit, found["body"])) < 2:
            continue
        proved = (
            page.has_label("plate", start)
            or "车" in page.text[max(0, start - 6) : start]
            or bool(_VEHICLE_AFTER.match(page.text, end))
        )
        if proved or not (page.is_amount(start, end) or _NUMBER_AFTER.match(page.text, end)):
            yield FoldedFinding("plate", start, end, proved)
