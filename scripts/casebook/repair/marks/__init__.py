"""Punctuation: typography and lost marks."""
