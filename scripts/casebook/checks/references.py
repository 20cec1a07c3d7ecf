"""What a case points to: stored sources, its variants, the id that is its address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from casebook import reading
from casebook.checks.case_source import CaseSource
from casebook.checks.file_places import write_move
from casebook.checks.front_matter import PlacedFrontMatter
from casebook.checks.rules import Problem, display_value
from casebook.library import identity
from casebook.library.case_schema import LONGEST_LINE_CHARACTERS, is_id, leaves_folder
from casebook.library.folder import SOURCES, VARIANTS
from casebook.library.source_records import has_text_alone, read_record_head
from casebook.runtime.file_names import is_device_name, is_plain_file

_NO_SOURCE = (
    "没有写来源，请在 sources 里写一项：有网址写 - {url: 网址}，"
    "报刊、会议等写 - {name: 名称}，自己写的写 - {name: 本单位撰写}。"
)
_WRONG_ID = "id（{id}）应与文件名相同，请写成“id: {stem}”。"
_NOT_A_VARIANT = "from={id} 不是本案例的异文，请核对 variants。"
"""What findings say that need no library."""


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
            f"请改名，在后面加上地名，例如 {display_value(stem.split('.')[0].strip())}-moushi.md。"
        )
        yield Problem("file-name", 1, 1, message)
    elif not is_id(stem):
        yield Problem("file-name", 1, 1, _describe_file_name(document, front, name))
    elif name and name != stem:
        yield Problem("id-mismatch", *front.locate("id"), _describe_mismatch(document, name))
    is_variant = document.path.parent.name == VARIANTS
    if not is_variant and is_plain_file(document.folder / VARIANTS / document.path.name):
        message = f"{VARIANTS}/{document.path.name} 已经用了这个 id，请给本案例换一个文件名和 id。"
        yield Problem("id-of-variant", *front.locate("id"), message)


def _describe_file_name(document: CaseSource, front: PlacedFrontMatter, name: str) -> str:
    path = document.path
    lower = path.stem.lower()
    slug = identity.slug(front.get_text("title")[:LONGEST_LINE_CHARACTERS])
    guess = next(filter(is_id, (name, lower, slug)))
    fixable = "（--fix 可以改）" if guess == lower else ""
    return (
        f"文件名“{display_value(path.name)}”会成为网址，只能用小写字母、数字和连字符，"
        f"请改名{fixable}：{write_move(path, path.with_name(f'{guess}.md'))}"
    )


def _describe_mismatch(document: CaseSource, name: str) -> str:
    path = document.path
    if not is_id(name):
        return _WRONG_ID.format(id=display_value(name), stem=path.stem)
    return (
        f"id（{name}）与文件名（{path.stem}）不同。它是网址，发布以后不能变："
        f"改了 id 的，请改回“id: {path.stem}”；"
        f"改了文件名的，请改回：{write_move(path, path.with_name(f'{name}.md'))}"
    )


def _check_sources(document: CaseSource, front: PlacedFrontMatter) -> Iterator[Problem]:
    if front.values.get("sources", []) in ([], "") and document.path.parent.name != VARIANTS:
        yield Problem("source-none", *_locate_sources(front), _NO_SOURCE)
    for position, source in front.list_mappings("sources"):
        name = source.get("file", "")
        if not name or leaves_folder(name):
            continue  # only the hash is stored; or the schema reports the path
        place = front.locate("sources", position)
        kept = document.folder / SOURCES / name
        if has_text_alone(kept) and read_record_head(kept) == source.get("sha256"):
            continue
        path = find_source(document.folder, name)
        if path is None:
            message = (
                f"来源文件“{display_value(name)}”不在 {SOURCES}/ 里，请放进去；"
                "不能公开的来源不存文件，请删去 file，只留 sha256。"
            )
            yield Problem("source-missing", *place, message)
        elif source.get("sha256") and hash_source(path) != source["sha256"]:
            message = (
                f"来源文件“{display_value(name)}”与 sha256 不符：收到的原件不能改动，"
                "请恢复原件；若确实换了来源，请用新的文件名存一份。"
            )
            yield Problem("source-changed", *place, message)


def _locate_sources(front: PlacedFrontMatter) -> tuple[int, int]:
    return front.locate("sources" if "sources" in front.values else "title")


def find_source(library: Path, name: str) -> Path | None:
    """The file of a source in the library; None where it has none, or one outside of its folder."""
    folder = library / SOURCES
    path = folder / name
    if not name or leaves_folder(name) or not is_plain_file(path):
        return None
    return path if path.resolve().is_relative_to(folder.resolve()) else None


def hash_source(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    return _hash_file(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4096)
def _hash_file(path: Path, _changed: int) -> str:
    """The SHA-256 of a file, cached: a compilation is the source of many cases."""
    return reading.digest(path)


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
            message = _NOT_A_VARIANT.format(id=display_value(placed.block.source))
            yield Problem("from-unknown", placed.line, 1, message)
