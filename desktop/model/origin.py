"""The origin of a merged mark: the text of another library that it was made on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """An edition of another library, without its text.

    `id` and `document_id` are those it has there, `title` that of its document. `sha256` is the hash of the file's
    bytes, `text_sha256` that of the text in UTF-8 (both hexadecimal, "" where unknown), `length` counts its code
    points.
    """

    id: str
    document_id: str
    title: str
    name: str
    sha256: str
    text_sha256: str
    length: int
