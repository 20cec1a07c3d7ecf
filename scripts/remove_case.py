#!/usr/bin/env python3
"""`casebook remove` of this checkout, without installing it."""

from checkout import run

if __name__ == "__main__":
    run("remove")
