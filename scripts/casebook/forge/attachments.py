"""Files that were dragged into an issue, from the forge's own host of attachments alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from casebook.forge.download import Fetch
from casebook.model import UserError

LARGEST_ATTACHMENT = 10 * 2**20
"""Bytes of an attachment."""

MOST_ATTACHMENTS = 5
"""Attachments of an issue that are read."""

ACCEPTED = (".docx", ".pdf", ".txt", ".md")
"""Forms of documents that can be attached and read without a program of another kind."""

_REDIRECT_HOST = "objects.githubusercontent.com"
"""Where the forge keeps the content of attachments."""

_REDIRECTS = (301, 302, 303, 307, 308)

_ATTACHMENT = r"https://github\.com/user-attachments/files/\d{1,20}/[^\s()<>\[\]\"'?#]{1,300}"
_ADDRESS = re.compile(_ATTACHMENT)
_LINK = re.compile(rf"!?\[[^\[\]\n]{{0,300}}\]\({_ATTACHMENT}\)|{_ATTACHMENT}")
_PICTURE = re.compile(
    r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,2000}\)|<img\b[^<>]{0,2000}>"
    r"|https://github\.com/user-attachments/assets/[\w-]{1,100}",
    re.I,
)
"""A picture: as Markdown, as HTML, or the address of one that was dragged in."""

_OTHER_LINK = re.compile(r"https?://[^\s()<>\[\]\"']{1,2000}")


def find_attachments(text: str) -> list[str]:
    """The addresses of the attachments in a text, each once, in their order."""
    return list(dict.fromkeys(_ADDRESS.findall(text)))


def strip_attachments(text: str) -> str:
    """A text without the links to its attachments, and without pictures."""
    return _PICTURE.sub("", _LINK.sub("", text)).strip()


def describe_refused(text: str, attachment: str) -> Iterator[str]:
    """What the fields for a text and for attachments hold that is not read, as sentences."""
    if _PICTURE.search(f"{text}\n{attachment}"):
        yield "图片没有读取：请附上文字版，或把图里的文字写进“正文”。"
    others = _OTHER_LINK.findall(strip_attachments(attachment))
    if others:
        hosts = "、".join(dict.fromkeys(urlsplit(each).netloc for each in others[:3]))
        yield (
            f"“附件”里的网址（{hosts}）没有下载：只读取拖进这个输入框的文件；"
            "文章在网上的，请把网址写进“来源”，正文贴进“正文”。"
        )


def find_ending(address: str) -> str:
    """The ending of an attachment's name. Raises UserError for a form that is not accepted."""
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    ending = PurePosixPath(name).suffix.lower()
    if ending not in ACCEPTED:
        raise UserError(f"附件“{name}”不能读取，请另存为 {'、'.join(ACCEPTED)} 再拖进来。")
    return ending


def fetch_attachment(address: str, fetch: Fetch) -> bytes:
    """The content of an attachment. Raises UserError; no other host is ever asked."""
    answer = fetch(address, LARGEST_ATTACHMENT)
    if answer.status in _REDIRECTS:
        place = urlsplit(answer.location)
        if (place.scheme, place.netloc) != ("https", _REDIRECT_HOST):
            raise UserError("附件转到了别的网站，没有下载；请重新把文件拖进来。")
        answer = fetch(answer.location, LARGEST_ATTACHMENT)
    if answer.status != 200:
        raise UserError(f"附件下载不了（{answer.status}），请重新把文件拖进来。")
    return answer.content
