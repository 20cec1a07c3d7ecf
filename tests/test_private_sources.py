"""Sources with private text: import refuses, masks or keeps a hash only; the site forgets them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

import pytest
from docx_builder import DECLARED

import one_write_up as whole
from casebook.content import VOCABULARY
from casebook.library.folder import load_library
from casebook.model import UserError
from commands import run_text
from site_library import make_site
from test_build_site import build_site

NUMBER = "15187604392"
WRITE_UP = (
    "某县办事大厅优化流程的做法\n近年来，某县办事大厅材料多、跑动多。\n一、存在的问题\n"
    "（一）环节多。群众跑得多，联系人老周，电话{}。\n二、主要做法\n"
    "（一）减环节。每周调度一次，材料从九份减到三份。\n三、成效\n办理时间缩短一半。\n"
)
OTHER = "某乡清理河道的做法\n一、主要做法\n每段一名干部负责，每周巡查。\n二、成效\n水清了。\n"


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A folder with a text that has a phone number, and one that has none."""
    folder = tmp_path / "收到"
    folder.mkdir()
    (folder / "大厅.txt").write_text(WRITE_UP.format(NUMBER), encoding="utf-8")
    (folder / "河道.txt").write_text(OTHER, encoding="utf-8")
    return folder


def bring(*arguments: object, out: Path) -> CompletedProcess[str]:
    """An import into a library."""
    return run_text("import_cases", "--out", out, *arguments)


