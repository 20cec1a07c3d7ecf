"""The package as it is installed: the wheel in an empty environment, used in an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from email.parser import HeaderParser
from importlib.metadata import Distribution, distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import casebook
from casebook.runtime import cli
from frozen import LIBRARY, ROOT, SAMPLE

NAME = "jingyan-casebook"
COLORS = "styles/own-colors.css"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the package is made of, with frozen cases/."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in ("scripts", "docs", ".github"):
        shutil.copytree(ROOT / name, checkout / name)
    for path in (*ROOT.glob("*.*"), *ROOT.glob("LICENSE*")):
        if path.is_file():
            shutil.copy(path, checkout)
    shutil.copytree(LIBRARY / "vocabulary", checkout / "cases" / "vocabulary")
    return checkout


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the backend of pyproject.toml."""
    return build_wheel(checkout, tmp_path_factory.mktemp("wheel"))


def build_wheel(checkout: Path, folder: Path) -> Path:
    """Build a wheel into an empty folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and what it requires, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    packages = next(folder.rglob("site-packages"))
    for entry in {entry for each in closure(required(wheel)) for entry in entries(each)}:
        try:
            (packages / entry.name).symlink_to(entry)
        except OSError as error:
            pytest.skip(f"no right to make links: {error}")
    install(folder, wheel)
    return folder


def install(environment: Path, *what: object, folder: Path | None = None) -> None:
    """Install without the network what an environment has the dependencies of."""
    command = ["-m", "uv", "pip", "install", "--offline", "--no-deps", "--python", environment]
    words = [sys.executable, *command, *what]
    subprocess.run([*map(str, words)], check=True, capture_output=True, cwd=folder)


def required(wheel: Path, extra: str = "") -> list[Requirement]:
    """What the wheel says that it needs, or what an extra adds."""
    with ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(archive.read(name).decode())
    listed = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    plain = [each for each in listed if each.marker is None]
    added = [each for each in listed if each.marker and each.marker.evaluate({"extra": extra})]
    return added if extra else plain


def closure(requirements: list[Requirement]) -> Iterator[Distribution]:
    """The installed distributions that requirements lead to, each once."""
    seen: set[str] = set()
    open_ones = [each.name for each in requirements]
    while open_ones:
        name = canonicalize_name(open_ones.pop())
        if name not in seen:
            seen.add(name)
            found = distribution(name)
            yield found
            more = (Requirement(line) for line in found.requires or ())
            fits = (r for r in more if r.marker is None or r.marker.evaluate({"extra": ""}))
            open_ones += [each.name for each in fits]


def entries(found: Distribution) -> Iterator[Path]:
    """The files and folders that a distribution has in its site-packages."""
    for file in found.files or ():
        if file.parts[0] not in ("..", "__pycache__"):
            yield Path(str(found.locate_file(file.parts[0])))


def run(environment: Path, folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Call the console command in a folder, with no variable of ours set."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("CASEBOOK_", "PYTHON"))}
    own["XDG_CACHE_HOME"] = own["LOCALAPPDATA"] = str(folder.parent / "cache")
    program = next(environment.glob("*/casebook*"))
    return subprocess.run(
        [str(part) for part in (program, *arguments)],
        cwd=folder,
        env=own,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def test_the_wheel_needs_what_the_list_says(wheel: Path) -> None:
    """requirements.txt is read into the wheel, line by line."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    listed = [Requirement(line.split(" #")[0]) for line in lines if re.match(r"\w", line)]
    assert sorted(map(str, required(wheel))) == sorted(map(str, listed))


def test_reading_scans_is_an_extra(wheel: Path) -> None:
    """`pip install jingyan-casebook[ocr]` brings the recognizer, the plain package does not."""
    assert {"rapidocr", "onnxruntime"} <= {each.name for each in required(wheel, "ocr")}


def test_the_wheel_holds_pages_settings_and_vocabulary(wheel: Path) -> None:
    """All of docs/ and of the vocabulary, as they are in the checkout."""
    with ZipFile(wheel) as archive:
        held = {n.removeprefix("casebook/content/"): n for n in archive.namelist()}
        for path in (ROOT / "mkdocs.yml", *(ROOT / "docs").rglob("*")):
            if path.is_file():
                name = path.relative_to(ROOT).as_posix()
                assert archive.read(held[name]) == path.read_bytes()
        for path in (LIBRARY / "vocabulary").glob("*.yml"):
            assert archive.read(held[f"cases/vocabulary/{path.name}"]) == path.read_bytes()


def test_name_and_version(wheel: Path) -> None:
    """The distribution has a name of its own; the version stands in the package."""
    assert wheel.name.startswith(f"{NAME.replace('-', '_')}-{casebook.__version__}-py3-")


