"""Facts in lines of fields that repair removes from the text."""

from __future__ import annotations

from casebook.pipeline.write_ups import process
from casebook.reading import read_bytes

BODY = "一、主要做法\n建立专班，每周调度一次。\n二、主要成效\n办件量同比增长12%。\n"
LINE = "文章来源：本站原创 作者：李明 发布时间：2022年09月12日 点击数：128"
TABLE = "索引号：\n4301/2023-17\n主题分类：\n民政\n发布机构：\n某县民政局\n发布日期：\n2023年6月1日"


def test_date_and_author_of_a_line_with_a_counter() -> None:
    """The line goes; what it says stays known."""
    source = process(read_bytes(f"某县养老服务的做法\n{LINE}\n{BODY}".encode(), "来稿.txt"))
    assert "点击数" not in source.repaired.text
    assert [write_up.date for write_up in source.write_ups] == ["2022-09-12"]
    assert source.write_ups[0].facts["作者"] == "李明"


def test_date_and_organ_of_a_table_of_fields() -> None:
    """Labels stand on the lines before their values."""
    source = process(read_bytes(f"{TABLE}\n某县养老服务的做法\n{BODY}".encode(), "来稿.txt"))
    assert [write_up.date for write_up in source.write_ups] == ["2023-06-01"]
    assert source.write_ups[0].facts["单位"] == "某县民政局"
    assert source.write_ups[0].title == "某县养老服务的做法"


def test_fields_of_a_compilation_belong_to_no_one() -> None:
    """Whose date it is cannot be said."""
    parts = "".join(f"案例{n} 某县养老服务的做法\n{BODY}" for n in "一二三")
    source = process(read_bytes(f"{LINE}\n{parts}".encode(), "来稿.txt"))
    assert len(source.write_ups) == 3
    assert {write_up.date for write_up in source.write_ups} == {""}
