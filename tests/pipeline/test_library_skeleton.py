"""`casebook new`: what it writes, and what it refuses before it writes anything."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.commands.new_library import main
from casebook.model import UserError
from casebook.pipeline import library_skeleton
from casebook.site.site_settings import read_settings
from casebook.vocabulary import load

TAG = "git+https://github.com/someone/casebook.git@v1.2.0"


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A file that is called like the wheel."""
    path = tmp_path / "jingyan_casebook-1.2.0-py3-none-any.whl"
    path.write_bytes(b"wheel")
    return path


def make(folder: Path, package: object, name: str = "某市“两山”库: #1") -> Path:
    """A new library."""
    assert main([str(folder), "--name", name, "--package", str(package)]) == 0
    return folder


def test_a_library_has_its_name_wherever_it_stands(tmp_path: Path) -> None:
    """Also one with signs of YAML; nothing of the skeleton is left, and no table is its own."""
    made = make(tmp_path / "库", TAG)
    assert read_settings(made).name == "某市“两山”库: #1"
    texts = {p.name: p.read_text(encoding="utf-8") for p in made.rglob("*") if p.is_file()}
    assert [name for name, text in texts.items() if "[[" in text] == []
    assert texts["requirements.txt"].endswith(f"\njingyan-casebook @ {TAG}\n")
    assert "某市“两山”库: #1" in texts["about.md"]
    assert load(made / "cases" / "vocabulary") == load()


@pytest.mark.parametrize("kind", ["tag", "wheel"])
def test_its_workflows_are_valid_and_call_the_reusable_ones(
    tmp_path: Path, wheel: Path, kind: str
) -> None:
    """Those of the tag; or, with a wheel, which names no repository, copies of them."""
    made = make(tmp_path / "ku", TAG if kind == "tag" else wheel)
    workflows = sorted((made / ".github" / "workflows").glob("*.yml"))
    called = [w.read_text("utf-8").partition(" uses: ")[2] for w in workflows if "-" not in w.stem]
    start, end = ("someone/casebook", "@v1.2.0") if kind == "tag" else (".", "")
    for name, each in zip(("check", "intake", "publish"), called, strict=True):
        assert each.split()[0] == f"{start}/.github/workflows/library-{name}.yml{end}"
    assert len(workflows) == (3 if kind == "tag" else 6)
    assert (made / "packages" / wheel.name).is_file() == (kind == "wheel")
    schema = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    subprocess.run([*schema, "vendor.github-workflows", *workflows], check=True)
    linter = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert linter
    subprocess.run([linter, "--offline", "--no-progress", made / ".github"], check=True)


@pytest.mark.parametrize(
    "package",
    [
        "casebook",
        "jingyan-casebook==1.2.0",
        "git+https://github.com/someone/casebook",
        "git+https://someone:secret@github.com/someone/casebook@v1",
        "http://example.org/jingyan_casebook-1.2.0-py3-none-any.whl",
        "other-1.2.0-py3-none-any.whl",
        "jingyan_casebook-1.2.0-py3-none-any.whl",  # there is no such file
    ],
)
def test_only_a_wheel_or_a_tag_is_a_package(tmp_path: Path, package: str) -> None:
    """A name on an index may be another project; a password would be published."""
    with pytest.raises(UserError, match="--package") as raised:
        make(tmp_path / "ku", package)
    assert "secret" not in str(raised.value)
    assert not (tmp_path / "ku").exists()


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    """But for a repository without a file, as a forge makes it."""
    (tmp_path / ".git").mkdir()
    make(tmp_path, TAG)
    with pytest.raises(UserError, match="不是空文件夹"):
        make(tmp_path, TAG)


def test_without_a_package_it_is_the_one_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As pip noted it (PEP 610); in a checkout nothing is known."""
    monkeypatch.setattr(library_skeleton, "DISTRIBUTION", "no-such-distribution")
    with pytest.raises(UserError, match="请用 --package"):
        main([str(tmp_path / "ku"), "--name", "某县"])
