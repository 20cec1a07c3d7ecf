"""The gate: what a case file must be before it is published."""

from __future__ import annotations

from casebook.checks.gate import check_file, check_library, check_paths

__all__ = ["check_file", "check_library", "check_paths"]
