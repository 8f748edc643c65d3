"""A document: a plan, a law, a report, with one or more editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

KINDS = ("建议", "纲要", "工作报告", "法律法规", "方案", "其他")
"""The kinds of documents a user can choose from."""
LEVELS = ("国家", "省", "市", "县")
"""The levels of government a document can come from."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the user calls a file: it has a title and one or more editions (its texts).

    `kind` is one of `KINDS`, `level` one of `LEVELS`, each "" where it was not given; `issued` is the day the document
    bears.
    """

    id: str
    title: str
    created: datetime
    removed: bool = False
    kind: str = ""
    level: str = ""
    issued: date | None = None
