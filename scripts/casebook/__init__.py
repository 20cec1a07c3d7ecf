"""Casebook: from damaged write-ups to a searchable library of cases."""

__version__ = "0.1.0"
