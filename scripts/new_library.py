#!/usr/bin/env python3
"""`casebook new` of this checkout, without installing it."""

from checkout import run

if __name__ == "__main__":
    run("new")
