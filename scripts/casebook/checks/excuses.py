"""What a case's `allow` excuses: rules in the case, and the same values in its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from casebook.checks.case_source import CaseSource
from casebook.checks.private import find_private
from casebook.checks.private.private_places import make_key
from casebook.checks.rules import CHECK_RULES_BY_ID


def list_excused_rules(document: CaseSource) -> dict[str, int]:
    """The position in `allow` of each rule that is excused with a reason."""
    items = document.front.list_mappings("allow") if document.front else ()
    named = ((CHECK_RULES_BY_ID.get(item.get("rule", "")), item, n) for n, item in items)
    return {rule.id: n for rule, item, n in named if rule and rule.excusable and item.get("reason")}


def find_excuse(rule_id: str, excused: Collection[str]) -> str:
    """The excused rule that covers a finding of a rule, or ''."""
    rule = CHECK_RULES_BY_ID[rule_id]
    return next((name for name in (rule.id, rule.excused_with) if name in excused), "")


def find_excused_values(text: str, excused: Collection[str]) -> Iterator[str]:
    """The keys of the private text in a case that its excused rules cover.

    Its sources may hold the same values, and no others.
    """
    for found in find_private(text) if excused else ():
        if find_excuse(found.rule, excused):
            yield make_key(found, text)
