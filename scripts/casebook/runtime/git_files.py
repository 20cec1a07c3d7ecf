"""What git knows of a folder: the files that changed since a commit, and what they held then."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.model import UserError


@dataclass(frozen=True, slots=True)
class FolderHistory:
    """A folder in a git repository, compared with an earlier `commit`.

    `changed` are the files that differ, by their path in the folder: changed, added, removed, or
    not yet known to git. `prefix` is the path of the folder in the repository, with a slash.
    """

    folder: Path
    commit: str
    prefix: str
    changed: frozenset[str]

    def read_before(self, names: Iterable[str]) -> dict[str, str]:
        """The texts that files had in the commit; those that it has not, or no text, are left out.

        `names` are paths in the folder.
        """
        places = {f"{self.commit}:{self.prefix}{name}": name for name in names}
        found = _read_objects(self.folder, list(places))
        return {places[place]: text for place, text in found.items()}


def read_first_versions(folder: Path, ending: str) -> dict[str, str]:
    """The text that each file of a folder had in the commit that added it, by its path there now.

    Renames are followed; of a file that was removed and added again the last addition counts.
    Only names that end in `ending` count. Empty outside of git, without commits, and in a shallow
    clone, which does not know when a file was added.
    """
    try:
        if _run_git(folder, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return {}
        prefix = os.fsdecode(_run_git(folder, "rev-parse", "--show-prefix")).rstrip("\n")
        options = ("--reverse", "--find-renames", "--diff-filter=ADR", "--name-status", "-z")
        listed = _run_git(folder, "log", *options, "--format=%x01%H", "--relative", "--", ".")
    except (subprocess.CalledProcessError, FileNotFoundError):
        return {}
    places = _follow_additions(os.fsdecode(listed).split("\0"))
    wanted = {n: f"{c}:{prefix}{old}" for n, (c, old) in places.items() if n.endswith(ending)}
    texts = _read_objects(folder, list(wanted.values()))
    return {name: texts[place] for name, place in wanted.items() if place in texts}


def _follow_additions(words: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The commit that added each file and its path then, by its present path; words of git log."""
    found: dict[str, tuple[str, str]] = {}
    commit, rest = "", iter(words)
    for word in rest:
        status = word.strip("\n")[:1]
        if status == "\x01":
            commit = word.strip("\n")[1:]
        elif status == "A":
            name = next(rest)
            found[name] = (commit, name)
        elif status == "D":
            found.pop(next(rest), None)
        elif status == "R":
            old, new = next(rest), next(rest)
            found[new] = found.pop(old, (commit, new))
    return found