def test_import_check_and_build_in_an_empty_folder(environment: Path, tmp_path: Path) -> None:
    """A text becomes a case, the case passes the gate, and the site has its page and an index."""
    folder = tmp_path / "新 文件夹"
    folder.mkdir()
    imported = run(environment, folder, "import", SAMPLE)
    assert imported.returncode == 0, imported.stderr
    cases = sorted(path.name for path in (folder / "cases").glob("*.md"))
    assert cases == sorted(path.name for path in LIBRARY.glob("*.md"))
    checked = run(environment, folder, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    built = run(environment, folder, "build")
    assert (built.returncode, built.stderr) == (0, "")
    assert (folder / "site" / "cases" / cases[0]).with_suffix(".html").is_file()
    assert list((folder / "site" / "search" / "data").glob("*.js"))
    assert sorted(path.name for path in folder.iterdir()) == ["cases", "site"]


def test_messages_name_the_installed_command(environment: Path, tmp_path: Path) -> None:
    """Who installed the package has no scripts."""
    refused = run(environment, tmp_path, "build")
    assert refused.returncode == 2
    assert refused.stderr == "cases：没有这个文件夹，请用 --cases 指出案例文件夹。\n"
    assert run(environment, tmp_path, "check", "--help").stdout.startswith("usage: casebook check")
    assert run(environment, tmp_path, "--help").stdout.count("\n    ") >= 5
    unknown = run(environment, tmp_path, "biuld")
    assert unknown.returncode == 2 and "Traceback" not in unknown.stderr


@pytest.mark.parametrize("name", sorted(cli.SCRIPTS))
def test_a_script_is_its_subcommand(name: str) -> None:
    """The scripts of a checkout take the same options, and name themselves in their help."""
    script = ROOT / "scripts" / cli.SCRIPTS[name]
    own = {k: v for k, v in os.environ.items() if not k.startswith("CASEBOOK_")}
    shown = subprocess.run(
        [sys.executable, script, "--help"], capture_output=True, encoding="utf-8", env=own
    )
    assert shown.returncode == 0
    assert shown.stdout.startswith(f"usage: {script.name}")


def write_texts(folder: Path, count: int) -> Path:
    """Short write-ups, each of its own."""
    folder.mkdir()
    for number in range(1, count + 1):
        word = chr(0x4E00 + 97 * number) * 3
        text = f"{word}县{word}经验材料\n\n一、主要做法\n\n{word}每月第{number}天对账{word}。\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_library_of_ones_own_outlives_an_upgrade(
    environment: Path, checkout: Path, tmp_path: Path
) -> None:
    """Made, filled, built with its name and color; the next version builds what it did not touch.

    It stands last: the environment has another version afterwards.
    """
    folder = tmp_path / "库"
    made = run(environment, tmp_path, "new", folder, "--name", "某市案例库")
    assert (made.returncode, made.stderr) == (0, "")
    settings = folder / "site.yml"
    own = settings.read_text(encoding="utf-8").replace("#1d4063", "#7a1f2b")
    settings.write_text(own, encoding="utf-8")
    imported = run(environment, folder, "import", write_texts(tmp_path / "texts", 10))
    assert imported.returncode == 0 and len(list((folder / "cases").glob("[!R]*.md"))) == 10
    assert run(environment, folder, "build").returncode == 0
    content = {
        p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and "site" not in p.parts
    }
    home = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "某市案例库" in home and "#7a1f2b" in (folder / "site" / COLORS).read_text("utf-8")
    assert "关于某市案例库" in (folder / "site" / "about.html").read_text(encoding="utf-8")

    version = checkout / "scripts" / "casebook" / "__init__.py"
    version.write_text('__version__ = "99.1"\n', encoding="utf-8")
    page = checkout / "docs" / "overrides" / "main.html"
    page.write_text(page.read_text("utf-8").replace("参与贡献", "欢迎投稿"), encoding="utf-8")
    newer = build_wheel(checkout, tmp_path / "newer")
    shutil.copy(newer, folder / "packages")
    required = (folder / "requirements.txt").read_text(encoding="utf-8")
    upgraded = required.replace(f"-{casebook.__version__}-", "-99.1-")
    (folder / "requirements.txt").write_text(upgraded, encoding="utf-8")
    install(environment, "-r", "requirements.txt", folder=folder)
    assert run(environment, folder, "check").returncode == 0
    assert run(environment, folder, "build").returncode == 0
    assert "欢迎投稿" in (folder / "site" / "index.html").read_text(encoding="utf-8")
    del content[folder / "requirements.txt"]
    assert {path: path.read_bytes() for path in content} == content
