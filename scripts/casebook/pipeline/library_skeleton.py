"""A new library for an organization: its own texts and settings, and all else in the package."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from casebook.content import CONTENT
from casebook.model import UserError
from casebook.runtime import cli

DISTRIBUTION = "jingyan-casebook"

_SKELETON = Path(__file__).parent / "skeleton"
_WHEEL = re.compile(r"jingyan_casebook-[\w.!+]+-py3-none-any\.whl")
_REMOTE_WHEEL = re.compile(rf"https://[^\s@#]+/{_WHEEL.pattern}(?:#sha256=[0-9a-f]{{64}})?")
_GIT = re.compile(r"git\+(?:https|ssh)://(?![^/]*:[^/]*@)[^\s#]*/[^\s#@/]+@(?P<tag>[\w][\w.-]*)")
"""An address with a tag, and without a password."""

_ON_GITHUB = re.compile(
    r"git\+https://github\.com/(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?@(?P<tag>.+)"
)

_TRUSTED = "# zizmor: ignore[unpinned-uses] 与 requirements.txt 同一个标签，同样信任"
"""Why a workflow that may write calls one by its tag: it installs the package of that tag."""

FORMS = ("config", "correction", "duplicates", "new-case", "takedown")
"""The issue forms of this repository that another library gets; it may change them."""

WORKFLOWS = ("check", "publish", "intake")
"""The workflows of a library; each calls the one of this repository named library-…"""


@dataclass(frozen=True, slots=True)
class Package:
    """What a library is built with: a line of requirements.txt, and the wheel to keep beside it."""

    requirement: str
    wheel: Path | None = None


@dataclass(frozen=True, slots=True)
class NewLibrary:
    """What a new library says of itself; '' for an address that it has not."""

    name: str
    url: str
    repository: str
    package: Package


def read_package(given: str) -> Package:
    """The package by a wheel, its address, or a git address with a tag. Raises UserError."""
    if _GIT.fullmatch(given) or _REMOTE_WHEEL.fullmatch(given):
        return Package(f"{DISTRIBUTION} @ {given}")
    wheel = Path(given)
    if not _WHEEL.fullmatch(wheel.name):
        raise UserError(
            "--package：应是 jingyan_casebook-….whl 文件、它的 https 网址，"
            "或者带标签、不带密码的 git 地址 git+https://…@标签；"
            "软件包索引上的名字不收，那里的 casebook 是别的项目。"
        )
    if not wheel.is_file():
        raise UserError(f"--package {given}：没有这个文件。")
    return Package(f"./packages/{wheel.name}", wheel)


def find_installed_package() -> Package:
    """The package that runs, from where it was installed. Raises UserError if none says where."""
    try:
        noted = metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
        origin = json.loads(noted or "{}")
    except metadata.PackageNotFoundError:
        origin = {}
    url = str(origin.get("url", ""))
    if tag := origin.get("vcs_info", {}).get("requested_revision"):
        return read_package(f"git+{url}@{tag}")
    if url.endswith(".whl"):
        return read_package(unquote(urlsplit(url).path) if url.startswith("file:") else url)
    raise UserError("请用 --package 写明程序从哪里装：.whl 文件，或者 git+https://…@标签。")


def write_library(folder: Path, library: NewLibrary) -> list[str]:
    """Write all files of a library, or none. Returns their names.

    Raises UserError for a folder that holds anything but an empty repository.
    """
    if folder.exists() and not _is_empty(folder):
        raise UserError(f"{folder} 不是空文件夹，不会写入；请换一个名字，或先移走里面的东西。")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".casebook-new-") as made:
        scratch = Path(made)
        for name, text in _list_texts(library):
            cli.write_text(scratch / name, text)
        if wheel := library.package.wheel:
            (scratch / "packages").mkdir()
            shutil.copyfile(wheel, scratch / "packages" / wheel.name)
        names = sorted(p.relative_to(scratch).as_posix() for p in scratch.rglob("*") if p.is_file())
        for child in sorted(scratch.iterdir()):
            child.rename(folder / child.name)
    return names


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and all(child.name == ".git" for child in folder.iterdir())


def _list_texts(library: NewLibrary) -> Iterator[tuple[str, str]]:
    """The files by their names, with what the organization says of itself."""
    words = _list_words(library)
    for path in sorted(p for p in _SKELETON.rglob("*") if p.is_file()):
        text = path.read_text(encoding="utf-8")
        escaped = path.suffix in (".svg", ".yml")
        name = path.relative_to(_SKELETON).as_posix().replace("dot_", ".")
        yield name, _fill(text, _quote(words, path.suffix) if escaped else words)
    github = CONTENT / ".github"
    for form in FORMS:
        name = f"ISSUE_TEMPLATE/{form}.yml"
        yield f".github/{name}", (github / name).read_text(encoding="utf-8")
    if words["check"].startswith("./"):
        for workflow in WORKFLOWS:
            name = f"workflows/library-{workflow}.yml"
            yield f".github/{name}", (github / name).read_text(encoding="utf-8")


def _list_words(library: NewLibrary) -> dict[str, str]:
    """What stands in the skeleton as [[KEY]]."""
    requirement, wheel = library.package.requirement, library.package.wheel
    upgrade = "把 `requirements.txt` 里的版本换成新的，然后："
    if wheel:
        upgrade = "把新的 `.whl` 文件放进 `packages/`，在 `requirements.txt` 里换成它的名字，然后："
    path = "/.github/workflows/library-{}.yml"
    called = f".{path} # zizmor: ignore[self-repository] 自建的 GitHub 也认得的写法"
    if on_github := _ON_GITHUB.search(requirement):
        called = f"{on_github['name']}{path}@{on_github['tag']} {_TRUSTED}"
    return {
        "name": library.name,
        "initial": library.name[0],
        "url": library.url,
        "repository": library.repository,
        "requirement": requirement,
        "upgrade": upgrade,
        **{each: called.format(each) for each in WORKFLOWS},
    }


def _quote(words: Mapping[str, str], suffix: str) -> dict[str, str]:
    """The words as XML has them, or YAML, where a JSON string is one."""
    if suffix == ".svg":
        return {key: escape(word) for key, word in words.items()}
    said = ("name", "url", "repository")
    return {k: json.dumps(w, ensure_ascii=False) if k in said else w for k, w in words.items()}


def _fill(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\[\[(\w+)\]\]", lambda found: words[found[1]], text)
