"""The kinds of mistakes that --fix mends, each with lines much like it that it leaves alone."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
import yaml

from casebook.checks import check_paths
from casebook.checks.fixing import fix_paths

ROWS = yaml.safe_load((Path(__file__).parent / "data" / "fixes.yml").read_text(encoding="utf-8"))
MENDS = [(row["place"], *pair) for row in ROWS for pair in row["mends"]]
KEEPS = [(row["place"], line) for row in ROWS for line in row["keeps"]]

CASE = (
    "---\nid: good\ntitle: 好\nlead_role: background\nsources: [{name: 自撰}]\n---\n\n"
    "今年春天，镇里清了三条渠。\n"
)


def _write(folder: Path, place: str, line: str) -> Path:
    front, body = (f"{line}\n", "正文。") if place == "front" else ("", f"{line}\n\n正文。")
    path = folder / "good.md"
    path.write_text(f"---\nid: good\n{front}---\n\n{body}\n", encoding="utf-8")
    return path


def _find_line(path: Path, place: str) -> str:
    """The line that was tried, without an anchor that was added."""
    line = path.read_text(encoding="utf-8").split("\n")[2 if place == "front" else 4]
    return re.sub(r" ?#k[0-9a-z]{3,}", "", line).replace(" {}", "")


@pytest.mark.parametrize(("place", "line", "mended"), MENDS)
def test_a_line_of_one_reading_is_mended(
    tmp_path: Path, place: str, line: str, mended: str
) -> None:
    """The line is as it should be, one sentence says so, and a second run changes nothing."""
    path = _write(tmp_path, place, line)
    _, changes = fix_paths([path])
    assert _find_line(path, place) == mended
    assert any(f":{3 if place == 'front' else 5}: " in change for change in changes)
    assert fix_paths([path]) == ([path], [])


@pytest.mark.parametrize(("place", "line"), KEEPS)
def test_a_line_much_like_it_stays(tmp_path: Path, place: str, line: str) -> None:
    """What may be meant as it is stays."""
    path = _write(tmp_path, place, line)
    fix_paths([path])
    assert _find_line(path, place) == line


@pytest.mark.parametrize(
    "heading",
    [
        "## 四、困难 ｛.problem 见附件｝",
        "## 五、原因 {cause 很多}",
        "## 五、原因 {because}",
        "## 四、困难 {.problem} 其他",
        "## 四、困难{.problem}",
        "## 四、困难（.problem）",
        "## 四、困难 {.problem} {#p1 x}",
        "## 六、成效 {.practise}",
    ],
)
def test_no_anchor_stands_beside_a_mark_that_nobody_knows(tmp_path: Path, heading: str) -> None:
    """The heading stays as it is; the check says what is wrong with it, and offers no anchor."""
    path = _write(tmp_path, "body", heading)
    assert fix_paths([path])[1] == []
    found = {finding.rule for finding in check_paths([path]) if finding.line == 5}
    assert found & {"unknown-mark", "unknown-role"}
    assert "missing-anchor" not in found


def test_comments_order_quotes_and_line_ends_stay(tmp_path: Path) -> None:
    """Only the values are exchanged, in their lines."""
    text = (
        "---\n# 一\ntitle: 'a'   # 二\n\nid: good\ndate: 2021年3月  # 三\n"
        "themes:   【责任落实】  # 四\n---\n正文。\n"
    )
    path = tmp_path / "good.md"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    fix_paths([path])
    right = text.replace("2021年3月", '"2021-03"').replace("【责任落实】", "[责任落实]")
    assert path.read_bytes() == right.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("encoding", "is_mended"),
    [("gb18030", True), ("utf-8-sig", True), ("utf-16", False), ("big5", False)],
)
def test_encodings(tmp_path: Path, encoding: str, is_mended: bool) -> None:
    """GB18030 and a byte order mark become plain UTF-8; what may be anything else stays."""
    path = tmp_path / "good.md"
    traditional = "---\nid: good\ntitle: 好\n---\n\n今年春天，清了三條渠道。\n"
    data = (traditional if encoding == "big5" else CASE).encode(encoding)
    path.write_bytes(data)
    fix_paths([path])
    assert path.read_bytes() == (CASE.encode() if is_mended else data)


@pytest.mark.parametrize("tail", [b"\xff\xfe", "清".encode()[:2]])
def test_damaged_utf8_is_not_taken_for_gb18030(tmp_path: Path, tail: bytes) -> None:
    """Lost bytes are for a person to restore."""
    path = tmp_path / "good.md"
    path.write_bytes(CASE.encode() + tail)
    assert fix_paths([path])[1] == []
    assert path.read_bytes() == CASE.encode() + tail


@pytest.mark.parametrize("name", ["Good.md", "GOOD.MD", "good.MD"])
def test_a_name_in_capitals_becomes_lower_case(tmp_path: Path, name: str) -> None:
    """With it the id, which is the name."""
    (tmp_path / name).write_text(CASE.replace("id: good", f"id: {name[:4]}"), encoding="utf-8")
    (path,), changes = fix_paths([tmp_path / name])
    assert path.name == "good.md" and changes
    assert [each.name for each in tmp_path.iterdir()] == ["good.md"]
    assert check_paths([path]) == []


def test_a_name_that_is_taken_or_no_id_stays(tmp_path: Path) -> None:
    """Nothing is overwritten, and no name is made up."""
    for name in ("good.md", "Good.md", "Good 1.md"):
        (tmp_path / name).write_text(CASE, encoding="utf-8")
    if len(list(tmp_path.iterdir())) < 3:
        pytest.skip("this disk does not tell capitals apart")
    fix_paths([tmp_path])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["Good 1.md", "Good.md", "good.md"]


def _with_sources(folder: Path, sources: str) -> Path:
    (folder / "sources").mkdir()
    (folder / "sources" / "原件.txt").write_bytes(b"as received")
    path = folder / "good.md"
    path.write_text(CASE.replace("sources: [{name: 自撰}]", sources), encoding="utf-8")
    return path


DIGEST = hashlib.sha256(b"as received").hexdigest()


@pytest.mark.parametrize(
    ("sources", "mended"),
    [
        ("sources: [{file: 原件.txt}]", f"sources: [{{file: 原件.txt, sha256: {DIGEST}}}]"),
        (
            "sources:\n  - file: '原件.txt'  # 注\n    part: 2",
            f"sources:\n  - file: '原件.txt'  # 注\n    sha256: {DIGEST}\n    part: 2",
        ),
        (
            "sources:\n- {file: 原件.txt, sha256: , part: 2}",
            f"sources:\n- {{file: 原件.txt, sha256: {DIGEST}, part: 2}}",
        ),
        (
            "sources:\n- sha256: ''\n  file: 原件.txt",
            f"sources:\n- sha256: {DIGEST}\n  file: 原件.txt",
        ),
    ],
)
def test_the_hash_of_a_stored_source_is_added(tmp_path: Path, sources: str, mended: str) -> None:
    """At its place, whatever the form of the list."""
    path = _with_sources(tmp_path, sources)
    assert len(fix_paths([path])[1]) == 1
    assert path.read_text(encoding="utf-8") == CASE.replace("sources: [{name: 自撰}]", mended)
    assert check_paths([path]) == []


@pytest.mark.parametrize(
    "sources",
    [
        "sources: [{file: 不在.txt}]",
        "sources: [{file: ../good.md}]",
        f"sources: [{{file: 原件.txt, sha256: {'0' * 64}}}]",
        "sources: [原件.txt]",
    ],
)
def test_no_hash_is_made_up_or_exchanged(tmp_path: Path, sources: str) -> None:
    """A source that is not there, lies outside, or has another hash is left to a person."""
    assert fix_paths([_with_sources(tmp_path, sources)])[1] == []
