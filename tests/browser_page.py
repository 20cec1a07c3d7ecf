"""Pages of a real Chromium that wait for a busy machine."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from machine import PATIENCE


def open_page(browser: Browser, **options: Any) -> Page:
    """A page in a context of its own; the options are those of a context."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE * 1000)
    return context.new_page()
