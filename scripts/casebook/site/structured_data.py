"""What the head of a page says to search engines and chats: an address, and a case as JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from casebook.model import Case

_EXAMPLE = re.compile(r"(?:^|\.)example(?:\.(?:com|net|org))?$")
"""Names that never are a site's: RFC 2606."""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What pages say of the site: its name, its address or '', and when cases last changed.

    `changed` has the dates (2026-11-28) by the id of the case, where they are known.
    """

    name: str = ""
    url: str = ""
    changed: Mapping[str, str] = field(default_factory=dict)


UNKNOWN = SiteFacts()
"""Nothing is known of the site."""


def usable_address(url: str | None) -> str:
    """The address of a site with a slash at its end; '' for none, a folder's or an example."""
    parts = urlsplit(url or "")
    if parts.scheme not in ("http", "https") or _EXAMPLE.search(parts.hostname or "example"):
        return ""
    return f"{url}".rstrip("/") + "/"


def describe_article(case: Case, facts: SiteFacts) -> str:
    """A case as JSON-LD (schema.org, Article), '' where the site's address is not known.

    It stands within a script element: no sign of HTML is left in it.
    """
    if not facts.url:
        return ""
    address = urljoin(facts.url, f"cases/{case.id}.html")
    said = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": case.title,
        "inLanguage": "zh-CN",
        "author": {"@type": "Organization", "name": case.organ} if case.organ else None,
        "datePublished": case.date,
        "dateModified": facts.changed.get(case.id),
        "contentLocation": case.region,
        "keywords": list(case.themes),
        "isPartOf": {"@type": "WebSite", "name": facts.name, "url": facts.url},
    }
    text = json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
