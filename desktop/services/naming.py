"""Names the user gives: of the pens, of the author, of documents; and the colours of authors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.model.changes import Changes
from desktop.model.errors import UserError
from desktop.model.limits import LONGEST_NAME
from desktop.model.settings import colour_of
from desktop.text.blanks import one_line

if TYPE_CHECKING:
    from desktop.storage.library import Library


def cleaned(name: str, what: str) -> str:
    """Return a name without blanks around it; raises UserError where nothing is left, or far too much."""
    name = one_line(name)
    if not name:
        raise UserError(f"{what}不能是空的。")
    if len(name) > LONGEST_NAME:
        raise UserError(f"{what}太长，最多 {LONGEST_NAME // 10_000} 万字。")
    return name


@dataclass(frozen=True)
class RenamePens:
    """Give pens other names, by their number."""

    names: dict[int, str]
    _before: dict[int, str] = field(default_factory=dict, repr=False)

    label = "改颜色名称"

    def apply(self, library: Library) -> Changes:
        """Set the new names, remembering the old ones."""
        old = {pen.number: pen.name for pen in library.pens.all()}
        for number, name in self.names.items():
            self._before[number] = old[number]
            library.pens.rename(number, cleaned(name, "颜色名称"))
        return Changes(pens=frozenset(self.names))

    def revert(self, library: Library) -> Changes:
        """Set the old names."""
        for number, name in self._before.items():
            library.pens.rename(number, name)
        return Changes(pens=frozenset(self._before))


@dataclass(frozen=True)
class RenameAuthor:
    """Change the name under which the user's marks are handed over."""

    author_id: str
    name: str
    _before: list[str] = field(default_factory=list, repr=False)

    label = "改署名"

    def apply(self, library: Library) -> Changes:
        """Set the new name."""
        author = library.authors.get(self.author_id)
        if author is None:
            return Changes()
        self._before[:] = [author.name]
        library.authors.rename(self.author_id, cleaned(self.name, "署名"))
        return Changes(authors=frozenset({self.author_id}))

    def revert(self, library: Library) -> Changes:
        """Set the old name."""
        for name in self._before:
            library.authors.rename(self.author_id, name)
        return Changes(authors=frozenset({self.author_id}))


@dataclass(frozen=True)
class RecolourAuthors:
    """Give authors other colours in this library, by their ids."""

    colours: dict[str, int]
    _before: dict[str, int] = field(default_factory=dict, repr=False)

    label = "改作者的颜色"

    def apply(self, library: Library) -> Changes:
        """Set the new colours, remembering what was chosen before."""
        for author_id, colour in self.colours.items():
            self._before[author_id] = library.settings.get(colour_of(author_id))
            library.authors.recolour(author_id, colour)
        return Changes(authors=frozenset(self.colours))

    def revert(self, library: Library) -> Changes:
        """Set the old colours."""
        for author_id, colour in self._before.items():
            library.authors.recolour(author_id, colour)
        return Changes(authors=frozenset(self._before))
