"""Who writes, and on which machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Author:
    """A person whose marks are in the library. The name is first taken from the system and can be changed."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Device:
    """A machine on which marks were made."""

    id: str
    name: str
