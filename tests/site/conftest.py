"""A small library, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.library.folder import Library
from casebook.model import Case, VariantRef
from casebook.vocabulary import load
from site_library import make_case


@pytest.fixture
def library() -> Callable[..., Library]:
    """Make a library of the given cases and variants."""

    def make(*cases: Case, variants: tuple[Case, ...] = ()) -> Library:
        known = {variant.id: variant for variant in variants}
        return Library(Path("nowhere"), cases or (make_case(),), known, {}, load())

    return make


@pytest.fixture
def merged() -> tuple[Case, Case]:
    """A canonical case and its variant."""
    variant = make_case("b", "某区经验材料（节选）")
    return make_case(variants=(VariantRef("b", "contains"),)), variant