def files_with(folder: Path, text: str) -> list[str]:
    """The files of a folder whose bytes, or entries, or names hold a text."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        held = path.read_bytes()
        if path.suffix == ".docx":
            with ZipFile(path) as archive:
                held = b"".join(archive.read(name) for name in archive.namelist())
        if text.encode() in held or text in path.name:
            found.append(path.relative_to(folder).as_posix())
    return found


def stored(library: Path) -> set[str]:
    """Names in the folder of sources."""
    folder = library / "sources"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def case_of(library: Path, word: str) -> str:
    """The text of the only case with a word."""
    (text,) = (t for p in library.glob("*.md") if word in (t := p.read_text(encoding="utf-8")))
    return text


def test_a_source_with_a_number_is_refused_and_the_others_come_in(
    received: Path, tmp_path: Path
) -> None:
    """One sentence with file, line and column, masked, that says what to do."""
    result = bring(received, out=tmp_path / "lib")
    assert result.returncode == 1
    (line,) = (line for line in result.stderr.splitlines() if "错误" in line)
    assert "大厅.txt:4:22: 错误 [phone-number]" in line
    assert "--redact" in line
    assert "--no-source" in line
    assert NUMBER not in result.stdout + result.stderr
    assert stored(tmp_path / "lib") == {"河道.txt", "河道.txt.steps.json"}
    assert not files_with(tmp_path / "lib", "大厅")


def test_a_dry_run_lists_what_it_would_refuse(received: Path, tmp_path: Path) -> None:
    """Its write-ups are shown, and the finding beside them."""
    path = received / "大厅.txt"
    result = bring(path, "--dry-run", "--format", "json", out=tmp_path / "lib")
    said = json.loads(result.stdout)
    assert result.returncode == 1
    assert said["sources"][0]["cases"][0]["title"] == "某县办事大厅优化流程的做法"
    assert [f["rule"] for f in said["findings"]] == ["phone-number"]


def test_redacting_masks_the_case_and_keeps_the_hash(received: Path, tmp_path: Path) -> None:
    """No file of the library has the number; the case says what was masked, and whence it is."""
    library = tmp_path / "lib"
    result = bring(received, "--redact", out=library)
    assert result.returncode == 0, result.stderr
    assert "已在案例里用 X 遮盖" in result.stderr
    text = case_of(library, "办事大厅")
    assert f"电话{'X' * 11}。" in text
    assert "part: 1, name: 大厅.txt, redacted: phone-number×1}" in text
    assert stored(library) == {"河道.txt", "河道.txt.steps.json"}
    assert not files_with(library, NUMBER)
    assert run_text("check_cases", library).returncode == 0
    assert "没有新的文章" in bring(received, out=library).stdout


def test_a_case_without_its_source_has_the_wording(received: Path, tmp_path: Path) -> None:
    """A person decides in the case; the source is never stored, whatever the case excuses."""
    library = tmp_path / "lib"
    result = bring(received / "大厅.txt", "--no-source", out=library)
    assert result.returncode == 0, result.stderr
    assert files_with(library, NUMBER) == ["mouxian-banshi-dating-youhua-liucheng-de-zuofa.md"]
    assert run_text("check_cases", library).returncode == 1


def test_marks_of_secrecy_are_not_masked(received: Path, tmp_path: Path) -> None:
    """A mask would hide what the document is: it stays out."""
    text = OTHER.replace("\n一、", "\n机密★五年\n一、", 1)
    (received / "河道.txt").write_text(text, encoding="utf-8")
    result = bring(received / "河道.txt", "--redact", out=tmp_path / "lib")
    assert result.returncode == 1
    assert "[classification-mark]" in result.stderr
    assert not (tmp_path / "lib").exists() or not list((tmp_path / "lib").rglob("*.md"))


def test_a_file_name_is_published_too(received: Path, tmp_path: Path) -> None:
    """A number in it is found, and masked where that is asked."""
    path = (received / "河道.txt").rename(received / f"河道{NUMBER}.txt")
    assert "文件名也会公开" in bring(path, out=tmp_path / "lib").stderr
    assert bring(path, "--redact", out=tmp_path / "lib").returncode == 0
    assert not files_with(tmp_path / "lib", NUMBER)


PLACEHOLDER = "甲乙丙丁戊己庚辛壬癸子"


def old_library(received: Path, tmp_path: Path) -> Path:
    """A library of an earlier version: the source is stored, a person has mended the case."""
    library = tmp_path / "old"
    (received / "大厅.txt").write_text(WRITE_UP.format(PLACEHOLDER), encoding="utf-8")
    before = (received / "大厅.txt").read_bytes()
    assert bring(received, out=library).returncode == 0
    source = library / "sources" / "大厅.txt"
    source.write_bytes(before.replace(PLACEHOLDER.encode(), NUMBER.encode()))
    was, now = (hashlib.sha256(data).hexdigest() for data in (before, source.read_bytes()))
    for path in (*library.glob("*.md"), source.with_name("大厅.txt.steps.json")):
        text = path.read_text("utf-8").replace(was, now)
        path.write_text(re.sub(r'"text_sha256":"\w+",\s*', "", text), encoding="utf-8")
    return library


def test_the_gate_finds_a_number_that_only_the_source_has(received: Path, tmp_path: Path) -> None:
    """Fault 1: the person took it out of the case, and the site had it for download."""
    library = old_library(received, tmp_path)
    result = run_text("check_cases", library)
    assert result.returncode == 1
    assert "sources/大厅.txt:4:22: 错误 [phone-number]" in result.stdout
    assert NUMBER not in result.stdout


def test_one_command_takes_a_stored_source_out(received: Path, tmp_path: Path) -> None:
    """The case keeps the name and the hash, every other line as it was; nothing comes back."""
    library = old_library(received, tmp_path)
    source = library / "sources" / "大厅.txt"
    kept = tmp_path / "大厅.txt"
    shutil.copy(source, kept)
    before = case_of(library, "办事大厅")
    result = bring("--redact", source, out=library)
    assert result.returncode == 0, result.stderr
    assert stored(library) == {"河道.txt", "河道.txt.steps.json"}
    assert case_of(library, "办事大厅") == before.replace("file: 大厅.txt", "name: 大厅.txt")
    assert run_text("check_cases", library).returncode == 0
    assert bring(kept, out=library).returncode == 0
    assert not files_with(library, NUMBER)
    shutil.copy(kept, source)
    assert "[source-withheld]" in run_text("check_cases", library).stdout
    assert bring("--no-source", source, out=library).returncode == 0
    assert run_text("check_cases", library).returncode == 0


def test_the_site_shows_nothing_of_a_source_that_was_taken_out(
    received: Path, tmp_path: Path
) -> None:
    """Not in pages, search files, texts to download; the page says that it is not public."""
    library = old_library(received, tmp_path)
    assert build_site(library, tmp_path / "site").returncode == 1
    assert bring("--redact", library / "sources" / "大厅.txt", out=library).returncode == 0
    assert build_site(library, tmp_path / "site").returncode == 0
    site = tmp_path / "site"
    assert not files_with(site, NUMBER)
    assert [path.name for path in (site / "sources").iterdir()] == ["河道.txt"]
    (page,) = (site / "cases").glob("mouxian-*.html")
    assert "大厅.txt（第 1 篇" in page.read_text("utf-8")
    assert "原稿未公开" in page.read_text("utf-8")


def excusing(library: Path, old: str, new: str) -> None:
    """Change the only case about the hall, and let it excuse phone numbers."""
    (path,) = library.glob("mouxian-*.md")
    text = path.read_text(encoding="utf-8").replace(old, new)
    excuse = "allow: [{rule: phone-number, reason: 对外公布的咨询电话}]\n---\n\n"
    path.write_text(text.replace("---\n\n", excuse, 1), encoding="utf-8")


def test_an_excuse_covers_the_same_value_in_the_source_alone(
    received: Path, tmp_path: Path
) -> None:
    """The case excuses its number; another one in the source stays an error."""
    library = old_library(received, tmp_path)
    excusing(library, PLACEHOLDER, NUMBER)
    assert run_text("check_cases", library).returncode == 0
    excusing(library, NUMBER, "18640573916")
    result = run_text("check_cases", library)
    assert "sources/大厅.txt:4:22: 错误 [phone-number]" in result.stdout


COMMENTS = (
    f"<w:comments {DECLARED}><w:comment w:author='某人甲'><w:p><w:r><w:t>请打</w:t></w:r>"
    f"<w:r><w:t>{NUMBER[:4]}</w:t></w:r><w:r><w:t>{NUMBER[4:]}</w:t></w:r></w:p></w:comment>"
    "</w:comments>"
)
CORE = (
    '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:creator>某人甲</dc:creator>'
    "<cp:lastModifiedBy>某人乙</cp:lastModifiedBy></cp:coreProperties>"
)


def word_file(path: Path, more: dict[str, str]) -> Path:
    """A Word file with further parts."""
    path.write_bytes(whole.as_docx())
    with ZipFile(path, "a") as archive:
        for name, content in more.items():
            archive.writestr(name, content)
    return path


def test_a_number_in_a_comment_of_a_word_file(tmp_path: Path) -> None:
    """The text is clean, the file is not: it is refused, and `--clean` stores the text alone."""
    path = word_file(tmp_path / "食堂.docx", {"word/comments.xml": COMMENTS})
    library = tmp_path / "lib"
    result = bring(path, out=library)
    assert result.returncode == 1
    assert "在文件的“批注”里" in result.stderr
    assert "--clean" in result.stderr
    assert not stored(library)
    assert bring(path, "--clean", out=library).returncode == 0
    assert stored(library) == {"食堂.docx.lines.json", "食堂.docx.steps.json"}
    assert run_text("check_cases", library).returncode == 0
    assert build_site(library, tmp_path / "site").returncode == 0
    assert (tmp_path / "site" / "sources" / "食堂.docx.txt").is_file()
    assert not files_with(tmp_path / "site", NUMBER) + files_with(library, "某人甲")
    assert "没有新的文章" in bring(path, out=library).stdout


def test_names_in_the_properties_are_a_warning(tmp_path: Path) -> None:
    """The file comes in; one that is stored is cleaned by the same option."""
    path = word_file(tmp_path / "食堂.docx", {"docProps/core.xml": CORE})
    library = tmp_path / "lib"
    result = bring(path, out=library)
    assert result.returncode == 0
    assert "[hidden-content] 文件里带有看不见的内容（作者、最后修改人）" in result.stderr
    assert "某人" not in result.stderr
    assert "[hidden-content]" in run_text("check_cases", library).stdout
    assert bring("--clean", library / "sources" / "食堂.docx", out=library).returncode == 0
    assert "食堂.docx" not in stored(library)
    assert "[hidden-content]" not in run_text("check_cases", library).stdout


def test_the_library_says_whether_files_are_offered(tmp_path: Path) -> None:
    """The site has the text of a Word file; with `publish: file` it has the file, too."""
    library = tmp_path / "lib"
    path = tmp_path / "食堂.docx"
    path.write_bytes(whole.as_docx())
    assert bring(path, out=library).returncode == 0
    shutil.copytree(VOCABULARY, library / "vocabulary")
    offered = {}
    for publish in ("text", "file"):
        entry = f"- {{form: word, publish: {publish}}}\n"
        (library / "vocabulary" / "sources.yml").write_text(entry, encoding="utf-8")
        made = make_site(load_library(library))
        named = {*made.files, *made.texts}
        offered[publish] = sorted(name for name in named if name.startswith("sources/"))
    assert offered == {
        "text": ["sources/食堂.docx.txt"],
        "file": ["sources/食堂.docx", "sources/食堂.docx.txt"],
    }
    (library / "vocabulary" / "sources.yml").write_text("- {form: html, publish: file}\n")
    with pytest.raises(UserError, match="form（word、pdf）"):
        load_library(library)


def test_an_interrupted_withdrawal_goes_on(
    received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between any two of its changes; the same command completes it."""
    library = old_library(received, tmp_path)
    source = library / "sources" / "大厅.txt"
    for point in range(3):
        folder = tmp_path / f"lib{point}"
        shutil.copytree(library, folder)
        left = iter(range(point))

        def unlink(path: Path, missing_ok: bool = False, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            path.__class__.unlink.__wrapped__(path, missing_ok)  # type: ignore[attr-defined]

        unlink.__wrapped__ = Path.unlink  # type: ignore[attr-defined]
        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", unlink)
            bring("--redact", folder / "sources" / source.name, out=folder)
        kept = folder / "sources" / source.name
        if kept.exists():
            assert bring("--redact", kept, out=folder).returncode == 0
        assert not files_with(folder, NUMBER)
        assert run_text("check_cases", folder).returncode == 0
