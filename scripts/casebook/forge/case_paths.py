"""Paths that strangers name: only case files may be changed for them."""

from __future__ import annotations

import re

from casebook.library.folder import VARIANTS

FOLDER = "cases"
"""The folder of the library in the repository."""

_CASE_PATH = re.compile(rf"{FOLDER}/(?:{VARIANTS}/)?(?!\.)[^/\\:\x00-\x1f\x7f]{{1,200}}\.md", re.I)


def is_case_path(path: str) -> bool:
    """Whether a path in the repository is that of a case file or a variant, and of nothing else.

    >>> is_case_path("cases/qingyu.md"), is_case_path("cases/../.github/x.md")
    (True, False)
    """
    return _CASE_PATH.fullmatch(path) is not None and path.startswith(f"{FOLDER}/")
