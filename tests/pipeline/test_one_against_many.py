"""New write-ups against a folder whose fingerprints are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.dedupe.relations import ComparedText
from casebook.pipeline import one_against_many
from casebook.pipeline.compared_texts import documents_in
from casebook.pipeline.one_against_many import Fingerprints

TEXT = (
    "推行“一窗受理、集成服务”，把分散在八个部门的窗口合并为综合窗口。\n"
    "建立帮办代办队伍，为老年人和企业提供全程陪同，办理时限压缩了一半以上。"
)
OTHER = "组织党员干部下沉网格，收集群众意见三百余条，逐条建立台账，限期办结并公开结果。"
NEW = [ComparedText("新", "", TEXT)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts."""
    result = tmp_path / "known"
    result.mkdir()
    for name, text in (("甲", TEXT), ("乙", OTHER)):
        (result / f"{name}.txt").write_text(f"{name}的做法\n{text}\n", encoding="utf-8")
    return result


def _found(folder: Path, cache: Path) -> list[str]:
    return [Path(d.id).stem for d in Fingerprints(folder, cache).neighbors(NEW)]


def test_only_what_is_alike_is_read(folder: Path, tmp_path: Path) -> None:
    """The text that shares passages, not the other."""
    assert _found(folder, tmp_path / "cache") == ["甲"]


def test_what_is_kept_is_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time nothing is fingerprinted; a file that came is, alone."""
    _found(folder, tmp_path / "cache")
    made: list[str] = []

    def watched(path: Path) -> Iterator[ComparedText]:
        made.append(path.stem)
        return documents_in(path)

    monkeypatch.setattr(one_against_many, "documents_in", watched)
    known = Fingerprints(folder, tmp_path / "cache")
    assert (len(known), made) == (2, [])
    (folder / "丙.txt").write_text(f"丙的做法\n{TEXT}\n", encoding="utf-8")
    assert len(Fingerprints(folder, tmp_path / "cache")) == 3
    assert made == ["丙"]


def test_changes_of_the_folder_are_seen(folder: Path, tmp_path: Path) -> None:
    """A text that went is not found, one that changed is found by its new words."""
    cache = tmp_path / "cache"
    _found(folder, cache)
    (folder / "甲.txt").unlink()
    assert _found(folder, cache) == []
    (folder / "乙.txt").write_text(f"乙的做法\n{TEXT}\n再加一句。\n", encoding="utf-8")
    assert _found(folder, cache) == ["乙"]


@pytest.mark.parametrize("damage", ["files.json", "hashes.npy", "holders.npy"])
@pytest.mark.parametrize("data", [b"", b"[]", b"{}", None])
def test_a_damaged_cache_is_made_anew(
    folder: Path, tmp_path: Path, damage: str, data: bytes | None
) -> None:
    """Cut off, of another kind, or gone."""
    cache = tmp_path / "cache"
    _found(folder, cache)
    (path,) = cache.rglob(damage)
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    assert _found(folder, cache) == ["甲"]


def test_other_rules_make_it_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fingerprints of another version are not compared with those of this one."""
    _found(folder, tmp_path / "cache")
    monkeypatch.setattr(one_against_many, "_rules", lambda: "others")
    assert _found(folder, tmp_path / "cache") == ["甲"]


def test_names_of_files(folder: Path, tmp_path: Path) -> None:
    """Documents only; several texts of one file each count, before and after a change."""
    for name in ("README.md", ".甲.txt", "甲.xls"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    parts = f"第一篇：改革的做法\n{OTHER}\n\n第二篇：服务的做法\n{TEXT}\n"
    (folder / "丁.TXT").write_text(parts, encoding="utf-8")
    for _ in range(2):
        known = Fingerprints(folder, tmp_path / "cache")
        assert len(known) == 4
        assert [d.id.partition("#")[2] for d in known.neighbors(NEW)] == ["2", ""]
        (folder / "甲.txt").touch()
