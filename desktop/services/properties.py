"""The properties of a document: what the user calls it, its kind, its level, its day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from desktop.model.changes import Changes
from desktop.model.document import Document
from desktop.model.errors import UserError
from desktop.services.naming import cleaned

if TYPE_CHECKING:
    from desktop.storage.library import Library

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?", re.ASCII)


def day_of(words: str) -> date | None:
    """Return the day that words name ("2026-01-15", "2026年1月15日"), None for blank ones.

    Raises UserError where they name no day.
    """
    if not words.strip():
        return None
    found = _DAY.fullmatch(words.strip())
    try:
        return date(*map(int, found.groups())) if found else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise UserError("日期请写成 2026-01-15 或 2026年1月15日，不知道可以不填。")


def described(document: Document) -> str:
    """Return the kind, the level and the day of a document as a list shows them; "" where none is given."""
    day = document.issued.isoformat() if document.issued is not None else ""
    return " · ".join(filter(None, (document.kind, document.level, day)))


@dataclass(frozen=True)
class EditDocument:
    """Give a document another title, kind, level and day."""

    document_id: str
    title: str
    kind: str
    level: str
    issued: date | None
    _before: list[Document] = field(default_factory=list, repr=False)

    label = "改文件属性"

    def alters(self, document: Document) -> bool:
        """Say whether anything of a document would change."""
        wanted = (self.title, self.kind, self.level, self.issued)
        return wanted != (document.title, document.kind, document.level, document.issued)

    def apply(self, library: Library) -> Changes:
        """Set what differs, remembering what was there. Raises UserError where the title is blank."""
        self._before.clear()
        document = library.documents.get(self.document_id)
        if document is None:
            return Changes()
        title = cleaned(self.title, "文件名称")
        library.documents.edit(document.id, title=title, kind=self.kind, level=self.level, issued=self.issued)
        self._before.append(document)
        return Changes(documents=frozenset({document.id}))

    def revert(self, library: Library) -> Changes:
        """Set what was there before."""
        for old in self._before:
            library.documents.edit(old.id, title=old.title, kind=old.kind, level=old.level, issued=old.issued)
        return Changes(documents=frozenset(old.id for old in self._before))
