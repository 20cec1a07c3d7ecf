"""Every repair rule on its golden file: what must change, what must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from casebook import repair as repairing
from casebook.model import Line, LineFacts
from casebook.repair import RULES, replay, undo
from plain import repair

GOLDEN = Path(__file__).parents[1] / "data" / "repair"


def _cases(key: str) -> list[Any]:
    cases = []
    for path in sorted(GOLDEN.glob("*.yml")):
        golden = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, item in enumerate(golden.get(key, [])):
            name = item["name"] if isinstance(item, dict) else str(number)
            cases.append(pytest.param(path.stem, item, id=f"{path.stem}-{name}"))
    return cases


@pytest.mark.parametrize(("rule", "case"), _cases("must_change"))
def test_damage_is_repaired(rule: str, case: dict[str, str]) -> None:
    """The rule by itself makes exactly the expected text of the damaged one."""
    assert repair(case["before"], only={rule}).text == case["after"]


@pytest.mark.parametrize(("rule", "case"), _cases("must_flag"))
def test_what_is_missing_is_flagged(rule: str, case: dict[str, str]) -> None:
    """The rule flags exactly this place, and no rule changes the text."""
    repaired = repair(case["before"])
    assert [flag.text for flag in repaired.flags if flag.rule == rule] == [case["flagged"]]
    assert repaired.text == case["before"]


@pytest.mark.parametrize(("rule", "text"), _cases("must_not_flag"))
def test_ordinary_text_is_not_flagged(rule: str, text: str) -> None:
    """The words of a notice within an ordinary sentence are none."""
    assert repair(text, only={rule}).flags == ()


@pytest.mark.xfail(strict=True, reason="what only looks like damage to a rule")
@pytest.mark.parametrize(("rule", "text"), _cases("known_false_alarms"))
def test_known_false_alarms(rule: str, text: str) -> None:
    """Clean text that the rule changes or flags; a rule that learns better shows up here."""
    repaired = repair(text, only={rule})
    assert (repaired.text, repaired.flags) == (text, ())


@pytest.mark.xfail(strict=True, reason="no rule can undo this yet")
@pytest.mark.parametrize(("rule", "case"), _cases("known_limits"))
def test_known_limits(rule: str, case: dict[str, str]) -> None:
    """Damage that a person could undo, by the rule that it is nearest to.

    All rules run: whichever learns to undo it shows up here.
    """
    assert repair(case["before"]).text == case["after"]


@pytest.mark.parametrize(("rule", "text"), _cases("must_not_change"))
def test_clean_text_is_left_alone(rule: str, text: str) -> None:
    """No rule touches what only looks like damage; marks are judged by their own file."""
    repaired = repair(text, skip={"full-width-marks"} - {rule})
    assert repaired.steps == ()
    assert repaired.text == text


def test_lines_that_a_reader_found_outside_the_text_go() -> None:
    """What the form of a document says decides; the steps lead back to all lines."""
    rule = next(rule for rule in RULES if rule.id == "outside-lines")
    before, after = rule.example
    around, text = before.split("\n")
    lines = (Line(around, True, LineFacts(origin="outside")), Line(text, True))
    repaired = repairing.repair(lines, only={rule.id})
    assert repaired.text == after
    assert undo(repaired.text, repaired.steps) == before


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.id != "outside-lines"], ids=lambda rule: rule.id
)
def test_the_example_of_a_rule_is_true(rule: Any) -> None:
    """What `--list-rules` shows is what the rule does by itself."""
    before, after = rule.example
    assert repair(before, only={rule.id}).text == after


@pytest.mark.parametrize(("rule", "case"), _cases("must_change"))
def test_steps_lead_there_and_back(rule: str, case: dict[str, str]) -> None:
    """Replaying gives the text, undoing gives the source, character for character."""
    repaired = repair(case["before"])
    assert replay(case["before"], repaired.steps) == repaired.text
    assert undo(repaired.text, repaired.steps) == case["before"]


@pytest.mark.parametrize(("rule", "case"), _cases("must_change"))
def test_repairing_again_changes_nothing(rule: str, case: dict[str, str]) -> None:
    """Repair is idempotent."""
    assert repair(repair(case["before"]).text).steps == ()


def test_bytes_that_stand_as_names_of_letters_are_read() -> None:
    """One rule makes letters of the names, another one Chinese of the letters."""
    named = "&frac14;&Oacute;&Ccedil;&iquest;&Aacute;&igrave;&micro;&frac14;"
    repaired = repair(named)
    assert repaired.text == "加强领导"
    assert {rule for step in repaired.steps for rule in step.rules} >= {"html-entities"}
