"""What was taken down is in no file any more, and does not come back in another form."""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casebook.checks import check_library
from casebook.checks.removed_checks import check_register
from casebook.library import casefile
from casebook.library.decisions import add_decision
from casebook.library.folder import case_paths, load_library, variant_paths
from casebook.library.markup import plain_text
from casebook.library.merging import case_text
from casebook.library.removed_register import FILE, find_removed_text, read_removed
from casebook.model import Case
from casebook.runtime import cache
from commands import run_text
from frozen import LIBRARY
from site_library import make_site

GONE = "pojie-jiguan-dangjian-yu-yewu-gongzuo-liangzhangpi-diaocha"
ADVICE = "dangjian-yewu-gongzuo-liangzhangpi-gongzuo-jianyi"
_SENTENCE = re.compile(r"[^。！？；\n]{15,}")


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def _sentences(case: Case) -> Iterator[str]:
    return map(_flat, _SENTENCE.findall(case_text(case)))


@pytest.fixture(scope="module")
def removed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Case]:
    """A library from which a case was removed that shared its source, and the case."""
    folder = tmp_path_factory.mktemp("taken") / "lib"
    shutil.copytree(LIBRARY, folder)
    case = casefile.read_case(folder / f"{GONE}.md")
    ids = [path.stem for path in case_paths(folder)]
    add_decision(folder, GONE, ADVICE, "体裁不同", ids)
    add_decision(folder, ids[0], ADVICE, "体裁不同", ids)
    with (folder / f"{ADVICE}.md").open("a", encoding="utf-8") as file:
        file.write(f"\n\n另见[那篇调查]({GONE}.md#k30x)。\n")
    ended = run_text("remove_case", GONE, "--reason", "权利人要求", "--library", folder)
    assert ended.returncode == 0, ended.stderr
    assert "git filter-repo --invert-paths --path" in ended.stdout
    return folder, case


def test_no_file_holds_a_sentence_that_no_other_case_has(removed: tuple[Path, Case]) -> None:
    """Neither the library nor the pages of its site; decisions and links are settled."""
    folder, case = removed
    paths = [*case_paths(folder), *variant_paths(folder)]
    kept = _flat("\n".join(case_text(casefile.read_case(path)) for path in paths))
    own = [sentence for sentence in _sentences(case) if sentence not in kept]
    assert len(own) > 40
    files = [path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()]
    pages = make_site(load_library(folder)).pages
    for text in (*files, *(html.unescape(page.html) for page in pages.values())):
        assert not [sentence for sentence in own if sentence in _flat(text)]
    assert [f for f in check_library(folder) if f.severity == "error"] == []
    assert (folder / "decisions.yml").read_text(encoding="utf-8").count("- {a:") == 1
    assert "另见那篇调查。" in (folder / f"{ADVICE}.md").read_text(encoding="utf-8")
    assert (
        "已于" in pages[f"cases/{GONE}.md"].html and "权利人要求" in pages[f"cases/{GONE}.md"].html
    )


def test_its_source_stays_as_a_hash_with_the_steps_of_the_others(
    removed: tuple[Path, Case],
) -> None:
    """No document, no lines; the record has no place within the part that went."""
    folder, _ = removed
    (record,) = load_library(folder).sources.values()
    assert record.is_reduced and [part.part for part in record.parts] == [1, 2, 4, 5]
    assert record.steps and not [s for s in record.steps if 8301 <= s.start < 17165]
    assert not (folder / "sources" / record.file).exists()
    others = [casefile.read_case(path) for path in case_paths(folder)]
    assert {(s.file, s.sha256) for case in others for s in case.sources} == {("", record.sha256)}


