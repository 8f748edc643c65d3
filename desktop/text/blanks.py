"""Blanks, line ends, and letters that are not seen."""

from __future__ import annotations

import re

INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Letters that take no place, as the inside of a class of a regular expression: they join, part or turn others."""
TURNING = "\u202a-\u202e\u2066-\u2069"
"""Those that turn around the order of the letters behind them, of other words, too; no export holds them."""

_RARE_LINE_ENDS = ("\x0b", "\x85", "\u2028", "\u2029")
"""What else ends a line: of Word within a paragraph, of mainframes, of Unicode."""


def with_line_feeds(text: str) -> str:
    """Return `text` with LF for each line end of Windows and old Macs.

    Where there is none of these, the rarer ones are what ends its lines; beside them they are letters like others.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if "\n" in text else with_every_line_end(text)


def with_every_line_end(text: str) -> str:
    """Return `text` with LF for each line end of any kind, as the parts of a page or a Word file are put together."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for line_end in _RARE_LINE_ENDS:
        text = text.replace(line_end, "\n")
    return text


def one_line(words: str) -> str:
    """Return words with one blank for each run of blanks and line ends, and none at the edges."""
    return " ".join(words.split())


def written_tag(words: str) -> str:
    """Return a tag with single blanks and without empty levels: " 工信局 // 产业/" is "工信局/产业"; "" for none."""
    levels = (one_line(level) for level in words.replace("／", "/").split("/"))
    return "/".join(level for level in levels if level)


def short_name(name: str, longest: int = 40) -> str:
    """Return the name of a file as it can stand in a line of words: cut in the middle, without letters not seen."""
    seen = one_line(_NOT_SEEN.sub("", name))
    return seen if len(seen) <= longest else f"{seen[: longest // 2]}…{seen[-(longest // 2) :]}"


_NOT_SEEN = re.compile(f"[{INVISIBLE}\x00-\x08\x0e-\x1f\x7f-\x9f]")
