"""Which text of the library stands for one that a colleague's marks were made on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from desktop.anchoring.letters import letters_of
from desktop.anchoring.placing import Ground, Placed
from desktop.anchoring.told import ToldClauses, tell
from desktop.model.annotation import SHA256_SOURCE
from desktop.model.decoding import values_of
from desktop.model.edition import Edition, EditionSummary
from desktop.model.history import histories
from desktop.model.limits import LONGEST_NAME
from desktop.model.mark import Passage, Place, Verdict
from desktop.model.origin import MOST_CLAUSES, Origin
from desktop.parsing.addressing import label_path
from desktop.services.marking import clause_place
from desktop.services.reading import outline_of
from desktop.text.blanks import one_line
from desktop.text.folding import fold

if TYPE_CHECKING:
    from desktop.storage.library import Library

_TRIED = 30
"""With so many of the marks it is tried which document they belong to."""
_FEW = 3
"""Words of fewer stand in a place by accident, too."""
_ENOUGH = 0.5
"""The share of them whose words must stand in a document for it to be the one."""
_TELLING = 6
"""Words of fewer letters stand in many documents: they count where nothing else is told."""


@dataclass(frozen=True)
class Home:
    """The edition that stands for an origin, whose clauses are `told`; with `same_text` its text is the very same."""

    edition_id: str
    document_id: str
    ground: Ground
    same_text: bool
    told: ToldClauses

    def place(self, place: Place) -> Placed:
        """Place a mark that was made on the origin."""
        return self.ground.place(place, self.told.chain(place), same_text=self.same_text)


class Homes:
    """The homes of origins in one library, as it is now. It belongs to the library's thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._documents = library.editions.documents()
        self._grounds: dict[str, Ground] = {}
        self._text_hashes: dict[str, str] = {}
        self._known: dict[tuple[str, str], tuple[Origin, Home]] = {}

    def own(self, edition_id: str) -> Home | None:
        """Return an edition of this library, also a removed one, as the home of the marks made on it."""
        document_id = self._documents.get(edition_id)
        if document_id is None:
            return None
        return Home(edition_id, document_id, self._ground(edition_id), same_text=True, told=ToldClauses(()))

    def known(self, edition_id: str, origin: Origin) -> Home | None:
        """Return an edition as the home of an origin, where it is here."""
        document_id = self._documents.get(edition_id)
        if document_id is None:
            return None
        kept = self._known.get((edition_id, origin.id))
        if kept is not None and kept[0] is origin:  # it is asked for mark by mark
            return kept[1]
        same = self._is_same(edition_id, origin)
        if not origin.text_sha256 and origin.sha256:  # of annotations no more is known than the file they are on
            same = any(one.id == edition_id and one.sha256 == origin.sha256 for one in self.with_text)
        told = ToldClauses(origin.clauses)
        home = Home(edition_id, document_id, self._ground(edition_id), same_text=same, told=told)
        self._known[edition_id, origin.id] = origin, home
        return home

    def find(self, origin: Origin, places: Iterable[Place]) -> Home | None:
        """Return the home of an origin, or None where the library has no such text.

        It is the edition with the same bytes, or else the same text, or else the latest of the document of the same
        title, or else of the only document in which the words of the marks stand: right where they are told to, or
        where they can be placed.
        """
        summaries = self.with_text
        found = (
            next((one for one in summaries if origin.sha256 and one.sha256 == origin.sha256), None)
            or next((one for one in summaries if self._is_same(one.id, origin, one.length)), None)
            or self._by_title(origin.title)
            or self._by_words(list(places))
        )
        return None if found is None else self.known(found.id, origin)

    def exact(self, origin: Origin) -> bool:
        """Tell whether an edition with the same bytes or the same text is here."""
        return any(
            (origin.sha256 and one.sha256 == origin.sha256) or self._is_same(one.id, origin, one.length)
            for one in self.with_text
        )

    @cached_property
    def with_text(self) -> list[EditionSummary]:
        """The editions that are not removed and have a text, the latest first."""
        return [one for one in self._library.editions.summaries() if one.format][::-1]

    def _by_title(self, title: str) -> EditionSummary | None:
        wanted = fold(one_line(title))
        return next((one for one in self.with_text if wanted and self._titles.get(one.document_id) == wanted), None)

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {document.id: fold(one_line(document.title)) for document in self._library.documents.all()}

    def _by_words(self, places: Sequence[Place]) -> EditionSummary | None:
        lengths = [len(letters_of(_told(place))) for place in places]
        least = _TELLING if max(lengths, default=0) >= _TELLING else _FEW
        telling = [place for place, length in zip(places, lengths, strict=True) if length >= least][:_TRIED]
        positioned = [place for place in places if _is_positioned(place)][:_TRIED]
        latest: dict[str, EditionSummary] = {}
        for one in self.with_text:
            latest.setdefault(one.document_id, one)
        standing = [
            one for one in latest.values() if positioned and self._share(one.id, positioned, _stands) >= _ENOUGH
        ]
        if len(standing) == 1:
            return standing[0]
        holding = [one for one in latest.values() if telling and self._share(one.id, telling, Ground.holds) >= _ENOUGH]
        if len(holding) != 1 or self._share(holding[0].id, telling, _finds) < _ENOUGH:
            return None
        return holding[0]

    def _share(self, edition_id: str, places: Sequence[Place], says: Callable[[Ground, Place], bool]) -> float:
        ground = self._ground(edition_id)
        return sum(says(ground, place) for place in places) / len(places)

    def _is_same(self, edition_id: str, origin: Origin, length: int | None = None) -> bool:
        if not origin.text_sha256 or (length is not None and length != origin.length):
            return False
        if edition_id not in self._text_hashes:
            edition = self._library.editions.get(edition_id)
            self._text_hashes[edition_id] = text_hash(edition.text) if edition is not None else ""
        return self._text_hashes[edition_id] == origin.text_sha256

    def _ground(self, edition_id: str) -> Ground:
        if edition_id not in self._grounds:
            edition = self._library.editions.get(edition_id)
            self._grounds[edition_id] = _ground_of(self._library, edition) if edition is not None else Ground("")
        return self._grounds[edition_id]


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8 (hexadecimal)."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def origin_of(library: Library, edition_id: str, known: Mapping[str, Origin], places: Iterable[Place]) -> Origin | None:
    """Return an edition of this library as others are told of it, or the origin of this id, or None.

    Of its clauses those are told that hold `places`.
    """
    edition = library.editions.get(edition_id)
    document = library.documents.get(edition.document_id) if edition is not None else None
    if edition is None or document is None:
        origin = known.get(edition_id)
        return replace(origin, clauses=ToldClauses(origin.clauses).holding(places)) if origin is not None else None
    nodes = [node for node in outline_of(library, edition).nodes if not node.clause.implied]
    clauses = [clause_place(edition.text, node) for node in nodes]
    return Origin(
        id=edition.id,
        document_id=document.id,
        title=document.title[:LONGEST_NAME],
        name=edition.name[:LONGEST_NAME],
        sha256=edition.sha256,
        text_sha256=text_hash(edition.text),
        length=len(edition.text),
        clauses=tell(edition.text, clauses, places)[:MOST_CLAUSES],
    )


