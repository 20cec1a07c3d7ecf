"""What a case points to: stored sources, its variants, the id that is its address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from casebook.checks.case_source import CaseSource
from casebook.checks.front_matter import PlacedFrontMatter
from casebook.checks.rules import Problem, display_value
from casebook.checks.schema import LONGEST_LINE_CHARACTERS, is_id, leaves_folder
from casebook.library import identity
from casebook.library.folder import SOURCES, VARIANTS
from casebook.library.source_records import has_text_alone, read_record_head
from casebook.runtime.file_names import is_device_name, is_plain_file


def check_references(document: CaseSource) -> Iterator[Problem]:
    """Problems of the references of one case file; files are looked up in its library."""
    if document.front is None:
        return
    yield from _check_id(document, document.front)
    yield from _check_sources(document, document.front)
    yield from _check_variants(document, document.front)
    yield from _check_taken_over(document, document.front)


def _check_id(document: CaseSource, front: PlacedFrontMatter) -> Iterator[Problem]:
    name, stem = front.get_text("id"), document.path.stem
    if is_device_name(stem):
        message = (
            f"“{display_value(document.path.name)}”在 Windows 上是设备名，存不下也删不掉，"
            "请改名，例如在后面加上地名。"
        )
        yield Problem("file-name", 1, 1, message)
    elif not is_id(stem):
        guess = (
            name
            if is_id(name)
            else identity.slug(front.get_text("title")[:LONGEST_LINE_CHARACTERS])
        )
        message = (
            f"文件名“{display_value(document.path.name)}”会成为网址，只能用小写字母、数字和连字符，"
            f"请改名，例如 {display_value(guess)}.md。"
        )
        yield Problem("file-name", 1, 1, message)
    elif name and name != stem:
        message = (
            f"id（{display_value(name)}）应与文件名（{display_value(stem)}）相同，请改其中一个。"
        )
        yield Problem("id-mismatch", *front.locate("id"), message)
    is_variant = document.path.parent.name == VARIANTS
    if not is_variant and is_plain_file(document.folder / VARIANTS / document.path.name):
        message = f"{VARIANTS}/{document.path.name} 已经用了这个 id，请给本案例换一个文件名和 id。"
        yield Problem("id-of-variant", *front.locate("id"), message)


def _check_sources(document: CaseSource, front: PlacedFrontMatter) -> Iterator[Problem]:
    folder = document.folder / SOURCES
    for position, source in front.list_mappings("sources"):
        name = source.get("file", "")
        path = folder / name
        if not name or leaves_folder(name):
            continue  # only the hash is stored; or the schema reports the path
        place = front.locate("sources", position)
        if has_text_alone(path) and read_record_head(path) == source.get("sha256"):
            continue
        if not is_plain_file(path):
            message = (
                f"来源文件“{display_value(name)}”不在 {SOURCES}/ 里，请放进去；"
                "不能公开的来源不存文件，请删去 file，只留 sha256。"
            )
            yield Problem("source-missing", *place, message)
        elif _hash_file(path, path.stat().st_mtime_ns) != source.get("sha256"):
            message = (
                f"来源文件“{display_value(name)}”与 sha256 不符：收到的原件不能改动，"
                "请恢复原件；若确实换了来源，请用新的文件名存一份。"
            )
            yield Problem("source-changed", *place, message)


@lru_cache(maxsize=4096)
def _hash_file(path: Path, _changed: int) -> str:
    """The SHA-256 of a file, cached: a compilation is the source of many cases."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_variants(document: CaseSource, front: PlacedFrontMatter) -> Iterator[Problem]:
    folder = document.folder / VARIANTS
    for position, variant in front.list_mappings("variants"):
        name = variant.get("id", "")
        if name and not is_plain_file(folder / f"{name.replace('/', '')}.md"):
            message = f"异文“{display_value(name)}”不在 {VARIANTS}/ 里，请补上文件，或删掉这一项。"
            yield Problem("variant-missing", *front.locate("variants", position), message)


def _check_taken_over(document: CaseSource, front: PlacedFrontMatter) -> Iterator[Problem]:
    known = {variant.get("id") for _, variant in front.list_mappings("variants")}
    for placed in document.blocks[1:]:
        if placed.block.source and placed.block.source not in known:
            message = (
                f"from={display_value(placed.block.source)} 不是本案例的异文，请核对 variants。"
            )
            yield Problem("from-unknown", placed.line, 1, message)
