"""The library that tests read: cases/ may change every day without any test noticing."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""

LIBRARY = ROOT / "tests" / "data" / "library"
"""Cases, variants, sources and vocabulary as they once were in cases/."""

SAMPLE = LIBRARY / "sources" / "000_ccc0a0383873071c.txt"
"""The real compilation of five damaged write-ups."""
