"""Lines that a program or an author broke inside a paragraph, as one line."""

from __future__ import annotations

import re

from casebook.text.characters import HAN

_WIDE = f"{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…·"
_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")


def join_soft_breaks(text: str) -> str:
    """Drop line feeds between Chinese characters or marks; others stay, as blanks to be.

    >>> join_soft_breaks("推动治理\\n重心下移")
    '推动治理重心下移'
    """
    return _BREAK.sub("", text) if "\n" in text or "\r" in text else text
