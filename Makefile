# The tasks of scripts/tasks.py by the names of make, with a Python that is new enough.
# Needs only Python 3.11 or later, git and make; all else goes into .venv.

PYTHON ?=
PYTHONS := $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3 python
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site test check serve intake publish pull-request zip demo bench calibrate spark ocr lock upgrade clean

# Variables such as FORMAT=github, SPARK=1 or PROFILE=weekly reach the task by the environment.
site test check serve intake publish pull-request zip demo bench calibrate spark ocr lock upgrade clean:
	@$(FIND_PYTHON); exec $$python scripts/tasks.py $@

help:
	@$(FIND_PYTHON); exec $$python scripts/tasks.py --help

FIND_PYTHON = python=; \
	for each in $(PYTHONS); do \
		if $$each -c "$(USABLE)" 2>/dev/null; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "需要 Python 3.11 或更新的版本，连同 venv 模块（Debian/Ubuntu：apt-get install python3-venv）；" >&2; \
		echo "也可以用 make PYTHON=/路径/python3 指定。" >&2; \
		exit 2; \
	fi
