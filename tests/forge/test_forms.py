"""Issue forms: what GitHub demands of them, what they ask, and how their bodies are read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from casebook.forge.answer import APPROVAL
from casebook.forge.form_body import load_form, parse_body
from casebook.forge.submission import FIELDS
from casebook.model import UserError
from frozen import ROOT

TEMPLATES = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(set(TEMPLATES.glob("*.yml")) - {TEMPLATES / "config.yml"})
NEW_CASE = load_form(TEMPLATES / "new-case.yml")


def _load(path: Path) -> dict[str, Any]:
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("github-issue-forms", FORMS), ("github-issue-config", [TEMPLATES / "config.yml"])],
)
def test_forms_keep_to_their_schema(schema: str, paths: list[Path]) -> None:
    """What GitHub would refuse is refused here."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    ended = subprocess.run([*command, *paths], capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stdout


def test_there_is_a_form_for_each_purpose() -> None:
    """A new case, a correction, a takedown, a duplicate, an error of the program."""
    labels = {path.stem: _load(path)["labels"] for path in FORMS}
    assert labels == {
        "new-case": ["case"],
        "correction": ["correction"],
        "takedown": ["takedown"],
        "duplicates": ["duplicate"],
        "bug": ["bug"],
    }


def test_form_for_a_new_case_asks_for_what_is_needed() -> None:
    """A text or a file is enough, so that neither is required; ids are those that are read."""
    form = _load(TEMPLATES / "new-case.yml")
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    required = {f["id"] for f in fields if f.get("validations", {}).get("required") == "true"}
    assert required == {"title", "source", "date", "ai_use", "publishable", "anonymized"}
    assert {field["id"] for field in fields} == set(FIELDS)
    (tick,) = fields[-1]["attributes"]["options"]
    assert tick["required"] == "true"


def test_the_workflow_asks_for_the_form_and_the_label_by_their_names() -> None:
    """Both stand in an expression of the workflow, where no program can look them up."""
    workflow = (ROOT / ".github" / "workflows" / "intake.yml").read_text(encoding="utf-8")
    label = next(field.label for field in NEW_CASE if field.id == "body")
    assert f"'### {label}'" in workflow and f"== '{APPROVAL}'" in workflow


BODY = """### 标题

某村修路经验材料

### 正文

第一段。

### 来源

文章里的“来源”一节。

### 日期

### 请确认

- [ ] 文章里的一行

### 附件

_No response_

### 来源

本单位撰写

### 日期

2024

### 单位

_No response_

### 人工智能

没有使用

### 是否可公开

None

### 请确认

- [X] 内容不涉密，我知道它会公开显示。
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_headings_in_the_text_are_text(end: str) -> None:
    """Those of the form are the first ones before the text, and the last ones after it."""
    values = parse_body(BODY.replace("\n", end), NEW_CASE, "body")
    assert values["title"] == "某村修路经验材料"
    assert values["body"].startswith("第一段。") and values["body"].endswith("文章里的一行")
    assert (values["source"], values["date"]) == ("本单位撰写", "2024")
    assert (values["organ"], values["publishable"]) == ("", "")
    assert (values["ai_use"], values["confirm"]) == ("没有使用", "x")
    assert "region" not in values


@pytest.mark.parametrize("body", ["", "### ", "标题\n正文", "#### 标题\n\n某村\n", "### 标题 某村"])
def test_a_body_without_headings_has_no_values(body: str) -> None:
    """A blank issue, or one of another form."""
    assert parse_body(body, NEW_CASE, "body") == {}


def test_a_choice_that_the_form_does_not_offer_is_none() -> None:
    """Whoever edits the issue by hand cannot choose what is not offered."""
    body = "### 正文\n\n一\n\n### 人工智能\n\n<b>都行</b>\n"
    assert parse_body(body, NEW_CASE, "body")["ai_use"] == ""


@pytest.mark.parametrize("text", ["body: 1", "- a", "body: [{type: input}]", "{", "body: [{"])
def test_a_broken_form_is_one_sentence(tmp_path: Path, text: str) -> None:
    """A maintainer may edit the form."""
    path = tmp_path / "form.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="不是 issue 表单"):
        load_form(path)
    with pytest.raises(UserError, match="没有这个表单"):
        load_form(tmp_path / "none.yml")
