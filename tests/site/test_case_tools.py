"""What a case's page holds for those who take it along."""

from __future__ import annotations

from casebook.model import SourceRef
from casebook.site.case_tools import describe_case, has_word_files, render_case_tools
from site_library import HOSTILE, make_case


def test_a_small_library_has_word_files_and_a_large_one_makes_them_in_the_browser() -> None:
    """The browser cannot cut a title into words, so it gets its lines."""
    assert has_word_files(500) and not has_word_files(501)
    case = make_case("mouqu", "某区经验/材料")
    assert 'href="mouqu.docx" download="某区经验_材料.docx"' in render_case_tools(case, True)
    assert "<a" not in render_case_tools(case, False)
    long = make_case(title="关于进一步优化办事流程切实解决企业群众多头跑问题的经验材料")
    assert describe_case(long, True)["data_lines"] == ""
    assert describe_case(long, False)["data_lines"].split("\n")[0] == "关于进一步优化办事流程"


def test_what_excerpts_say_of_a_case_is_escaped_with_its_page() -> None:
    """Attributes hold the facts and the original publication."""
    source = SourceRef(name="某某日报", url="https://paper.invalid/1")
    said = describe_case(make_case(organ=HOSTILE, sources=(source,)), True)
    assert said["data_published"] == "某某日报，https://paper.invalid/1"
    assert said["data_organ"] == HOSTILE
    assert "<script" not in render_case_tools(make_case(title=HOSTILE), True)
