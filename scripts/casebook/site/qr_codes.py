"""The QR code of a case's page, for WeChat, where the address of the site is known."""

from __future__ import annotations

from collections.abc import Iterable

import segno

from casebook.runtime.cache import CODE, NOTHING, Store
from casebook.site.html import tag

_CACHE_KIND = "qr"


def make_qr_codes(case_ids: Iterable[str], url: str, store: Store = NOTHING) -> dict[str, str]:
    """The HTML of each code by the id of the case; none where the site has no address `url`."""
    if not url:
        return {}
    addresses = {case_id: f"{url}cases/{case_id}.html" for case_id in case_ids}
    keys = {address: f"{CODE} {address}" for address in addresses.values()}
    codes = store.complete(_CACHE_KIND, keys, render_qr_code)
    return {case_id: codes[address] for case_id, address in addresses.items()}


def render_qr_code(address: str) -> str:
    """The code of an address under a line that opens it.

    Any mask can be read (ISO/IEC 18004); to look for the best of eight takes four fifths of the
    time.
    """
    code = segno.make(address, error="l", boost_error=False, mask=0, micro=False)
    drawn = code.svg_inline(border=3, omitsize=True, svgclass=None, lineclass=None)
    picture = tag("div", drawn, role="img", aria_label="本页网址的二维码", class_="cb-qr__code")
    said = tag("p", "用微信扫一扫，在手机上打开、转发")
    summary = tag("summary", "微信扫码", class_="cb-tool")
    return tag("details", summary + tag("div", picture + said), class_="cb-qr")
