"""site.yml: what it may say, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.model import UserError
from casebook.site.site_colors import LEAST_CONTRAST, measure_contrast, render_colors
from casebook.site.site_settings import SiteSettings, read_settings


def read(folder: Path, text: str) -> SiteSettings:
    """The settings of a file with this text."""
    (folder / "site.yml").write_text(text, encoding="utf-8")
    return read_settings(folder)


def test_what_is_left_out_is_as_in_the_package(tmp_path: Path) -> None:
    """No file, an empty one, and one with a name and no address."""
    assert read_settings(tmp_path) == read(tmp_path, "# 空\n") == SiteSettings()
    assert read(tmp_path, 'name: 某院案例库\nurl: ""\n') == SiteSettings(name="某院案例库")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 名称\nnmae: 某县", "site.yml:2:1: 错误 [site-settings] 不认识“nmae”"),
        ("name: a<b>", ":1:1: 错误 [site-settings] name：应是一行文字"),
        ("name: 甲\nname: 乙", ":2:1: 错误 [site-settings] “name”写了两次"),
        ("name: 甲\nurl: ku.test", ":2:1: 错误 [site-settings] url：应以 http"),
        ("url: javascript:alert(1)", "url：应以 http"),
        ("color: #7a1f2b", 'color：应写成 "#1d4063"'),
        ('color: "#ffd700"', "color：#ffd700 太浅，白字在上面看不清（对比度 1.4"),
        ("logo: assets/none.png", "没有 docs/assets/none.png"),
        ("logo: ../a.png", "logo：应是 docs/ 里的图片"),
        ("name：某县", "应由一行行“键: 值”组成"),
        ("name: [甲, 乙]", "name：应只写一个值"),
        ("name: 甲\nurl: 'x", "不是合法的 YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """In one sentence, with what is expected."""
    with pytest.raises(UserError) as raised:
        read(tmp_path, text)
    assert said in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize("color", ["#1d4063", "#7a1f2b", "#000000", "#0b6b4f", "#6b4a00"])
def test_own_colors_can_be_read_in_the_light_and_in_the_dark(color: str) -> None:
    """White on the header of both; the accent on the paper of both."""
    light, dark = render_colors(color, color).split("}\n")[:2]
    values = [
        dict(row.strip(" ;").split(": ") for row in s.splitlines()[1:]) for s in (light, dark)
    ]
    for each, paper in zip(values, ("#fdfcf9", "#1e2129"), strict=True):
        assert measure_contrast(each["--md-primary-fg-color"], "#ffffff") >= LEAST_CONTRAST
        assert measure_contrast(each["--md-accent-fg-color"], paper) >= LEAST_CONTRAST
    assert render_colors("", "") == ""
