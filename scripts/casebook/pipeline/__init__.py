"""Conductors: a document to write-ups, importing, one text against many."""
