"""What the commands work on unless an option says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

from casebook.content import CONTENT

LIBRARY = Path(os.environ.get("CASEBOOK_CASES") or "cases")
"""The library: cases/ below the current folder, or the one that CASEBOOK_CASES names."""

SITE = Path("site")
"""The folder that the site is built into."""

SETTINGS = "site.yml"
"""The file that makes the folder of a library a site of its own (casebook.site.site_settings)."""


def find_template(library: Path) -> Path:
    """The folder of the library's own settings and pages, or that of the package's."""
    beside = library.resolve().parent
    return beside if (beside / SETTINGS).is_file() else CONTENT
