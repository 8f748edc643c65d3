"""Who writes, and on which machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

AUTHOR_COLOURS: Final = 8
"""How many colours authors are told apart by."""


@dataclass(frozen=True, slots=True)
class Author:
    """A person whose marks are in the library. The name is first taken from the system and can be changed.

    `colour` is a number from 1 to `AUTHOR_COLOURS`; 0 where nobody chose one.
    """

    id: str
    name: str
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Device:
    """A machine on which marks were made. Its name is the system's, and never leaves the library."""

    id: str
    name: str


ANNOTATION_DEVICE: Final = Device("e6db39ec-c07c-55fb-aa8b-ef593950ba9e", "网页标注")
"""What web annotations come from, whatever wrote them."""
