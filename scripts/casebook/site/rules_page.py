"""The page that says what each finding of the gate means."""

from __future__ import annotations

from casebook.checks.rules import table
from casebook.site.html import Page, markdown, tag, title

_INTRO = (
    "检查案例时，每条提示都写明文件、行、列和规则的名称。下面是全部规则。"
    "“错误”必须改，“警告”请看一眼，不影响发布。"
)


def rules_page() -> Page:
    """All rules, from the same table that the gate works by."""
    back = tag("p", tag("a", "参与贡献", href="contributing.html"), class_="cb-up")
    rules = tag("div", markdown(table()), class_="cb-differences")
    return Page("检查规则", back + title("检查规则") + tag("p", _INTRO) + rules, wide=True)
