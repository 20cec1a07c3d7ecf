"""What the commands work on when they are told nothing else."""

from __future__ import annotations

import os
from pathlib import Path

LIBRARY = Path(os.environ.get("CASEBOOK_CASES") or "cases")
"""The library: cases/ below the current folder, or the one that CASEBOOK_CASES names."""

SITE = Path("site")
"""The folder that the site is built into."""
