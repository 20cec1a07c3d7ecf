"""A library on disk: case files, identity, markup, sources, decisions, merging."""
