"""The library as data: JSON that its schema accepts, tables without formulas, feeds and heads."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest

from casebook.export.feeds import FEED, LLMS, MOST_ENTRIES, OPENSEARCH, make_feeds
from casebook.export.open_data import (
    CASE_TABLE,
    CASES,
    ITEM_TABLE,
    make_case_file,
    make_tables,
    render_schema,
)
from casebook.library.folder import Library, load_vocabulary
from casebook.model import SourceRef, VariantRef
from casebook.runtime.git_files import FileDates, read_file_dates
from casebook.site.prepare import PreparedCase, prepare_case, prepare_cases
from casebook.site.structured_data import SiteFacts, describe_article, usable_address
from frozen import LIBRARY
from site_library import HOSTILE, make_case

URL = "https://kb.gov.cn/jy/"
DATES = FileDates("2026-01-05T09:00:00+08:00", "2026-02-03T10:00:00+08:00")


def prepared(**fields: object) -> PreparedCase:
    """A case, ready for the site."""
    case = make_case(**fields)  # type: ignore[arg-type]
    vocabulary = load_vocabulary(LIBRARY)
    return prepare_case(case, Library(Path("nowhere"), (case,), {}, {}, vocabulary))


def rows(table: str) -> list[dict[str, str]]:
    """A table as a spreadsheet reads it."""
    assert table.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(table[1:], newline="")))


def test_each_case_is_as_the_schema_says() -> None:
    """All of the frozen library; what the schema does not name is refused."""
    schema: dict[str, Any] = json.loads(render_schema())
    for each in prepare_cases(LIBRARY):
        data = json.loads(make_case_file(each, URL))
        jsonschema.validate(data, schema)
        assert data["address"] == f"{URL}cases/{each.case.id}.html"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"allow": []}, schema)


def test_a_case_is_whole() -> None:
    """Every block with its text, sources and variants without what they do not say."""
    sources = (SourceRef(name="某某日报", url="https://a.gov.cn/1"),)
    data = json.loads(
        make_case_file(prepared(sources=sources, variants=(VariantRef("b", "near"),)))
    )
    assert [block["text"] for block in data["blocks"]][:2] == [
        "近年来，某区做了一些事。", "总的来说是这样做的。",
    ]  # fmt: skip
    assert data["sources"] == [{"part": "1", "url": "https://a.gov.cn/1", "name": "某某日报"}]
    assert data["variants"] == [{"id": "b", "relation": "near"}]
    assert data["address"] == "cases/a.html"


def test_the_outline_of_all_cases() -> None:
    """Items with role and address, and where the whole case lies; no texts."""
    outline = json.loads(make_tables([prepared()], {}, URL)[CASES])
    (case,) = outline["cases"]
    assert outline["format"] == 1
    assert case["data"] == f"{URL}data/cases/a.json"
    assert [item["anchor"] for item in case["items"]] == ["k002", "k003", "k004"]
    assert case["items"][0]["address"] == f"{URL}cases/a.html#k002"
    assert "梳理事项" not in json.dumps(outline, ensure_ascii=False)


def test_tables_hold_what_spreadsheets_can_read() -> None:
    """A text that looks like a formula is text, a quotation mark and a line break stay."""
    tables = make_tables([prepared(title='=HYPERLINK("x")\n乙')], {"practice": "做法"})
    assert rows(tables[CASE_TABLE])[0]["标题"] == '\'=HYPERLINK("x")\n乙'
    first = rows(tables[ITEM_TABLE])[0]
    assert (first["角色"], first["正文"]) == ("做法", "梳理事项86项。")


def test_a_feed_is_read_without_complaint() -> None:
    """By a feed reader: names, days, addresses; a hostile title is text."""
    each = prepared(title=HOSTILE + "\x01", organ="某局", themes=("责任落实",))
    feed = feedparser.parse(make_feeds([each], {"a": DATES}, "经验库", "说明", URL)[FEED])
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.link == entry.id == f"{URL}cases/a.html"
    assert (entry.published, entry.updated) == (DATES.added, DATES.changed)
    assert (entry.author, entry.tags[0].term) == ("某局", "责任落实")
    assert "onerror=alert(2)" in entry.title_detail.value


def test_a_feed_has_the_newest_cases() -> None:
    """Those that came or changed last, at most so many."""
    many = [prepared(case_id=f"c{number}") for number in range(MOST_ENTRIES + 5)]
    dates = {
        each.case.id: FileDates(DATES.added, f"2026-03-01T10:00:{number:02}+08:00")
        for number, each in enumerate(many)
    }
    feed = feedparser.parse(make_feeds(many, dates, "经验库", "", URL)[FEED])
    assert len(feed.entries) == MOST_ENTRIES
    assert feed.entries[0].link.endswith(f"/c{MOST_ENTRIES + 4}.html")


def test_nothing_that_needs_an_address_is_written_without_one() -> None:
    """Nor a feed without dates."""
    assert make_feeds([prepared()], {"a": DATES}, "经验库", "", "") == {}
    assert set(make_feeds([prepared()], {}, "经验库", "", URL)) == {OPENSEARCH, LLMS}
    assert describe_article(make_case(), SiteFacts("经验库")) == ""


def test_opensearch_and_llms_name_full_addresses() -> None:
    """A template that a browser fills, and a list for programs that read."""
    made = make_feeds([prepared(title="[甲]\n乙")], {}, "经验库", "说明", URL)
    address = ElementTree.fromstring(made[OPENSEARCH]).find("{*}Url")
    assert address is not None
    assert address.get("template") == f"{URL}search/index.html?q={{searchTerms}}"
    assert f"- [［甲］ 乙]({URL}cases/a.html)" in made[LLMS]


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://kb.gov.cn/jy", URL),
        ("", ""),
        (None, ""),
        ("file:///srv/site", ""),
        ("https://example.org/kb", ""),
        ("https://www.example.com", ""),
        ("https://example.gov.cn/", "https://example.gov.cn/"),
    ],
)
def test_an_address_that_is_none_is_not_used(given: str | None, used: str) -> None:
    """Folders and examples would send readers nowhere."""
    assert usable_address(given) == used


def test_structured_data_leaves_the_script_nowhere() -> None:
    """Whatever the title is, no sign of HTML is in it, and it reads back."""
    text = describe_article(make_case(title=HOSTILE, organ="某局"), SiteFacts("站", URL))
    assert not set(text) & set("<>&")
    assert json.loads(text)["headline"] == HOSTILE


def test_dates_come_from_git(tmp_path: Path) -> None:
    """First and last commit of a file; none outside a repository, or in a shallow clone."""
    assert read_file_dates(tmp_path) == {}
    folder = tmp_path / "kb" / "cases"
    folder.mkdir(parents=True)

    def git(*arguments: str, day: str = "2026-01-05") -> None:
        own = {"GIT_COMMITTER_DATE": f"{day}T09:00:00+0800", "PATH": "/usr/bin:/bin"}
        names = ["-c", "user.name=a", "-c", "user.email=a@b.cn"]
        command = ["git", *names, *arguments]
        subprocess.run(command, cwd=tmp_path / "kb", env=own, check=True, capture_output=True)

    git("init", "-q")
    for number, day in enumerate(("2026-01-05", "2026-02-03")):
        (folder / "甲.md").write_text(str(number), encoding="utf-8")
        git("add", ".", day=day)
        git("commit", "-qm", "x", day=day)
    assert read_file_dates(folder) == {
        "甲.md": FileDates("2026-01-05T09:00:00+08:00", "2026-02-03T09:00:00+08:00")
    }
    git("clone", "-q", "--depth", "1", f"file://{tmp_path / 'kb'}", str(tmp_path / "shallow"))
    assert read_file_dates(tmp_path / "shallow" / "cases") == {}
