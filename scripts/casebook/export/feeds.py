"""What machines read to follow and find a site: Atom feed, OpenSearch, llms.txt.

All need the site's own address, and are not written without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from casebook.export.open_data import CASE_TABLE, CASES, SCHEMA, case_address, join_address
from casebook.model import Case
from casebook.runtime.git_files import FileDates
from casebook.site.prepare import PreparedCase

FEED, OPENSEARCH, LLMS = "feed.xml", "opensearch.xml", "llms.txt"
"""Addresses of the files within the site."""

MOST_ENTRIES = 50
"""Cases of the feed, the newest ones."""

MOST_LISTED = 500
"""Cases that llms.txt lists; of a larger library it names the data."""


def make_feeds(
    prepared: Sequence[PreparedCase],
    dates: Mapping[str, FileDates],
    name: str,
    description: str,
    site_url: str,
) -> dict[str, str]:
    """The files by their address in the site; none without `site_url`.

    `dates` say by the id of a case when it came and when it last changed; there is a feed only
    where they are known. `name` and `description` are the site's.
    """
    if not site_url:
        return {}
    made = {
        OPENSEARCH: render_opensearch(name, description, site_url),
        LLMS: render_llms(prepared, name, description, site_url),
    }
    dated = [(dates[each.case.id], each) for each in prepared if each.case.id in dates]
    return made | ({FEED: render_feed(dated, name, site_url)} if dated else {})


def render_feed(dated: Sequence[tuple[FileDates, PreparedCase]], name: str, site_url: str) -> str:
    """An Atom feed (RFC 4287) of the cases that came or changed last."""
    newest = sorted(dated, key=lambda pair: (pair[0].changed, pair[1].case.id), reverse=True)
    newest = newest[:MOST_ENTRIES]
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        _element("title", name),
        _element("id", join_address(site_url, "")),
        _element("updated", newest[0][0].changed),
        f'<link rel="self" href={_quote(join_address(site_url, FEED))}/>',
        f"<link href={_quote(join_address(site_url, ''))}/>",
    ]
    entries = (
        line for times, each in newest for line in _render_entry(times, each, name, site_url)
    )
    return "\n".join([*head, *entries, "</feed>"]) + "\n"


def _render_entry(times: FileDates, each: PreparedCase, name: str, site_url: str) -> Iterator[str]:
    case = each.case
    address = case_address(case, "", site_url)
    yield "<entry>"
    yield _element("title", case.title)
    yield _element("id", address)
    yield f"<link href={_quote(address)}/>"
    yield _element("published", times.added)
    yield _element("updated", times.changed)
    yield f"<author>{_element('name', case.organ or name)}</author>"
    yield from (f"<category term={_quote(theme)}/>" for theme in case.themes)
    yield _element("summary", each.parts.description)
    yield "</entry>"


def render_opensearch(name: str, description: str, site_url: str) -> str:
    """The description by which browsers add the site as a search engine (OpenSearch 1.1)."""
    template = join_address(site_url, "search/index.html") + "?q={searchTerms}"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
            _element("ShortName", name[:16]),
            _element("Description", description or name),
            _element("InputEncoding", "UTF-8"),
            f'<Url type="text/html" template={_quote(template)}/>',
            "</OpenSearchDescription>",
            "",
        ]
    )


def render_llms(
    prepared: Sequence[PreparedCase], name: str, description: str, site_url: str
) -> str:
    """A list of what there is for programs that read texts (llmstxt.org)."""
    data = [("全部案例的目录", CASES), ("目录，表格", CASE_TABLE), ("一个案例的数据格式", SCHEMA)]
    lines = [f"# {_one_line(name)}", "", f"> {_one_line(description or name)}", "", "## 数据", ""]
    lines += [f"- [{label}]({join_address(site_url, place)})" for label, place in data]
    lines += ["", "## 案例", ""]
    lines += [_list_case(each.case, site_url) for each in prepared[:MOST_LISTED]]
    if len(prepared) > MOST_LISTED:
        lines.append(f"- [其余 {len(prepared) - MOST_LISTED} 个]({join_address(site_url, CASES)})")
    return "\n".join(lines) + "\n"


def _list_case(case: Case, site_url: str) -> str:
    facts = "，".join(filter(None, (case.organ, case.region, case.date)))
    label = _one_line(case.title).replace("[", "［").replace("]", "］")
    return f"- [{label}]({case_address(case, '', site_url)})" + (f"：{facts}" if facts else "")


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_one_line(text))}</{name}>"


def _quote(text: str) -> str:
    return quoteattr(_one_line(text))


def _one_line(text: str) -> str:
    """A text without line breaks and without what XML does not allow."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
