"""OpenCC's converters from traditional to simplified script, each loaded once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from opencc import OpenCC

Profile = Literal["t2s", "hk2s", "tw2s", "jp2t"]
"""t2s folds texts to compare them; hk2s also knows the forms of Hong Kong (衞), for single
characters; tw2s is right where t2s is not (著 → 着), for a repair that checks what it changes;
jp2t makes the forms of Japan traditional."""


@cache
def load_converter(profile: Profile) -> OpenCC:
    """The converter of a profile; loading one takes milliseconds."""
    from opencc import OpenCC

    return OpenCC(profile)
