"""What the commands work on unless an option says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

LIBRARY = Path(os.environ.get("CASEBOOK_CASES") or "cases")
"""The library: cases/ below the current folder, or the one that CASEBOOK_CASES names."""

SITE = Path("site")
"""The folder that the site is built into."""
