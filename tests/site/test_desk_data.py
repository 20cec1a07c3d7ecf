"""The tables for the page 在线整理: what its scripts ask for, and patterns in two languages."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from casebook.site.desk_data import ENGINE_SCRIPTS, render_desk_data
from casebook.site.script_patterns import translate_pattern
from casebook.vocabulary import load
from frozen import ROOT

SCRIPTS = ROOT / "docs" / "scripts"
_DECLARED = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.M)


def test_each_script_of_the_engine_is_listed() -> None:
    """In the order of loading; another script of the folder may use them."""
    own = {name for name in ENGINE_SCRIPTS if (SCRIPTS / "desk" / f"{name}.js").exists()}
    assert own == set(ENGINE_SCRIPTS)
    assert len(own) == len(ENGINE_SCRIPTS)


def test_scripts_share_no_name() -> None:
    """They stand in one scope, in which a second function replaces the first silently."""
    names = [
        name
        for path in sorted((SCRIPTS / "desk").glob("*.js"))
        for name in _DECLARED.findall(path.read_text(encoding="utf-8"))
    ]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_the_file_is_small() -> None:
    """It is loaded by one page only, and compressed by a server; a phone parses it at once."""
    texts = [(SCRIPTS / "desk" / f"{name}.js").read_text("utf-8") for name in ENGINE_SCRIPTS]
    assert len(render_desk_data(texts, load()).encode()) < 300_000


@pytest.mark.parametrize(
    ("python", "script"),
    [
        (r"(?P<n>\d+)(?P=n)", r"(?<n>\p{Nd}+)\k<n>"),
        (r"[\w.-]\s", r"[\p{L}\p{N}_.-]\s"),
        (r"a.b\-c\#", r"a[^\n]b-c#"),
        (r"x{,3}[\[]", r"x{0,3}[\[]"),
        (r"\d++a", r"(?=(?<atomic1>\p{Nd}+))\k<atomic1>a"),
        (r"(?:ab)*+c", r"(?=(?<atomic1>(?:ab)*))\k<atomic1>c"),
        ("(?>a|b)c", r"(?=(?<atomic1>a|b))\k<atomic1>c"),
        (r"}\Z", r"\}(?![^])"),
        ("(?!a)(?<=b)(?<!c)(?=d)(?:e)", "(?!a)(?<=b)(?<!c)(?=d)(?:e)"),
    ],
)
def test_patterns_are_translated(python: str, script: str) -> None:
    """What the two languages write differently; all else stays."""
    assert translate_pattern(re.compile(python)) == (script, "")


def test_flags_are_translated() -> None:
    assert translate_pattern(re.compile(r"\w\d.", re.A | re.I | re.M | re.S)) == (
        "[A-Za-z0-9_][0-9][^]",
        "im",
    )


@pytest.mark.parametrize("python", ["(?i:a)", "(a)?(?(1)b|c)", r"[\W_]"])
def test_what_has_no_counterpart_is_refused(python: str) -> None:
    """A pattern that would mean something else is no pattern of the page."""
    with pytest.raises(ValueError, match="no counterpart"):
        translate_pattern(re.compile(python))
