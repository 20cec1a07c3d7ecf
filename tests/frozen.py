"""The library that tests read: cases/ may change every day without any test noticing."""

from __future__ import annotations

from pathlib import Path

LIBRARY = Path(__file__).parent / "data" / "library"
"""Cases, variants, sources and vocabulary as they once were in cases/."""

SAMPLE = LIBRARY / "sources" / "000_ccc0a0383873071c.txt"
"""The real compilation of five damaged write-ups."""
