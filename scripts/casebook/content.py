"""Where the files are that come with the package: mkdocs.yml, docs/, the default vocabulary."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

PACKAGE = Path(str(resources.files("casebook")))
"""The installed package."""

CONTENT = Path(os.environ.get("CASEBOOK_CONTENT") or PACKAGE / "content")
"""A folder laid out as a checkout: the one in the wheel, or a checkout itself."""

VOCABULARY = Path(os.environ.get("CASEBOOK_VOCABULARY") or CONTENT / "cases" / "vocabulary")
"""The vocabulary of libraries without one of their own."""