def sources_of(library: Library, mark_ids: Iterable[str]) -> dict[str, str]:
    """Return the IRIs of the texts that marks were made on which wait for them, by the ids of the marks."""
    origins = {origin.id: origin for origin in library.origins.all()}
    found = {}
    for (_, mark_id), history in histories(library.operations.active("mark", list(mark_ids))).items():
        values = values_of(history)
        origin = origins.get(values["edition_id"]) if values is not None else None
        if origin is not None:
            found[mark_id] = (
                f"{SHA256_SOURCE}{origin.sha256}" if origin.sha256 else origin.name or f"urn:uuid:{origin.id}"
            )
    return found


def _ground_of(library: Library, edition: Edition) -> Ground:
    nodes = [node for node in outline_of(library, edition).nodes if not node.clause.implied]
    return Ground(edition.text, [(label_path(node.path), node.clause.span) for node in nodes])


def _finds(ground: Ground, place: Place) -> bool:
    return ground.place(place).placing.verdict is not Verdict.LOST


def _is_positioned(place: Place) -> bool:
    """Tell whether it is told where words stand, but not what stands around them."""
    words = isinstance(place, Passage) and not (place.prefix or place.suffix)
    return words and place.end > place.start and len(letters_of(_told(place))) >= _FEW


def _stands(ground: Ground, place: Place) -> bool:
    """Tell whether words stand right where they are told to."""
    return ground.text[place.start : place.end] == _told(place)


def _told(place: Place) -> str:
    """Return all words that are told of a place."""
    return f"{place.prefix}{place.exact}{place.suffix}" if isinstance(place, Passage) else place.words
