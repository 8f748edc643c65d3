"""Settling: what stands in the tables of the library is made what its operations tell, after a merge or its undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.anchoring.placing import Placed
from desktop.exchange.watch import Watch
from desktop.model.author import Author
from desktop.model.changes import Changes
from desktop.model.decoding import values_of
from desktop.model.history import History, histories
from desktop.model.mark import Mark
from desktop.model.meeting import Meeting
from desktop.model.origin import Origin
from desktop.services.command import now
from desktop.services.homes import Home, Homes

if TYPE_CHECKING:
    from desktop.storage.library import Library

PlacedMarks = Mapping[str, tuple[str, Placed]]
"""Where marks were placed before, by their ids: the edition, and the place in it."""


def mark_of(history: History) -> Mark | None:
    """Return the mark that a history tells of, on the text it was made on."""
    values = values_of(history)
    return None if values is None else Mark(**values)


def settle(
    library: Library,
    subjects: Mapping[str, Iterable[str]],
    placed: PlacedMarks | None = None,
    watch: Watch | None = None,
) -> Changes:
    """Settle records, named by kind and id, within the caller's transaction; return what was touched.

    A mark that nothing adds any more goes. `placed` saves the time of placing again. Between marks the library pauses,
    unless it is another `watch` that is told.
    """
    authors, meetings, marks = (list(subjects.get(kind, ())) for kind in ("author", "meeting", "mark"))
    for _, history in _histories(library, "author", authors):
        values = values_of(history)
        if values is not None:
            library.authors.settle(Author(**values))
    for meeting_id, history in _histories(library, "meeting", meetings):
        _settle_meeting(library, meeting_id, history)
    _settle_marks(library, marks, placed or {}, watch or Watch(told=library.pause))
    gone = library.origins.tidy()
    return Changes(
        documents=frozenset(gone),
        marks=frozenset(marks),
        meetings=frozenset(meetings),
        authors=frozenset(authors),
    )


def _histories(library: Library, subject: str, ids: Sequence[str]) -> Iterable[tuple[str, History]]:
    found = histories(library.operations.active(subject, ids))
    return [(record_id, found.get((subject, record_id), History(()))) for record_id in ids]


def _settle_meeting(library: Library, meeting_id: str, history: History) -> None:
    values = values_of(history)
    if values is not None:
        library.meetings.settle(Meeting(**values))
        return
    before = library.meetings.get(meeting_id)
    if before is not None:
        library.meetings.settle(replace(before, removed=True))


def _settle_marks(library: Library, mark_ids: list[str], placed: PlacedMarks, watch: Watch) -> None:
    homes = Homes(library)
    standing = {origin.id: (origin, edition_id) for origin, edition_id in library.origins.all().items()}
    for ids in watch.slices(mark_ids):
        told: list[Mark] = []
        for _, history in _histories(library, "mark", ids):
            mark = mark_of(history)
            home = home_of(homes, standing, mark.edition_id) if mark is not None else None
            if mark is not None and home is not None:
                told.append(at_home(mark, home, placed))
        library.marks.settle_all(told)
        library.marks.drop(sorted(set(ids) - {mark.id for mark in told}))


def home_of(homes: Homes, standing: Mapping[str, tuple[Origin, str]], edition_id: str) -> Home | None:
    """Return where marks stand that were made on an edition of this library or another."""
    own = homes.own(edition_id)
    if own is not None or edition_id not in standing:
        return own
    origin, home = standing[edition_id]
    return homes.known(home, origin)


def at_home(mark: Mark, home: Home, placed: PlacedMarks) -> Mark:
    """Return a mark as it stands in this library."""
    edition_id, known = placed.get(mark.id, ("", None))
    place, placing = known if known is not None and edition_id == home.edition_id else home.place(mark.place)
    return replace(mark, document_id=home.document_id, edition_id=home.edition_id, place=place, placing=placing)


def give_homes(library: Library, homes: Mapping[Origin, Home | None]) -> Changes:
    """Have origins stand at these editions from now on; those that have none get one without a text."""
    documents, editions = set(), set()
    for origin, home in homes.items():
        if home is None:
            document_id, edition_id = library.origins.stand_in(origin, now())
            documents.add(document_id)
            editions.add(edition_id)
        else:
            edition_id = home.edition_id
        library.origins.put(origin, edition_id)
    return Changes(documents=frozenset(documents), editions=frozenset(editions))


def take_up(library: Library, edition_id: str) -> Changes:
    """Place the marks that waited for a text which has come into the library; to be called when it is there."""
    known = library.origins.all()
    if not known:
        return Changes()
    homes = Homes(library)
    without_text = {one.id for one in library.editions.summaries() if not one.format}
    waiting = [origin for origin, home in known.items() if home in without_text or homes.exact(origin)]
    return _move(library, homes, [origin for origin in waiting if known[origin] != edition_id], known)


def let_go(library: Library, edition_id: str) -> Changes:
    """Find other places for the merged marks on an edition whose import was taken back."""
    known = library.origins.all()
    leaving = [origin for origin, home in known.items() if home == edition_id]
    return _move(library, Homes(library), leaving, known) if leaving else Changes()


def _made_on(library: Library, edition_ids: Iterable[str], watch: Watch) -> dict[str, list[Mark]]:
    """Return the marks that stand on these editions, by what they were made on: thousands of origins share one."""
    found: dict[str, list[Mark]] = {}
    on_them = [mark_id for edition_id in sorted(edition_ids) for mark_id in library.marks.ids_on(edition_id)]
    for ids in watch.slices(on_them):
        for mark in map(mark_of, histories(library.operations.active("mark", ids)).values()):
            if mark is not None:
                found.setdefault(mark.edition_id, []).append(mark)
    return found


def _move(library: Library, homes: Homes, origins: list[Origin], known: Mapping[Origin, str]) -> Changes:
    moved: dict[Origin, Home | None] = {}
    mark_ids: list[str] = []
    reading, finding, settling = Watch(told=library.pause).parts(1, 1, 4)
    made_on = _made_on(library, {known[origin] for origin in origins}, reading)
    for origin in finding.over(origins):
        of_origin = made_on.get(origin.id, [])
        home = homes.find(origin, [mark.place for mark in of_origin])
        if (home.edition_id if home else None) != known[origin]:
            moved[origin] = home
            mark_ids += [mark.id for mark in of_origin]
    if not moved:
        return Changes()
    return give_homes(library, moved) | settle(library, {"mark": mark_ids}, watch=settling)
