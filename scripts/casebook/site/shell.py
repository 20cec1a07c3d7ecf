"""A page as the site generator wants it: front matter, and the table of contents as tokens."""

from __future__ import annotations

from html import escape
from typing import Any

from casebook.site.html import Page


def front_matter(page: Page) -> str:
    """The page's Markdown file, all front matter.

    The theme prints these values as they are, so that they are escaped here.
    """
    hidden = "[navigation, toc]" if page.wide else "[navigation]"
    lines = [f"title: {_quoted(page.title)}", f"description: {_quoted(page.description)}"]
    lines += [f"hide: {hidden}"]
    lines += [f"refresh: {_quoted(page.refresh)}"] if page.refresh else []
    return "---\n" + "\n".join(lines) + "\n---\n"


def _quoted(value: str) -> str:
    """A YAML string in single quotes; YAML refuses a file with unprintable characters."""
    line = " ".join(value.split())
    printable = "".join(character for character in line if character.isprintable())
    return "'" + escape(printable, quote=True) + "'"


def toc_tokens(page: Page) -> list[dict[str, Any]]:
    """The table of contents as Python-Markdown's nested tokens, titles escaped."""
    root: list[dict[str, Any]] = []
    stack: list[dict[str, Any]] = []
    for item in page.toc:
        name = escape(item.title)
        token = {"level": item.level, "id": item.id, "name": name, "html": name}
        token |= {"children": [], "data-toc-label": ""}
        while stack and stack[-1]["level"] >= item.level:
            stack.pop()
        (stack[-1]["children"] if stack else root).append(token)
        stack.append(token)
    return root
