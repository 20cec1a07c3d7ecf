"""The pages of rules: what the gate checks, and what repair does."""

from __future__ import annotations

from html import escape

from casebook.checks.rules import render_rule_table
from casebook.repair import RULES
from casebook.site.html import SitePage, render_markdown, render_title, tag, wrap_scrolling_table
from casebook.site.restored import join_lines

_RULES_INTRO = (
    "检查案例时，每条提示都写明文件、行、列和规则的名称。下面是全部规则。"
    "“错误”必须改，“警告”请看一眼，不影响发布。"
)


def render_rules_page() -> SitePage:
    """All rules of the gate, from the table that the gate uses."""
    back = tag("p", tag("a", "参与贡献", href="contributing.html"), class_="cb-up")
    rules = wrap_scrolling_table(
        render_markdown(render_rule_table()), "检查规则", "cb-differences cb-check-rules"
    )
    return SitePage(
        "检查规则", back + render_title("检查规则") + tag("p", _RULES_INTRO) + rules, wide=True
    )


_REPAIRS_INTRO = (
    "收到的文字按下面的规则修复，先上后下。每一处改动都有记录，可以逐字还原；"
    "拿不准的只标出来，不改。例子里左边是收到的，右边是修复后的。"
)


def render_repairs_page() -> SitePage:
    """All rules of repair in their order, with reason and example, from the table of repair."""
    back = tag("p", tag("a", "关于", href="about.html"), class_="cb-up")
    head = tag("tr", "".join(tag("th", name, scope="col") for name in ("规则", "做什么", "例子")))
    rows = "".join(_render_repair_row(rule.id, rule.reason, rule.example) for rule in RULES)
    table = wrap_scrolling_table(
        tag("table", head + rows), "修复规则", "cb-differences cb-repair-rules"
    )
    return SitePage(
        "修复规则", back + render_title("修复规则") + tag("p", _REPAIRS_INTRO) + table, wide=True
    )


def _render_repair_row(rule: str, reason: str, example: tuple[str, str]) -> str:
    before, after = (escape(join_lines(side)) or "（无）" for side in example)
    shown = f"{tag('del', before)} → {tag('ins', after)}"
    return tag("tr", tag("td", tag("code", rule)) + tag("td", escape(reason)) + tag("td", shown))
