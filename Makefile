# Everything the project does, each target with its own set-up. `make help` lists them.
# Needs only Python 3.11 or later, git and make; all else goes into .venv.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
PYTHON ?=
FORMAT ?= text
# make test SPARK=1 also installs pyspark (a minute) and runs the tests on it; they need Java.
SPARK ?=
export SPARK
PYTHONS := $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

.DEFAULT_GOAL := help
.PHONY: help site test zip bench check serve clean browser

help: ## 列出可用的命令
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

site: $(VENV)/.stamp-site ## 导入 cases/sources/ 里的新来源，检查，生成 site/
	$(PY) scripts/import_cases.py
	$(PY) scripts/check_cases.py --format $(FORMAT)
	$(PY) scripts/build_site.py

test: $(VENV)/.stamp-test $(if $(SPARK),$(VENV)/.stamp-spark) browser ## 代码检查、类型检查和全部测试
	$(PY) -m ruff check scripts tests
	$(PY) -m ruff format --check scripts tests
	$(PY) -m mypy
	$(PY) -m pytest -n auto

check: $(VENV)/.stamp-site ## 只检查案例文件
	$(PY) scripts/check_cases.py --format $(FORMAT)

serve: $(VENV)/.stamp-site ## 在本机预览网站，改动后自动刷新
	$(PY) -m mkdocs serve

zip: site ## 把网站打包成 casebook-site.zip，供内网使用
	@$(PY) -c "$$PACK"

bench: $(VENV)/.stamp-bench ## 运行 tests/benchmarks/ 里的全部基准测试
	@for file in tests/benchmarks/bench_*.py; do \
		if [ -f "$$file" ]; then $(PY) "$$file" || exit 1; \
		else echo "tests/benchmarks/ 里还没有基准测试。"; fi; \
	done

clean: ## 删除生成的文件（保留 .venv）
	rm -rf site .cache casebook-site.zip test-results
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The virtual environment, and what is installed in it; a changed list is installed again.
$(PY):
	@found=; \
	for python in $(PYTHONS); do \
		if command -v $$python >/dev/null 2>&1 && $$python -c "$(NEW_ENOUGH)" 2>/dev/null; then \
			found=$$python; \
			if $$python -c "import venv, ensurepip" 2>/dev/null; then \
				echo "用 $$($$python --version) 建立 $(VENV)"; \
				exec $$python -m venv --clear $(VENV); \
			fi; \
		fi; \
	done; \
	if [ -n "$$found" ]; then \
		echo "$$found 缺少 venv 模块；Debian/Ubuntu 请运行 apt-get install python3-venv。" >&2; \
	else \
		echo "需要 Python 3.11 或更新的版本；可以用 make PYTHON=/路径/python3 指定。" >&2; \
	fi; \
	exit 1

$(VENV)/.stamp-site: requirements.txt | $(PY)
	$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.stamp-test: requirements.txt requirements-dev.txt | $(PY)
	$(PIP) install -r requirements-dev.txt
	@touch $@ $(VENV)/.stamp-site

$(VENV)/.stamp-spark: requirements-spark.txt $(VENV)/.stamp-test | $(PY)
	$(PIP) install -r requirements-spark.txt
	@touch $@

$(VENV)/.stamp-bench: requirements-bench.txt $(VENV)/.stamp-test | $(PY)
	$(PIP) install -r requirements-bench.txt
	@touch $@

# Browser tests use a Chromium of the system, or Playwright's own. Without either they are skipped,
# except in CI, where that is a failure.
browser: $(VENV)/.stamp-test
	@for browser in $(BROWSERS); do command -v $$browser >/dev/null 2>&1 && exit 0; done; \
	if [ -f $(VENV)/.stamp-browser ]; then exit 0; fi; \
	if $(PY) -m playwright install chromium; then touch $(VENV)/.stamp-browser; exit 0; fi; \
	echo "没有可用的 Chromium，浏览器测试将跳过。" >&2; \
	[ -z "$$CI" ] || { echo "CI 里必须有浏览器。" >&2; exit 1; }

# The same site gives the same bytes: sorted names, one date for all.
define PACK
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

GUIDE = """Casebook 经验库（离线版）

1. 把整个压缩包解压到一个文件夹（不要在压缩包里直接打开）。
2. 双击 casebook-site 文件夹里的 index.html，用浏览器打开。
3. 不需要联网，也不需要安装任何软件；整个文件夹可以放到内网服务器或 U 盘。
"""

def add(archive, name, data):
    entry = ZipInfo("casebook-site/" + name, date_time=(2020, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
    archive.writestr(entry, data)

with ZipFile("casebook-site.zip", "w") as archive:
    add(archive, "使用说明.txt", ("\ufeff" + GUIDE.replace("\n", "\r\n")).encode())
    for path in sorted(p for p in Path("site").rglob("[!.]*") if p.is_file()):
        add(archive, path.relative_to("site").as_posix(), path.read_bytes())
print("已生成 casebook-site.zip")
endef
export PACK
