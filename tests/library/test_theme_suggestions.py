"""Themes proposed for the items that have none.

How good they are on real libraries was measured by hand: of 30 proposals for 762 statutes and for
500 questions to lawyers, 25 and 26 could be used as they stand (November 2026).
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from casebook.library import casefile
from casebook.library.theme_suggestions import MOST_SUGGESTIONS, suggest_themes
from casebook.library.themes import block_themes
from casebook.model import Block, Case
from casebook.text.noun_terms import count_terms
from casebook.vocabulary import Vocabulary, load
from commands import run_text
from frozen import LIBRARY

SUBJECTS = {
    "交通事故": "车辆在路口相撞，交警认定交通事故的责任，保险公司按交通事故认定书赔付。",
    "野生动物": "护林员在野生动物出没的山口巡护，救护受伤的野生动物，劝阻猎捕。",
    "劳动合同": "员工入职时没有签劳动合同，离职后就劳动合同的期限申请仲裁。",
}
OTHER = "这一天来的人不少，大家坐下来说了说近来的打算，天黑以后才散。"


def make_cases() -> list[Case]:
    """Four cases for each subject, with an item about it and one about nothing."""
    return [
        Case(
            f"c{number}-{place}",
            "某地的经验",
            (
                Block(1, "某地的经验"),
                Block(2, "主要做法", "practice", OTHER, "k1"),
                Block(3, f"（一）处理{name}", "practice", text * (number + 1), "k2"),
            ),
        )
        for place, (name, text) in enumerate(SUBJECTS.items())
        for number in range(4)
    ]


def add_themes(vocabulary: Vocabulary, text: str, folder: Path) -> Vocabulary:
    """A vocabulary with the entries of a YAML text added."""
    shutil.copytree(LIBRARY / "vocabulary", folder, dirs_exist_ok=True)
    with (folder / "themes.yml").open("a", encoding="utf-8") as file:
        file.write(text)
    added = load(folder)
    assert len(added.themes) > len(vocabulary.themes)
    return added


def test_subjects_of_several_cases_are_proposed() -> None:
    """With the number of items, examples, and words that go along; neither sections nor places."""
    found = {each.name: each for each in suggest_themes(make_cases(), load())}
    assert set(found) == set(SUBJECTS)
    accident = found["交通事故"]
    assert accident.count == 4 and accident.examples[0] == ("c0-0", "（一）处理交通事故")
    assert "认定书" in accident.keywords and "交警" in accident.hints
    assert {"仲裁", "猎捕"}.isdisjoint(accident.hints)


def test_a_proposal_can_be_used_as_it_stands(tmp_path: Path) -> None:
    """Its entry is valid, gives its items the theme, and nothing is left to propose."""
    cases, vocabulary = make_cases(), load()
    entries = "".join(each.render_yaml() for each in suggest_themes(cases, vocabulary))
    assert [entry["name"] for entry in yaml.safe_load(entries)] == [
        each.name for each in suggest_themes(cases, vocabulary)
    ]
    added = add_themes(vocabulary, entries, tmp_path)
    themes = [block_themes(case.blocks[2], added) for case in cases]
    assert themes == [(name,) for name in SUBJECTS for _ in range(4)]
    assert suggest_themes(cases, added) == []


def test_items_with_a_theme_and_those_a_person_set_aside_are_not_read() -> None:
    """What has a theme needs none; `theme=无` is a decision."""
    cases = [
        replace(case, blocks=(*case.blocks[:2], replace(case.blocks[2], themes=("无",))))
        for case in make_cases()
    ]
    assert suggest_themes(cases, load()) == []


def test_a_subject_of_one_case_joins_nothing() -> None:
    """A theme joins cases."""
    one = make_cases()[0]
    case = replace(one, blocks=one.blocks + one.blocks[2:] * 5)
    assert suggest_themes([case], load()) == []
    assert suggest_themes([], load()) == []


def test_there_are_never_more_than_a_screen_or_two() -> None:
    """Forty subjects, MOST_SUGGESTIONS proposals."""
    first, second = "甲乙丙丁戊己庚辛", "草木鸟兽虫"
    names = [f"{a}{b}石纪念馆" for a in first for b in second]
    cases = [
        Case(f"{n}-{k}", "标题", (Block(1, "标题"), Block(2, f"走进{name}", text=name * 3)))
        for n, name in enumerate(names)
        for k in range(3)
    ]
    assert 0 < len(suggest_themes(cases, load())) <= MOST_SUGGESTIONS


def test_the_command_prints_entries_or_json(tmp_path: Path) -> None:
    """What it prints for people is YAML for themes.yml; comments say how many and where."""
    for case in make_cases():
        (tmp_path / f"{case.id}.md").write_text(casefile.dump(case), encoding="utf-8")
    shown = run_text("edit_themes", "--suggest", tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert {entry["name"] for entry in yaml.safe_load(shown.stdout)} == set(SUBJECTS)
    assert "# 4 条谈到，例如 c0-0《（一）处理交通事故》" in shown.stdout
    printed = json.loads(run_text("edit_themes", "--suggest", "--format", "json", tmp_path).stdout)
    first = printed["themes"][0]
    assert set(first) == {"name", "count", "keywords", "hints", "examples", "yaml"}
    assert run_text("edit_themes", tmp_path).stdout.endswith("没有主题的：24 条\n")
    assert run_text("edit_themes", tmp_path / "none").returncode == 2


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("交通事故的责任", {"交通事故", "责任"}),
        ("野生动物资源", {"野生动物", "资源", "野生动物资源"}),
        ("张三丰在北京市工作", set()),
        ("有关部门的行政主管部门", set()),
    ],
)
def test_terms_are_nouns_and_compounds(text: str, terms: set[str]) -> None:
    """No names, no words that stand in any text."""
    assert set(count_terms(text)[0]) == terms


def test_verbs_are_named() -> None:
    """It needs more evidence, because most verbs are no subject."""
    counted, verbs = count_terms("他们离婚后分割财产")
    assert "离婚" in counted and "离婚" in verbs and "财产" not in verbs
