"""Heading lines whose `#` or marks are written wrongly, and how they should be written.

What is certain has a mended line, which `--fix` takes: full-width ＃, a missing space, braces of
full width, a role without its dot or in Chinese. Braces that hold anything else may be wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.library import casefile, markup
from casebook.library.casefile import PlacedBlock
from casebook.runtime.visible_text import reveal_invisible
from casebook.vocabulary import Vocabulary

_OPENING = re.compile("(?P<hashes>[#＃]{2,6})(?P<gap>[ \t\u3000\xa0]*)(?P<wording>[^#＃\\s].*)")
_NUMBER_OF_THING = re.compile(r"\d+(?![\d.、．)）])")
"""Figures after `##` that open no numbered heading: ##1机组."""

_NO_SPACE = re.compile(r"#{2,6}(?=[^#\s])")
_HEADING = re.compile(r"#{2,6}[ \t]+\S.*")
_BRACES = re.compile("(?P<open>[{｛])(?P<inner>[^{}｛｝]*)(?P<close>[}｝])")
_OTHER_BRACKETS = re.compile(r"[(（\[【](?P<inner>[.．#＃][^()（）\[\]【】]*)[)）\]】]$")
_MARK_LIKE = re.compile(r"\.\w|#[A-Za-z]|(?:theme|from)=")
ANCHOR = re.compile("[a-z][a-z0-9-]{0,59}")
"""What an anchor looks like."""

_FOLDED = str.maketrans("．＃＝\u3000", ".#= ")
_NO_SPACE_AFTER = "# 与小标题之间要有一个空格，请写成“{heading}”；若是正文，请写成 \\#。"
_WIDE_HASHES = "“＃”应为半角“#”，后面有一个空格，请写成“{heading}”（--fix 可以改）。"
_NARROW_HASHES = "# 与小标题之间要有一个空格，请写成“{heading}”（--fix 可以改）。"
_APART = "记号要写在行尾的一对花括号里，请合在一起，移到小标题后面。"
_IN_BRACKETS = "记号要写在花括号里：{{{marks}}}。"
_WIDE_BRACES = "花括号应为半角，里面只写记号，例如 {.problem #p1}。"
_NO_SPACE_BEFORE = "花括号前面要有一个空格，请写成“{heading}”。"
_WRONG_MARKS = "{faults}：{marks}（--fix 可以改）。"
_WIDE, _BARE, _CHINESE = "花括号应为半角", "角色前面要有点", "角色要写英文编号"
_WIDE_SIGNS = "“.”“#”“=”应为半角"
"""What findings say."""


@dataclass(frozen=True, slots=True)
class HeadingFault:
    """What is wrong with a heading line; `mended` is the line as it should be, '' if unsure."""

    rule: str
    message: str
    mended: str = ""


def list_faults(
    lines: Sequence[str], first_line: int, vocabulary: Vocabulary
) -> Iterator[tuple[int, HeadingFault]]:
    """Faults of the heading lines of a body, with their lines; code is passed over."""
    for number, line in markup.lines_outside_code(lines, first_line):
        if fault := find_fault(line, vocabulary):
            yield number, fault


def has_unknown_mark(placed: PlacedBlock, vocabulary: Vocabulary) -> bool:
    """Whether a heading has a mark or a role that nobody knows."""
    role = placed.block.role
    return bool(placed.unknown or (role and role not in vocabulary.roles))


def find_fault(line: str, vocabulary: Vocabulary) -> HeadingFault | None:
    """What is wrong with a line that is, or is meant as, a heading."""
    if not line.startswith(("#", "＃")):
        return None
    text = line.rstrip(" \t\u3000\xa0")
    spaced = _mend_hashes(text)
    marks = _find_mark_fault(spaced or text, vocabulary)
    if not spaced:
        return marks or _find_missing_space(text)
    mended = marks.mended if marks and marks.mended else spaced
    return HeadingFault("heading-format", _describe_hashes(text, mended), mended)


def _mend_hashes(line: str) -> str:
    """A line with half-width `#` and a space after them, '' where nothing is wrong or certain."""
    found = _OPENING.fullmatch(line)
    if not found or _NUMBER_OF_THING.match(found["wording"]):
        return ""
    if any(sign in "#＃" for sign in _BRACES.sub("", found["wording"])):
        return ""  # ##topics## of social media
    if "＃" not in found["hashes"] and found["gap"][:1] in (" ", "\t"):
        return ""
    return f"{'#' * len(found['hashes'])} {found['wording']}"


