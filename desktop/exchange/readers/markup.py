"""Words that came with HTML tags, made plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LINES = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "table",
    *(f"h{level}" for level in range(1, 7)),
}
_UNSEEN = {"script", "style", "template", "head", "title"}


def plain_text(html: str) -> str:
    """Return the words of a piece of HTML, a line for each block; whatever it refers to is left out."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = ("".join(parser.words)).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip(" \t") for line in lines)).strip("\n")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _LINES:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        if tag in _LINES and tag != "br":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(re.sub(r"[ \t\r\n]+", " ", data))
