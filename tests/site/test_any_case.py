"""Pages of cases that the gate refuses: a preview shows them, so none may stop it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.library import casefile
from casebook.library.casefile import CaseFileError
from casebook.model import UserError
from casebook.site import generate_site
from casebook.site.on_demand import open_library_on_demand
from casebook.site.prepare import prepare_cases
from site_library import make_case, write_library

BING = make_case("bing", "某局经验丙")
SOUND = casefile.dump(make_case("yi", "某局经验乙", themes=("责任落实",), date="2023-05"))

PIECES = (
    *("{.practise #b}", "{.problem #k001}", "{", "}", "#", "##", "###### 五级", "\n", "---\n"),
    *("id: ../evil", "id:", "date: 今年", "themes: 责任落实", "lead_role: practise", "kind: [a]"),
    *("sources: [{file: ../x, sha256: 1}]", "sources: [{}]", "variants: [{id: yi}]", "：", "["),
    *("variants: [{id: bing, relation: 怪}]", "variants: [{id: bing, relation: [a]}]", "\0"),
    *("\ufeff", "😀", "`" * 40, "| a | b |\n|---|---|", "```\n", "> " * 30),
)


def pages_of(folder: Path) -> set[str]:
    """The paths of all pages of a library on disk."""
    return set(generate_site(prepare_cases(folder), open_library_on_demand(folder)).pages)


@given(
    st.lists(
        st.tuples(st.integers(0, len(SOUND)), st.integers(0, 30), st.sampled_from(PIECES)),
        min_size=1,
        max_size=4,
    )
)
def test_a_case_with_mistakes_is_shown_or_refused_in_one_sentence(
    changes: list[tuple[int, int, str]],
) -> None:
    """Whatever was cut from a file or put into it, no page stops all others."""
    text = SOUND
    for place, length, piece in changes:
        text = text[:place] + piece + text[place + length :]
    with tempfile.TemporaryDirectory() as temporary:
        folder = write_library(Path(temporary), make_case("bie", "别的案例"), variants=[BING])
        (folder / "yi.md").write_bytes(text.encode())
        try:
            pages = pages_of(folder)
        except CaseFileError:
            return
        except UserError as error:
            assert "yi.md" in str(error)
            return
    assert {"cases/yi.md", "cases/bie.md"} <= pages


FIELDS = {
    "id": ("", "[a]", "../x", '"a b"'),
    "title": ("", "[a]", '"\\u202e"'),
    "kind": ("[a]", "{a: b}"),
    "region": ("{a: 1}", "x"),
    "date": ("今年", '"2023-99"', "[1]", '"0000"'),
    "themes": ("a", "[[a]]", "[{a: b}]", '[""]', '["../x"]', "[constructor]"),
    "sources": ("[a]", "[{}]", "[{file: ../x}]", "[{file: [a], sha256: {a: b}}]"),
    "variants": ("[{id: bing, relation: 怪}]", "[{id: bing, relation: [a]}]", "[{id: ../x}]"),
    "lead_role": ("x", "[a]"),
    "allow": ("[x]", "[{rule: [a]}]"),
}
"""Front matter of the wrong form, by its key."""


@pytest.mark.parametrize("field", [f"{k}: {v}" for k, values in FIELDS.items() for v in values])
def test_a_field_of_the_wrong_form_has_a_page(tmp_path: Path, field: str) -> None:
    """What cannot be shown is left out."""
    head, body = SOUND.removeprefix("---\n").split("---\n", 1)
    kept = [line for line in head.splitlines() if not line.startswith(field.partition(":")[0])]
    folder = write_library(tmp_path, make_case("bie", "别的案例"), variants=[BING])
    front = "\n".join([*kept, field])
    (folder / "yi.md").write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
    assert {"cases/yi.md", "cases/bie.md"} <= pages_of(folder)


@pytest.mark.parametrize("role", ["practise", "", "成因", "constructor"])
def test_an_unknown_role_counts_as_none(tmp_path: Path, role: str) -> None:
    """Also on the page of counts, which there is from twenty cases on."""
    folder = write_library(tmp_path, *(make_case(f"c{n}", f"经验{n}") for n in range(24)))
    path = folder / "c3.md"
    changed = path.read_text("utf-8").replace(".practice #k001", f".{role} #k001", 1)
    path.write_text(changed, encoding="utf-8")
    assert "lists/statistics.md" in pages_of(folder)
