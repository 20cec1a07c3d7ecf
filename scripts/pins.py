"""What requirements.lock pins: packages with the hashes of their files, and who requires them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PIN = re.compile(r"^(?P<name>[\w.-]+)(?:\[.*?\])?==.*\n(?: .*\n)*", re.M)
"""A version of a package in the lock: its line, the hashes of its files, who requires it."""

_REQUIRED_BY = re.compile(r"^ +# (?:via | +)(-r \S+|[\w.-]+)", re.M)
"""One that requires the package above: a list of dependencies, or another package."""


def canonical(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names_of(pins: str) -> set[str]:
    """The canonical names of the packages that are pinned."""
    return {canonical(pin["name"]) for pin in _PIN.finditer(pins)}


def pins_of(lock: str, lists: Sequence[str]) -> str:
    """The part of a lock that some lists need, by its notes of what requires each package.

    pip refuses to install what such a package requires and the lock does not pin.
    """
    pins = [(m["name"], set(_REQUIRED_BY.findall(m[0])), m[0]) for m in _PIN.finditer(lock)]
    wanted = {f"-r {name}" for name in lists}
    while more := {name for name, required_by, _ in pins if required_by & wanted} - wanted:
        wanted |= more
    return "".join(lines for name, _, lines in pins if name in wanted)
