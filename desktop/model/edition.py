"""An edition: one imported text of a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from desktop.model.source import Hint


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a document as it was imported. The text is never altered; offsets count its code points.

    `sha256` is that of the file's bytes (hexadecimal), `source_name` the file's name without its folder and
    `format` its suffix without the dot. `hints` are what that format said about the lines, for the outline. The bytes
    themselves are kept by the library.
    """

    id: str
    document_id: str
    name: str
    text: str
    format: str
    source_name: str
    sha256: str
    imported: datetime
    hints: tuple[Hint, ...] = ()
    removed: bool = False


class EditionSummary(NamedTuple):
    """An edition without its text, for lists; `length` counts the text's code points."""

    id: str
    document_id: str
    name: str
    format: str
    source_name: str
    sha256: str
    length: int
    imported: datetime
    removed: bool = False
