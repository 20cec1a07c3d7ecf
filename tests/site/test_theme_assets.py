"""The theme's own files: those that no page loads are not shipped."""

from __future__ import annotations

import pytest

from casebook.site.theme_assets import drop_search_worker, drop_source_map, is_unused_asset


@pytest.mark.parametrize(
    ("path", "is_unused"),
    [
        ("assets/javascripts/lunr/wordcut.js", True),
        ("assets/javascripts/workers/search.12ab.min.js", True),
        ("assets/stylesheets/main.12ab.min.css.map", True),
        ("assets/stylesheets/main.12ab.min.css", False),
        ("assets/javascripts/bundle.12ab.min.js", False),
        ("assets/desk.js", False),
    ],
)
def test_what_is_shipped(path: str, is_unused: bool) -> None:
    """Scripts, styles and pictures are; its search and source maps are not."""
    assert is_unused_asset(path) == is_unused


def test_nothing_names_what_is_not_shipped() -> None:
    """Neither the comment at the end of a script, nor the settings on a page."""
    assert drop_source_map("run();\n//# sourceMappingURL=run.js.map\n") == "run();\n"
    assert drop_source_map("a{}\n/*# sourceMappingURL=a.css.map */") == "a{}\n"
    settings = '{"base": ".", "search": "../assets/javascripts/workers/s.js", "tags": null}'
    assert drop_search_worker(settings) == '{"base": ".", "tags": null}'
