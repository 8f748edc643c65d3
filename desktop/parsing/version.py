"""Which parser made an outline; apart from the parser, so that a cached outline is read without loading it."""

from typing import Final

PARSER_VERSION: Final = 5
"""Grows with every change that gives some text another outline; a cached outline of another version is rebuilt."""