FORMS: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "another encoding": lambda text: ("a.txt", text.encode("gb18030")),
    "a page": lambda text: (
        "a.html",
        f"<meta charset=utf-8>{''.join(f'<p>{line}</p>' for line in text.splitlines())}".encode(),
    ),
    "the second half": lambda text: ("a.md", text[len(text) // 2 :].encode()),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_another_form_of_it_is_refused(
    form: Callable[[str], tuple[str, bytes]], removed: tuple[Path, Case], tmp_path: Path
) -> None:
    """By import and by the comparison of new texts; nothing is written."""
    folder, case = removed
    name, data = form(f"{case.title}\n{plain_text(case.blocks)}")
    (tmp_path / name).write_bytes(data)
    before = sorted(folder.rglob("*"))
    ended = run_text("import_cases", tmp_path / name, "--out", folder)
    assert ended.returncode == 1 and "[removed-text]" in ended.stderr, ended.stderr
    assert f"与已撤下的 {GONE}（" in ended.stderr
    assert sorted(folder.rglob("*")) == before


def test_texts_are_known_again_when_they_are_compared(
    removed: tuple[Path, Case], tmp_path: Path
) -> None:
    """`duplicates --new` says so before any import; a text of the same series is welcome."""
    folder, case = removed
    text = plain_text(case.blocks)
    half = tmp_path / "a.txt"
    half.write_text(f"{case.title}\n{text[: len(text) // 2]}", encoding="utf-8")
    compared = run_text("find_duplicates", "--new", half, "--against", folder)
    assert compared.returncode == 1 and "[removed-text]" in compared.stderr
    other = text.replace("机关", "企业").replace("业务", "生产")
    assert find_removed_text(folder, case.title, text)
    assert find_removed_text(folder, "另一个标题", text[len(text) // 2 :])
    assert not find_removed_text(folder, case.title, other)


def test_the_source_is_refused_and_so_is_a_case_that_is_put_back(
    removed: tuple[Path, Case], tmp_path: Path
) -> None:
    """The gate names the rule for each: the file, the text, the id."""
    folder = shutil.copytree(removed[0], tmp_path / "lib")
    (source,) = (LIBRARY / "sources").glob("*.txt")
    ended = run_text("import_cases", source, "--out", folder)
    assert ended.returncode == 1 and "[removed-source]" in ended.stderr
    shutil.copy(source, folder / "sources" / "again.txt")
    shutil.copy(LIBRARY / f"{GONE}.md", folder / f"{GONE}.md")
    text = (LIBRARY / f"{GONE}.md").read_text(encoding="utf-8").replace(f"id: {GONE}", "id: b")
    (folder / "b.md").write_text(text, encoding="utf-8")
    found = {(Path(f.path).name, f.rule) for f in check_library(folder)}
    assert {("again.txt", "removed-source"), ("b.md", "removed-text")} <= found
    assert {(f"{GONE}.md", "removed-text"), (f"{GONE}.md", "removed-id")} <= found
    assert not [
        name
        for name, rule in found
        if rule == "removed-text" and GONE not in name and name != "b.md"
    ]


def test_a_case_that_says_the_same_must_go_too(tmp_path: Path) -> None:
    """Else the gate would refuse what stays; nothing is written."""
    folder = shutil.copytree(LIBRARY, tmp_path / "lib")
    text = (folder / f"{GONE}.md").read_text(encoding="utf-8").replace(f"id: {GONE}", "id: b")
    (folder / "b.md").write_text(text, encoding="utf-8")
    ended = run_text("remove_case", GONE, "--library", folder)
    assert ended.returncode == 2 and ended.stderr.startswith(
        "[remove-alike] b 的文字与要撤下的相同"
    )
    assert not (folder / FILE).exists()
    assert run_text("remove_case", GONE, "b", "--library", folder).returncode == 0
    assert read_removed(folder)[0][0].ids == (GONE, "b")


def test_a_case_alone_takes_its_source_and_its_variants_with_it(tmp_path: Path) -> None:
    """Nothing stays of them but the register, and no result in the cache."""
    folder = shutil.copytree(LIBRARY, tmp_path / "lib")
    check_library(folder, cache.store_of(folder))
    (store,) = cache.SITE.glob(f"{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}.sqlite")
    ids = [path.stem for path in case_paths(folder)]
    assert run_text("remove_case", *ids, "--library", folder).returncode == 0
    left = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    assert [name for name in left if not name.startswith("vocabulary/")] == [FILE]
    assert len(read_removed(folder)[0][0].ids) == 5
    assert not store.exists()


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "- 甲\n",
        "- {ids: [a]}\n",
        "- [\n",
        "- {ids: [a], date: x, reason: '', sha256: [], salt: '00', prints: []}\n",
    ],
)
def test_a_damaged_register_is_one_clear_sentence(text: str, tmp_path: Path) -> None:
    """By the gate a finding; by import and by another removal an error."""
    folder = shutil.copytree(LIBRARY, tmp_path / "lib")
    (folder / FILE).write_text(text, encoding="utf-8")
    (found,) = check_register(folder)
    assert (found.problem.rule, found.path.name) == ("removed-format", FILE)
    ended = run_text("remove_case", GONE, "--library", folder)
    assert ended.returncode == 2 and f"{FILE}:" in ended.stderr and ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr
