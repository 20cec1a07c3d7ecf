"""Where results are cached between runs."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

CACHE = Path(os.environ.get("CASEBOOK_CACHE") or user_cache_path("casebook"))
"""A folder of the user, in a checkout its own, which git ignores."""