def compare_with(folder: Path, reference: str) -> FolderHistory:
    """The history of `folder` since it left `reference`: a commit, branch or tag.

    What a branch has got meanwhile is no change of ours, so the last common commit counts. Raises
    UserError when the folder is in no git repository or git does not know the reference.
    """
    try:
        prefix = _run_git(folder, "rev-parse", "--show-prefix")
    except subprocess.CalledProcessError as error:
        raise UserError(
            f"{folder} 不在 git 仓库里，--base 用不上；请去掉 --base 再运行。"
        ) from error
    except FileNotFoundError as error:
        raise UserError("没有找到 git，--base 用不上；请先安装，或去掉 --base 再运行。") from error
    commit = _find_commit(folder, reference)
    options = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative")
    listed = _run_git(folder, "diff", *options, commit, "--", ".")
    listed += _run_git(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    names = (os.fsdecode(name) for name in listed.split(b"\0") if name)
    return FolderHistory(folder, commit, os.fsdecode(prefix).rstrip("\n"), frozenset(names))


@dataclass(frozen=True, slots=True)
class FileDates:
    """When a file was first and last committed, by RFC 3339: 2026-11-28T09:00:00+08:00."""

    added: str
    changed: str


def read_file_dates(folder: Path) -> dict[str, FileDates]:
    """The dates of the files in a folder, by their path in it, from one run of git.

    Empty without git, outside a repository, and in a shallow clone, whose first commit seems to
    have brought everything.
    """
    try:
        shallow = _run_git(folder, "rev-parse", "--is-shallow-repository").strip()
        if shallow != b"false":
            return {}
        options = ("--name-only", "-z", "--no-renames", "--diff-filter=AM", "--relative")
        listed = _run_git(folder, "log", "--format=%x01%cI", *options, "--", ".")
    except (subprocess.CalledProcessError, FileNotFoundError):
        return {}
    dates: dict[str, FileDates] = {}
    for commit in listed.decode("utf-8", "replace").split("\x01")[1:]:  # the newest first
        time, *names = filter(None, commit.replace("\n", "\0").split("\0"))
        for name in names:
            dates[name] = FileDates(time, dates[name].changed if name in dates else time)
    return dates


def make_patch(changes: Sequence[FileChange]) -> bytes:
    """What `git apply` takes: a diff of files, also of those that are no UTF-8 or get a new name.

    Raises UserError without git.
    """
    with tempfile.TemporaryDirectory(prefix="casebook-patch-") as made:
        folder = Path(made)
        try:
            _run_git(folder, "init", "-q")
        except FileNotFoundError as error:
            raise UserError("没有找到 git，请先安装。") from error
        for change in changes:
            _write_file(folder / change.before_name, change.before)
        tree = _store_tree(folder)
        for change in changes:
            (folder / change.before_name).unlink()
        for change in changes:
            _write_file(folder / change.after_name, change.after)
        _store_tree(folder)
        options = ("--cached", "--binary", "--find-renames", "--no-ext-diff", "--no-color")
        return _run_git(folder, *_AS_IT_IS, "diff", *options, tree)


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file before and after: its name in the repository, and its bytes."""

    before_name: str
    after_name: str
    before: bytes
    after: bytes


_AS_IT_IS = ("-c", "core.autocrlf=false", "-c", "core.safecrlf=false")
"""What a person has set for line ends must not change a patch."""


def _write_file(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _store_tree(folder: Path) -> str:
    """The id of the tree of all files in a repository of our own."""
    _run_git(folder, *_AS_IT_IS, "add", "--all", "--force")
    return _run_git(folder, "write-tree").decode().strip()


def list_patched(patch: str) -> list[str]:
    """The files that `git apply` would change by a patch of a stranger; none if it is refused."""
    with tempfile.TemporaryDirectory(prefix="casebook-patch-") as made:
        try:
            listed = _run_git(Path(made), "apply", "--numstat", "-z", data=patch.encode())
        except (subprocess.CalledProcessError, UnicodeError):
            return []
    return [os.fsdecode(entry.rpartition(b"\t")[2]) for entry in listed.split(b"\0")[:-1]]


def _read_objects(folder: Path, places: Sequence[str]) -> dict[str, str]:
    """The texts of `COMMIT:PATH`; those that git has not, or that are no text, are left out."""
    wanted = [place for place in places if "\n" not in place]
    asked = "".join(f"{place}\n" for place in wanted)
    answer = _run_git(folder, "cat-file", "--batch", data=os.fsencode(asked))
    texts: dict[str, str] = {}
    position = 0
    for place in wanted:
        end = answer.index(b"\n", position)
        head, position = answer[position:end].split(b" "), end + 1
        if head[-1] == b"missing":
            continue
        size = int(head[-1])
        if head[-2] == b"blob":
            texts[place] = answer[position : position + size].decode("utf-8", "replace")
        position += size + 1
    return texts


def _find_commit(folder: Path, reference: str) -> str:
    try:
        if reference.startswith("-"):
            raise UserError(f"--base 后面应写分支、标签或提交，不能写 {reference}。")
        name = f"{reference}^{{commit}}"
        found = _run_git(folder, "rev-parse", "--verify", "--quiet", name).decode().strip()
    except (subprocess.CalledProcessError, ValueError) as error:
        message = (
            f"git 里没有 {reference}，--base 后面应写分支、标签或提交；远程的分支请先 git fetch。"
        )
        raise UserError(message) from error
    try:
        return _run_git(folder, "merge-base", found, "HEAD").decode().split()[0]
    except subprocess.CalledProcessError:
        return found  # no common commit, or a clone that is too shallow to know


def _run_git(folder: Path, *arguments: str, data: bytes = b"") -> bytes:
    """What git prints. Raises CalledProcessError, FileNotFoundError; ValueError for a zero byte."""
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    quiet = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    return subprocess.run(command, input=data, capture_output=True, check=True, env=quiet).stdout
