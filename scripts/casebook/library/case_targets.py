"""Links from a case to another one: `[文字](qingyu.md)`, or to an item of it, with `#k7f2`.

They are written as on disk, where editors and code hosts follow them; pages lead to the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_TARGET = re.compile(
    r"(?:\./)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\.md(?:#(?P<anchor>[a-z][a-z0-9-]*))?"
)

_ADDRESS = re.compile(r"(?:[^:]*/)?([a-z0-9-]{1,99})\.(?:md|html)(?:#[^#]{0,99})?")
"""A path or an address within the site that ends with a page's name."""

_LINK = re.compile(
    r"(?<!\\)\[(?P<text>(?:[^\[\]\\\n]|\\.){0,500})\]"
    r"\((?P<before>\s*<?(?:\./)?)(?P<target>[a-z0-9-]+\.md(?:#[a-z0-9-]+)?)"
    r"(?P<after>[>\s][^()\n]{0,200})?\)"
)
"""A link in Markdown to a case."""


class CaseTarget(NamedTuple):
    """What a link leads to: a case, or the block of it with that anchor."""

    id: str
    anchor: str = ""


def read_case_target(target: str) -> CaseTarget | None:
    """The case that a link target names; None for any other target.

    >>> read_case_target("qingyu.md#k7f2"), read_case_target("https://example.org/a.md")
    (CaseTarget(id='qingyu', anchor='k7f2'), None)
    """
    found = _TARGET.fullmatch(target)
    return CaseTarget(found["id"], found["anchor"] or "") if found else None


def guess_case_file(target: str) -> str:
    """The name of the case file that a wrong target may mean; '' if it means none.

    >>> guess_case_file("../cases/qingyu.html#k7f2")
    'qingyu.md'
    """
    found = _ADDRESS.fullmatch(target)
    return f"{found[1]}.md" if found else ""


def retarget_links(text: str, follow: Callable[[CaseTarget], CaseTarget | None]) -> str:
    """A text whose links to cases lead where `follow` says; None for one that becomes its text.

    >>> retarget_links("见[清淤](qingyu.md#k7f2)。", lambda target: target._replace(id="shugou"))
    '见[清淤](shugou.md#k7f2)。'
    """

    def change(found: re.Match[str]) -> str:
        target = read_case_target(found["target"])
        followed = follow(target) if target else target
        if target is None or followed == target:
            return found[0]
        if followed is None:
            return found["text"]
        address = f"{followed.id}.md" + (f"#{followed.anchor}" if followed.anchor else "")
        return f"[{found['text']}]({found['before']}{address}{found['after'] or ''})"

    return _LINK.sub(change, text) if ".md" in text else text
