"""site.yml beside cases/: what an organization says of its site, without knowing the generator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from casebook.model import UserError
from casebook.site.site_colors import find_color_fault

FILE = "site.yml"
"""The name of the file; what it leaves out is as it comes with the package."""

_ADDRESS = (r"(?:https?://[^\s/<>\"]+[^\s<>\"]*)?", "应以 http:// 或 https:// 开头，没有就留空")
_COLOR = (r"#[0-9a-fA-F]{6}", '应写成 "#1d4063" 这样的六位颜色，连同英文双引号')
_TEXT = r'[^<>"\x00-\x1f\x7f]'
_NO_SIGNS = "不带尖括号和英文双引号"

RULES = {
    "name": (_TEXT + "{1,60}", f"应是一行文字，1 到 60 个字，{_NO_SIGNS}"),
    "description": (_TEXT + "{0,200}", f"应是一行文字，最多 200 个字，{_NO_SIGNS}"),
    "url": _ADDRESS,
    "repository": _ADDRESS,
    "logo": (
        r"(?!.*\.\.)\w[\w./-]*\.(?:svg|png|webp)",
        "应是 docs/ 里的图片，如 assets/a.png",
    ),
    "color": _COLOR,
    "accent": _COLOR,
    "license": (_TEXT + "{0,300}", f"应是一行文字，最多 300 个字，{_NO_SIGNS}"),
}
"""For each key what its value looks like, and how that is said."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a site.yml says; '' for what it leaves out."""

    name: str = ""
    description: str = ""
    url: str = ""
    repository: str = ""
    logo: str = ""
    color: str = ""
    accent: str = ""
    license: str = ""


def read_settings(folder: Path) -> SiteSettings:
    """The settings in a folder; none without a file. Raises UserError with place and remedy."""
    path = folder / FILE
    if not path.is_file():
        return SiteSettings()
    values: dict[str, str] = {}
    for line, key, value in _read_values(path):
        fault = f"“{key}”写了两次，请删去一处" if key in values else find_fault(key, value)
        if fault:
            raise _error(path, line, f"{fault}。")
        values[key] = value
        if key == "logo" and not (folder / "docs" / value).is_file():
            raise _error(path, line, f"logo：没有 docs/{value}，请放进这张图片，或删去这一行。")
    return SiteSettings(**values)


def find_fault(key: str, value: str) -> str:
    """What is wrong with a value, as a sentence without its end; '' for nothing."""
    if key not in RULES:
        return f"不认识“{key}”，可以写的有 {'、'.join(RULES)}"
    pattern, expected = RULES[key]
    if not re.fullmatch(pattern, value):
        return f"{key}：{expected}"
    return find_color_fault(key, value) if pattern is _COLOR[0] else ""


def _read_values(path: Path) -> Iterator[tuple[int, str, str]]:
    """The lines, keys and values; an empty value is ''."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise _error(path, 1, "应保存为 UTF-8 编码，请用编辑器另存为 UTF-8。") from error
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        said = "不是合法的 YAML：每行写“键: 值”，冒号是半角并跟一个空格，值用英文双引号括起来。"
        raise _error(path, mark.line + 1 if mark else 1, said) from error
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise _error(path, 1, "应由一行行“键: 值”组成，例如 name: 某市案例库。")
    for key, value in root.value if root else ():
        if not isinstance(value, yaml.ScalarNode):
            raise _error(path, key.start_mark.line + 1, f"{key.value}：应只写一个值。")
        empty = value.tag.endswith(":null")
        yield key.start_mark.line + 1, str(key.value), "" if empty else value.value.strip()


def _error(path: Path, line: int, said: str) -> UserError:
    return UserError(f"{path}:{line}:1: 错误 [site-settings] {said}")