def _find_missing_space(line: str) -> HeadingFault | None:
    """A `#` that may be text: the outline counts on a space, and a person must say which."""
    found = _NO_SPACE.match(line)
    if found is None:
        return None
    heading = reveal_invisible(f"{found[0]} {line[found.end() :]}")
    return HeadingFault("heading-format", _NO_SPACE_AFTER.format(heading=heading))


def _describe_hashes(line: str, mended: str) -> str:
    message = _WIDE_HASHES if "＃" in line[:6] else _NARROW_HASHES
    return message.format(heading=reveal_invisible(mended))


def _find_mark_fault(line: str, vocabulary: Vocabulary) -> HeadingFault | None:
    """What is wrong with the braces of a heading: marks in another form, or at another place."""
    if not _HEADING.fullmatch(line):
        return None
    groups = [found for found in _BRACES.finditer(line) if holds_marks(found["inner"], vocabulary)]
    if not groups:
        return _find_other_brackets(line, vocabulary)
    if len(groups) > 1 or groups[-1].end() < len(line):
        return HeadingFault("unknown-mark", _APART)
    return _check_braces(line, groups[-1], vocabulary)


def _find_other_brackets(line: str, vocabulary: Vocabulary) -> HeadingFault | None:
    """Marks, and nothing but marks, in brackets of another kind at the end of a heading."""
    found = _OTHER_BRACKETS.search(line)
    tokens = found["inner"].translate(_FOLDED).split() if found else []
    right = [_read_token(token, vocabulary, bare=False) for token in tokens]
    if not all(right) or not any(token.startswith(".") for token in right):
        return None
    return HeadingFault("unknown-mark", _IN_BRACKETS.format(marks=" ".join(right)))


def holds_marks(inner: str, vocabulary: Vocabulary) -> bool:
    """Whether what stands between two braces is meant as marks, right or wrong.

    Other words are a part of the heading, for which a message recommends full-width braces.
    """
    tokens = inner.translate(_FOLDED).split()
    return any(_MARK_LIKE.match(token) or token in vocabulary.roles for token in tokens)


def _check_braces(line: str, found: re.Match[str], vocabulary: Vocabulary) -> HeadingFault | None:
    wide = found["open"] + found["close"] != "{}"
    tokens = found["inner"].translate(_FOLDED).split()
    right = [_read_token(token, vocabulary, bare=not wide) for token in tokens]
    marks = f"{{{' '.join(right)}}}"
    before = line[: found.start()]
    mended = f"{before.rstrip()} {marks}"
    if not all(right) or _repeats_mark(right):
        return HeadingFault("unknown-mark", _WIDE_BRACES) if wide else None
    if not wide and not before[-1:].isspace():
        advice = _NO_SPACE_BEFORE.format(heading=reveal_invisible(mended))
        return HeadingFault("unknown-mark", advice)
    if tokens == right and found["inner"].split() == tokens and not wide:
        return None
    advice = _WRONG_MARKS.format(faults=_describe_marks(wide, tokens, right), marks=marks)
    rule = "unknown-mark" if wide or not _are_tokens(found["inner"]) else "unknown-role"
    return HeadingFault(rule, advice, mended)


def _read_token(token: str, vocabulary: Vocabulary, bare: bool) -> str:
    """A token as it should be, '' if it is no mark; with `bare`, a role may lack its dot."""
    name, value = casefile.read_token(token)
    if name == "role":
        if value in vocabulary.roles:
            return token
        ids = (role.id for role in vocabulary.roles.values() if role.name == value)
        return next((f".{role_id}" for role_id in ids), "")
    if name == "anchor":
        return token if ANCHOR.fullmatch(value) else ""
    if name:
        return token
    return f".{token}" if bare and token in vocabulary.roles else ""


def _repeats_mark(tokens: Sequence[str]) -> bool:
    signs = [token[0] for token in tokens if token[0] in ".#"]
    return len(signs) > len(set(signs))


def _are_tokens(inner: str) -> bool:
    """Whether the parser takes each word between the braces for a mark."""
    return all(casefile.read_token(token)[0] for token in inner.split())


def _describe_marks(wide: bool, tokens: Sequence[str], right: Sequence[str]) -> str:
    bare = any(token == mended[1:] for token, mended in zip(tokens, right, strict=True))
    chinese = any(
        token != mended and token != mended[1:] for token, mended in zip(tokens, right, strict=True)
    )
    parts = (
        (wide, _WIDE),
        (bare, _BARE),
        (chinese, _CHINESE),
        (not (wide or bare or chinese), _WIDE_SIGNS),
    )
    return "，".join(words for applies, words in parts if applies)
