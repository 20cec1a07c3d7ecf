"""What the commands share: exit codes, Chinese usage errors, JSON on stdout."""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import shlex
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePath
from typing import Any, NoReturn, TextIO

from casebook.model import Finding, UserError
from casebook.runtime.file_names import path_below
from casebook.runtime.locked_files import is_locked, retry_while_locked
from casebook.runtime.visible_text import reveal_invisible, reveal_line

OK, FINDINGS, UNUSABLE = 0, 1, 2

UNPACKED_PREFIX = "casebook-unpacked-"
"""How the names of temporary folders for the files of archives begin."""

_UNSEEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udfff]")
"""Characters that JSON may have as they are, and a terminal obeys or hides."""

SCRIPTS = {
    "repair": "repair_text.py",
    "import": "import_cases.py",
    "duplicates": "find_duplicates.py",
    "check": "check_cases.py",
    "build": "build_site.py",
    "themes": "edit_themes.py",
    "export": "export_cases.py",
    "pull-request": "review_pull_request.py",
    "intake": "intake_issue.py",
    "rename": "rename_case.py",
    "split": "split_case.py",
    "remove": "remove_case.py",
    "refresh": "refresh_cases.py",
    "new": "new_library.py",
}
"""The scripts of a checkout by the subcommands of `casebook` that they run."""


def command(name: str) -> str:
    """How a person here calls a subcommand: by its script in a checkout, else as installed."""
    return SCRIPTS[name] if "CASEBOOK_CHECKOUT" in os.environ else f"casebook {name}"


def command_line(name: str, *words: str) -> str:
    """A call of a subcommand as it is typed, to be copied."""
    in_checkout = "CASEBOOK_CHECKOUT" in os.environ
    called = f"python scripts/{SCRIPTS[name]}" if in_checkout else f"casebook {name}"
    return " ".join([called, *map(shlex.quote, words)])


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line in Chinese and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Print the message and exit."""
        said = reveal_line(f"{self.prog}：命令写得不对：{message}（--help 查看用法）")
        self.exit(UNUSABLE, f"{said}\n")


def run(main: Callable[[Sequence[str]], int], arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit; a UserError or OSError becomes one line on stderr and code 2."""
    _use_utf8_names()
    _prepare_streams()
    try:
        code = main(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except UserError as error:
        say(str(error), file=sys.stderr)
        code = UNUSABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = OK
    except OSError as error:
        say(describe_system_error(error), file=sys.stderr)
        code = UNUSABLE
    except KeyboardInterrupt:
        count = len(_written)
        done = f"已写入 {count} 个文件，再运行一次即可补齐" if count else "没有写入任何文件"
        print(f"已中断，{done}。", file=sys.stderr)
        code = 130
    _leave(code)


def _prepare_streams() -> None:
    """Write UTF-8 everywhere, and into nothing where the caller has closed a stream."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        getattr(sys, name).reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")


def _leave(code: int) -> NoReturn:
    """Exit; what could not be written is not tried once more, with a traceback, at the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(code)


_REASONS = {
    errno.EACCES: "没有权限，请检查文件的属性，或换一个文件夹",
    errno.EPERM: "没有权限，请检查文件的属性，或换一个文件夹",
    errno.EROFS: "所在的磁盘是只读的，请换一个文件夹",
    errno.ENOSPC: "磁盘已满，请腾出空间再运行",
    errno.EDQUOT: "磁盘配额已满，请腾出空间再运行",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一个文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.ENAMETOOLONG: "名称太长，请改短",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EMFILE: "同时打开的文件太多",
    errno.EIO: "磁盘读写出错，请检查磁盘",
}
"""What the errors of the system mean, for people."""


def describe_system_error(error: OSError) -> str:
    """One Chinese sentence on what the system refused."""
    reason = _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
    if is_locked(error):
        reason = "正被别的程序打开，请关掉再运行"
    place = "无法写出结果"
    if error.filename is not None:
        place = f"无法读写 {PurePath(os.fsdecode(error.filename)).as_posix()}"
    return f"{place}：{reason}。"


def _use_utf8_names() -> None:
    """Begin again in Python's UTF-8 mode where a locale cannot name a file in Chinese."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.execve(sys.executable, sys.orig_argv, {**os.environ, "PYTHONUTF8": "1"})


def display_path(path: Path) -> str:
    """A path as people read it: relative to the working folder where it lies inside.

    A file that was unpacked goes by its archive: 材料.zip/清淤.txt.
    """
    for folder in path.parents:
        if folder.name.startswith(UNPACKED_PREFIX):
            return "/".join(path.relative_to(folder).parts[1:])
    below = path_below(path.resolve(), Path.cwd())
    return path.as_posix() if below is None else below


def say(*lines: str, file: TextIO | None = None) -> None:
    """Print lines for people; what nobody would see in them is shown by its code point."""
    for line in lines:
        print(reveal_line(line), file=file)


def print_json(value: Any) -> None:
    """Print machine output: UTF-8 JSON, readable, on stdout; unseen characters are escaped."""
    made = json.dumps(value, ensure_ascii=False, indent=2)
    print(_UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], made))


def exit_code(findings: Sequence[Finding], strict: bool = False) -> int:
    """1 when there is an error, or with `strict` a warning; else 0."""
    failing = ("error", "warning") if strict else ("error",)
    return FINDINGS if any(finding.severity in failing for finding in findings) else OK


def print_findings(findings: Sequence[Finding]) -> None:
    """Findings for people, one a line, on stderr."""
    names = {"error": "错误", "warning": "警告"}
    for found in findings:
        place = f"{reveal_invisible(found.path)}:{found.line}:{found.column}"
        said = f"{place}: {names[found.severity]} [{found.rule}] {found.message}"
        say(said, file=sys.stderr)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: to a temporary file in the same folder, then replace."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """As write_text, for bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY[0], suffix=TEMPORARY[1])
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        retry_while_locked(lambda: Path(name).replace(path))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _written.add(path)


TEMPORARY = (".casebook-", ".tmp")
"""How the names of files begin and end that are not yet complete; git ignores them."""

ABANDONED = 60
"""Seconds after which such a file belongs to a run that was killed: a write takes far less."""

_written: set[Path] = set()


def forget_written(paths: Iterable[Path]) -> None:
    """Note that these files are again as they were before the command began."""
    _written.difference_update(paths)


@cache
def _sweep(folder: Path) -> None:
    """Remove what killed runs have left in a folder, once in each run."""
    for left in folder.glob(f"{TEMPORARY[0]}*{TEMPORARY[1]}"):
        with suppress(OSError):  # another run removes it, too
            if left.stat().st_mtime < time.time() - ABANDONED:
                left.unlink()


class Progress:
    """A counter on stderr for long work, silent where stderr is not a terminal."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self.shown = bool(total) and sys.stderr.isatty()

    def step(self) -> None:
        """Count one finished piece."""
        self.done += 1
        if self.shown:
            end = "\n" if self.done == self.total else ""
            print(f"\r{self.label} {self.done}/{self.total}", end=end, file=sys.stderr, flush=True)
