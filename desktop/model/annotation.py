"""Annotations (W3C Web Annotation) of any program, as they were found in a file and before they are placed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.span import Span

OWN_PREFIX: Final = "yuece"
OWN_NAMESPACE: Final = "urn:yuece:"
"""What stands before the names of properties the standard has no word for; both stay as they are."""
SUFFIXES: Final = (".jsonld", ".json")
"""How the names of files with annotations end."""
SHA256_SOURCE: Final = "urn:sha256:"
"""What a source begins with that is told by the SHA-256 of its bytes."""

UUID_IRI: Final = re.compile(r"urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE)
"""An IRI that is an id of ours."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words an annotation stands on, with what was given of the text before and behind them ("" for nothing)."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing an annotation is about: a source by its IRI, and the place in it.

    `position` is as the file gives it: the standard says code points, some programs count UTF-16 units. Both may be
    None: then the annotation is about the source as a whole, or its place is told in a way that texts don't know.
    """

    source: str
    quote: Quote | None = None
    position: Span | None = None

    @property
    def sha256(self) -> str | None:
        """The hash of the source's bytes (hexadecimal, small letters), where the source is told by it."""
        digest = self.source.removeprefix(SHA256_SOURCE)
        return digest.lower() if digest != self.source else None


@dataclass(frozen=True, slots=True)
class OwnProperties:
    """What our own exports tell besides; None or "" where an annotation does not say it. Ids are UUIDs."""

    kind: MarkKind | None = None
    style: MarkStyle | None = None
    pen: int | None = None
    clause: tuple[str, ...] | None = None
    meeting: str = ""
    private: bool = False
    author_id: str = ""
    meeting_id: str = ""
    meeting_day: date | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation. `id` is its IRI ("" where it has none), `note` what was written, as plain text, `tags` its tags.

    `motivations` are the standard's words (highlighting, commenting …), `creator` a name or, where there is none, an
    IRI. Times carry their zone, or are None where the file does not give them.
    """

    id: str
    motivations: tuple[str, ...]
    note: str
    tags: tuple[str, ...]
    targets: tuple[Target, ...]
    creator: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    own: OwnProperties = OwnProperties()


@dataclass(frozen=True, slots=True)
class AnnotationFile:
    """The annotations of a file in its order; `remarks` are sentences for the user about what is not in the file."""

    annotations: tuple[Annotation, ...]
    remarks: tuple[str, ...] = ()
