"""Other names of kinds and regions: valid in a case, and one name wherever a case is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.checks import check_library
from casebook.library.folder import load_library
from casebook.model import UserError
from casebook.site.prepare import prepare_cases
from casebook.vocabulary import files_of, load
from frozen import LIBRARY

CASE = """---
id: {id}
title: 某镇沟渠清淤
kind: {kind}
region: {region}
lead_role: background
sources: [{{name: 本单位撰写}}]
---

{place}每到汛期村道积水，老人孩子出门要绕两里路。

## 一、分段清淤 {{.practice #k222}}

每逢初一和十五，各组出工半天，抬走的淤泥送到果园里作肥。
"""
REGIONS = (
    ("内蒙古", "内蒙古自治区"),
    ("内蒙", "内蒙古自治区"),
    ("内蒙赤峰市", "内蒙古自治区赤峰市"),
    ("内蒙古赤峰市宁城县", "内蒙古自治区赤峰市宁城县"),
    ("湖南某县", "湖南省某县"),
    ("北京海淀区", "北京市海淀区"),
    ("吉林吉林市", "吉林省吉林市"),
    ("湖南省长沙市", "湖南省长沙市"),
    ("吉林市", "吉林市"),
    ("海南藏族自治州", "海南藏族自治州"),
    ("河南蒙古族自治县", "河南蒙古族自治县"),
    ("新疆生产建设兵团", "新疆生产建设兵团"),
    ("某县", "某县"),
    ("", ""),
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two cases and a vocabulary in which a kind and a region have further names."""
    folder = tmp_path / "cases"
    (folder / "vocabulary").mkdir(parents=True)
    for path in files_of(LIBRARY / "vocabulary"):
        text = path.read_text("utf-8")
        text = text.replace("aliases: [内蒙古]", "aliases: [内蒙古, 内蒙]")
        text = text.replace("- {name: 调研报告, aliases: [", "- {name: 考察, aliases: [调研报告, ")
        (folder / "vocabulary" / path.name).write_text(text, "utf-8")
    places = (("qingyu", "调研报告", "内蒙古赤峰市"), ("shugou", "考察", "内蒙赤峰市"))
    for name, kind, region in places:
        text = CASE.format(id=name, kind=kind, region=region, place="上湾" * (name == "qingyu"))
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def test_a_case_goes_by_the_present_names(library: Path) -> None:
    """Both cases stand together in lists and filters; their files keep the words of people."""
    found = {(case.kind, case.region) for case in load_library(library).cases}
    assert found == {("考察", "内蒙古自治区赤峰市")}
    assert {(p.case.kind, p.case.region) for p in prepare_cases(library)} == found
    assert "kind: 调研报告" in (library / "qingyu.md").read_text("utf-8")


def test_the_gate_takes_them(library: Path) -> None:
    """Neither an error nor a warning."""
    rules = {found.rule for found in check_library(library)}
    assert not rules & {"unknown-kind", "unknown-region"}


@pytest.mark.parametrize(("written", "present"), REGIONS)
def test_the_province_is_written_out(library: Path, written: str, present: str) -> None:
    """Also before a city or county, but never within another name."""
    vocabulary = load_library(library).vocabulary
    assert vocabulary.region_name(written) == present
    assert vocabulary.region_name(present) == present


@pytest.mark.parametrize(
    ("file", "entries", "said"),
    [
        (
            "kinds.yml",
            "- {name: 甲, aliases: [丙]}\n- {name: 乙, aliases: [丙]}",
            "别名 丙 已经是另一个文种的名称",
        ),
        (
            "kinds.yml",
            "- {name: 甲, aliases: [乙]}\n- {name: 乙, aliases: [甲]}",
            "别名 乙 已经是另一个文种的名称",
        ),
        ("kinds.yml", "- {name: 甲}\n- {name: 甲}", "甲 写了两次"),
        ("kinds.yml", "- {name: 甲, aliases: 乙}", "aliases 应是名称的列表"),
        ("kinds.yml", "- {name: 甲, alias: [乙]}", "不认识的键 alias"),
        ("kinds.yml", "- {aliases: [乙]}", "应有 name"),
        ("kinds.yml", "- {name: 甲, default_role: 做法}", "default_role"),
        ("regions.yml", "- {name: 甲省, aliases: [甲]}\n- {name: 甲}", "已经是另一个地区的名称"),
        ("regions.yml", "- {name: 甲省, aliases: [2023]}", "aliases 应是名称的列表"),
    ],
)
def test_a_wrong_table_is_one_sentence(library: Path, file: str, entries: str, said: str) -> None:
    """It names the file, the entry and what is wrong."""
    (library / "vocabulary" / file).write_text(entries, "utf-8")
    with pytest.raises(UserError, match=said) as caught:
        load(library / "vocabulary")
    assert file in str(caught.value)
    assert "\n" not in str(caught.value)
