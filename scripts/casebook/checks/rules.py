"""The table of all rules of the gate: id, severity, and what a finding of it means.

The documentation's table is printed from here, so that the two cannot drift apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process

from casebook.model import Severity

LEAST_SUGGESTION_SCORE = 50
"""Similarity (0-100, rapidfuzz's weighted ratio) from which a known word is suggested."""

_MOST_DISPLAYED_CHARACTERS = 40

SEVERITY_NAMES = {"error": "错误", "warning": "警告"}


class Problem(NamedTuple):
    """What a check yields: a finding without its file and severity."""

    rule: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A rule. `fixable`: `--fix` repairs it; `excusable`: the case's `allow` may excuse it."""

    id: str
    severity: Severity
    meaning: str
    fixable: bool = False
    excusable: bool = False


CHECK_RULES: tuple[CheckRule, ...] = (
    # The file
    CheckRule("file-name", "error", "文件名应为“小写字母、数字和连字符.md”"),
    CheckRule("file-too-large", "error", "文件超过 1 MiB，不再往下检查"),
    CheckRule("symlink", "error", "案例必须是真正的文件，不能是符号链接"),
    CheckRule("encoding", "error", "文件不是 UTF-8 编码"),
    # Front matter
    CheckRule("front-matter-missing", "error", "文件第一行不是 ---"),
    CheckRule("front-matter-unclosed", "error", "front matter 没有结束的 ---，或者太长"),
    CheckRule("yaml-syntax", "error", "front matter 不是合法的 YAML"),
    CheckRule("yaml-alias", "error", "front matter 用了 YAML 的锚点、别名或类型标签"),
    CheckRule("yaml-too-deep", "error", "front matter 的括号或缩进层数太多"),
    CheckRule("key-duplicate", "error", "同一个键写了两次"),
    CheckRule("field-missing", "error", "缺少必填的键", fixable=True),
    CheckRule("field-unknown", "error", "有不认识的键"),
    CheckRule("field-type", "error", "值的类型不对，例如该写列表的写成了文字"),
    CheckRule("field-format", "error", "值的写法不对，例如日期、sha256、网址"),
    CheckRule("field-length", "error", "值是空的或太长"),
    CheckRule("id-mismatch", "error", "id 与文件名不同"),
    CheckRule("date-future", "warning", "日期在今天以后"),
    CheckRule("unknown-kind", "warning", "文种不在词表 kinds.yml 里"),
    CheckRule("unknown-region", "warning", "地区不以省级行政区开头，也不是“XX市”这样的占位"),
    CheckRule("unknown-theme", "warning", "主题不在词表 themes.yml 里"),
    CheckRule("unknown-role", "error", "角色不在词表 roles.yml 里"),
    CheckRule("allow-unknown", "error", "allow 里的规则不存在，或者不允许豁免"),
    CheckRule("allow-unused", "warning", "allow 豁免的问题并不存在"),
    # References
    CheckRule("source-missing", "error", "sources 里的文件不在 cases/sources/ 里"),
    CheckRule("source-changed", "error", "cases/sources/ 里的文件与 sha256 不符"),
    CheckRule("variant-missing", "error", "variants 里的案例不在 cases/variants/ 里"),
    CheckRule("variant-shared", "error", "同一个异文属于两个案例"),
    CheckRule("variant-orphan", "warning", "cases/variants/ 里的文件不属于任何案例"),
    CheckRule("from-unknown", "error", "小标题的 from= 不是本案例的异文"),
    CheckRule("id-duplicate", "error", "两个案例的 id 相同"),
    CheckRule("id-of-variant", "error", "案例的 id 与某个异文的 id 相同"),
    # Decisions on pairs that look alike
    CheckRule("decision-format", "error", "decisions.yml 里有一项写得不对，或写了两次"),
    CheckRule("decision-unknown", "error", "decisions.yml 里的案例不在库里"),
    # Headings and structure
    CheckRule("heading-format", "error", "“#”写得不对：少了空格、层数不对，或用了下划线式标题"),
    CheckRule("heading-too-long", "error", "小标题超过 500 个字，不再检查正文的结构"),
    CheckRule("level-skipped", "error", "小标题跳了级，例如 ## 下面直接是 ####"),
    CheckRule("fence-unclosed", "error", "``` 或 ~~~ 没有成对，后面的小标题都失效了"),
    CheckRule("unknown-mark", "error", "小标题花括号里有不认识的标记"),
    CheckRule("mark-repeated", "error", "小标题花括号里同一种标记写了两次"),
    CheckRule("missing-role", "warning", "看不出这一段的角色"),
    CheckRule("missing-anchor", "warning", "小标题还没有锚点", fixable=True),
    CheckRule("anchor-format", "error", "锚点应为小写字母开头的字母、数字和连字符"),
    CheckRule("anchor-duplicate", "error", "两个小标题的锚点相同"),
    CheckRule("title-repeated", "warning", "正文开头又写了一遍标题"),
    CheckRule("empty-block", "warning", "小标题下面没有内容"),
    CheckRule("body-empty", "error", "案例没有正文"),
    # Hostile or unsupported markup
    CheckRule("raw-html", "error", "有 HTML 标签"),
    CheckRule("html-entity", "error", "有 &#…; 形式的字符编码"),
    CheckRule("link-scheme", "error", "链接不是 http、https 或 mailto"),
    CheckRule("image", "error", "有图片，暂不支持"),
    # Characters and damage
    CheckRule("control-character", "error", "有控制字符或改变文字方向的字符"),
    CheckRule("invisible-character", "warning", "有零宽字符等看不见的字符"),
    CheckRule("private-use-character", "warning", "有私用区字符，别人的电脑上显示不出来"),
    CheckRule("damage-replacement", "warning", "有编码损坏留下的 U+FFFD、锟斤拷、烫烫烫"),
    CheckRule("damage-pinyin", "warning", "汉字后面夹着拼音，例如 `關(guān)`"),
    CheckRule("damage-byte-shift", "warning", "半角“?!”后面是错位的汉字，例如 `?!薄爸挥袊@`"),
    CheckRule("trailing-space", "warning", "行尾有多余的空白，或文件末尾换行不对", fixable=True),
    # Private data
    CheckRule("phone-number", "error", "有电话号码", excusable=True),
    CheckRule("id-card", "error", "有居民身份证号码", excusable=True),
    CheckRule("email", "error", "有电子邮箱", excusable=True),
)

CHECK_RULES_BY_ID = {rule.id: rule for rule in CHECK_RULES}


def render_rule_table() -> str:
    """All rules as a Markdown table, for the documentation."""
    rows = ["| 规则 | 级别 | 意思 | 怎么处理 |", "|---|---|---|---|"]
    rows += [
        f"| `{r.id}` | {SEVERITY_NAMES[r.severity]} | {r.meaning} | {_describe_remedy(r)} |"
        for r in CHECK_RULES
    ]
    return "\n".join(rows)


def _describe_remedy(rule: CheckRule) -> str:
    if rule.fixable:
        return "`--fix` 可以补上" if rule.severity == "warning" else "`--fix` 可以补 id"
    return "删掉，或用 allow 说明" if rule.excusable else "照提示修改"


def find_nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most similar to `word`, or an empty string."""
    found = process.extractOne(word[:100], list(known), score_cutoff=LEAST_SUGGESTION_SCORE)
    return found[0] if found else ""


def suggest_word(word: str) -> str:
    """The end of a sentence, with a suggestion where there is one."""
    return f"，是不是想写 {word}？" if word else "。"


def display_value(value: object) -> str:
    """A contributed value for a message: short, on one line, with nothing invisible."""
    text = value if isinstance(value, str) else str(value)
    return reveal_invisible(text[:_MOST_DISPLAYED_CHARACTERS]) + (
        "…" if len(text) > _MOST_DISPLAYED_CHARACTERS else ""
    )


def reveal_invisible(text: str) -> str:
    """`text` with the code point in place of each character that a terminal does not show."""
    return "".join(_reveal_character(character) for character in text)


def _reveal_character(character: str) -> str:
    hidden = unicodedata.category(character)[0] in "CZ" and character != " "
    return f"<U+{ord(character):04X}>" if hidden else character
