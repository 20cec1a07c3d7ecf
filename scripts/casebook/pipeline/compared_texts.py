"""Cases and received documents as the texts that dedupe compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook import reading
from casebook.dedupe.relations import ComparedText
from casebook.library import casefile, markup
from casebook.library.markup import plain_text
from casebook.model import Case, UserError
from casebook.pipeline.write_ups import read_source


def load_documents(paths: Sequence[Path]) -> list[ComparedText]:
    """The texts at the paths: case files, received documents, or folders of either.

    A case goes by its id; the parts of a compilation by PATH#1, PATH#2 …, a document with one
    write-up by its path. Raises UserError when a path is missing or holds no write-up.
    """
    documents = [document for path in paths for document in _documents_at(path)]
    if not documents:
        raise UserError(f"{'、'.join(map(str, paths))}：里面没有可以比对的文章。")
    return documents


def _documents_at(path: Path) -> Iterator[ComparedText]:
    if not path.exists():
        raise UserError(f"{path}：没有这个文件或文件夹。")
    if path.is_dir():
        found = [p for p in reading.find_documents(path) if p.stem != "README"]
        if not found:
            raise UserError(f"{path}：文件夹里没有可以比对的文章。")
        for child in found:
            yield from documents_in(child)
    else:
        yield from documents_in(path)


def documents_in(path: Path) -> Iterator[ComparedText]:
    """The texts of one file: a case, or the write-ups of a received document. Raises UserError."""
    if is_case_file(path):
        yield case_document(casefile.read_case(path))
        return
    write_ups = read_source(path).write_ups
    for write_up in write_ups:
        name = f"{path.as_posix()}#{write_up.part}" if len(write_ups) > 1 else path.as_posix()
        yield ComparedText(name, write_up.title, plain_text(write_up.blocks))


def is_case_file(path: Path) -> bool:
    """Whether a file is a case: Markdown that opens with front matter."""
    if path.suffix.lower() not in (".md", ".markdown"):
        return False
    with path.open("rb") as file:
        return file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def case_document(case: Case) -> ComparedText:
    """A case as dedupe compares it: blocks that a merge took over are left to their variant."""
    own = [block for block in case.blocks if not block.source]
    text = markup.to_plain(plain_text(own, "\n\n"))
    return ComparedText(case.id, case.title, text, owned=True)
