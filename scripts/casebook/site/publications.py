"""Where a case was published before it came here: what a reader cites first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casebook.model import Case

_NEWSPAPER = re.compile("报$")
_JOURNAL = re.compile("(?:刊|杂志|学报|文摘|通讯|内参)$")
_SITE = re.compile("(?:网|网站|客户端|公众号|微信|电视台|电台|出版社|新华社|门户)$")
_QUOTED = re.compile("^《(.+)》$")


@dataclass(frozen=True, slots=True)
class Publication:
    """An original publication: its name and its address; one of them may be ''.

    `carrier` is its code in GB/T 7714-2015, table B.1: N a newspaper, J a journal, EB other.
    """

    name: str
    url: str
    carrier: str

    @property
    def described(self) -> str:
        """The name and the address in words."""
        return "，".join(filter(None, (self.name, self.url)))


def find_publication(case: Case) -> Publication | None:
    """The first source that is published somewhere; 本单位撰写 names no publication."""
    for source in case.sources:
        name = _QUOTED.sub(r"\1", source.name)
        carrier = _name_carrier(name)
        if source.url.startswith(("http://", "https://")):
            return Publication(name if carrier else "", source.url, carrier or "EB")
        if carrier and not source.file:
            return Publication(name, "", carrier)
    return None


def _name_carrier(name: str) -> str:
    """The carrier that the name of a place says; '' for what is no publication."""
    for code, pattern in (("N", _NEWSPAPER), ("J", _JOURNAL), ("EB", _SITE)):
        if pattern.search(name):
            return code
    return ""
