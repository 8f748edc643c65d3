"""Bundles: what is handed over to colleagues, which is all that is shared.

What is private stays here, at whatever time it was said:

- A mark that is private is in no bundle, nor is its removal. What colleagues were told of it before stays with them, as
  they had it: nothing can be called back, and they may pass it on.
- A mark that was private is told from when it was shared again (also by undo) on, and without what its author had
  replaced by then, be it while it was private or before: of such operations a bundle says only that there were any
  (`Operation.withheld`), so that whatever replaces them still does so for everybody, and merging stays what it is. The
  operation that added it is replaced, at that moment, by one that tells it as it is (`OperationStore.tell_anew`).
- What a colleague said is theirs: a mark of theirs that was private here goes on with their words, and without those
  that were said about it here. What they withheld is passed on as it came.
- An author is told by the name of today, without those before it; a device by no name.

A value is withheld only where the same author's operation stands in its place, in the same bundle. So it is never one
that is shown, neither here nor anywhere, and what a library makes of bundles is the same with it and without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop import __version__
from desktop.exchange.files import is_library
from desktop.exchange.watch import Watch
from desktop.exchange.whole_bundle import refuse_partial
from desktop.exchange.writers.bundle import write_bundle
from desktop.model.author import Device
from desktop.model.bundle import Bundle
from desktop.model.decoding import decode, values_of
from desktop.model.errors import ExportError
from desktop.model.export import Options
from desktop.model.history import History, histories
from desktop.model.mark import Place
from desktop.model.operation import Operation
from desktop.model.report import Report
from desktop.services.homes import origin_of

if TYPE_CHECKING:
    from desktop.storage.library import Library


_NOT_WHOLE: Final = "文库里的标注有前后对不上的地方，交换包没有导出：请先换成网页标注（.jsonld）交给同事。"
_AT_ANY_TIME: Final = 2**63


def bundle_of(library: Library) -> Bundle:
    """Return all that is shared in a library: of every author, what was removed too, with all that was done before.

    Private marks and what only these name stay out of it, what is withheld (see above), texts and settings. It is the
    same bundle as long as nothing shared changes.
    """
    own = library.author.id
    marks = {key: one for key, one in histories(library.operations.active("mark")).items() if _is_shared(one)}
    operations = [
        operation for history in marks.values() for operation in _withholding(history, own, _shared_at(history, own))
    ]
    made = _made(operations)
    authors = {one.author_id for one in operations} | {fields["author_id"] for fields in made}
    meetings = library.operations.named("meeting", sorted(_meetings_of(operations, made)))
    operations += meetings
    authors |= {one.author_id for one in meetings}
    for history in histories(library.operations.named("author", sorted(authors))).values():
        operations += _withholding(history, own, _AT_ANY_TIME)
    operations.sort(key=lambda operation: operation.rank)
    known = {origin.id: origin for origin in library.origins.all()}
    places: dict[str, list[Place]] = {}
    for fields in made:
        places.setdefault(fields["edition_id"], []).append(fields["place"])
    origins = (origin_of(library, edition_id, known, places[edition_id]) for edition_id in sorted(places))
    devices = {operation.device_id for operation in operations} | {fields["device_id"] for fields in made}
    return Bundle(
        author_id=library.author.id,
        at=max((operation.at for operation in operations), default=None),
        program=__version__,
        operations=tuple(operations),
        origins=tuple(origin for origin in origins if origin is not None),
        devices=tuple(Device(device.id, "") for device in library.devices() if device.id in devices),
    )


def count_of(bundle: Bundle) -> int:
    """Return how many marks are in a bundle, without those that were removed."""
    found = histories(operation for operation in bundle.operations if operation.subject == "mark")
    return sum(not (values_of(history) or {"removed": True})["removed"] for history in found.values())


class BundleWriter:
    """Writes the bundle of a library as a form of export (`exchange/formats.py`), for which the report says nothing.

    It is gathered where it is written, over a connection of its own. `written` is how many marks went into it.
    """

    def __init__(self, library: Path) -> None:
        self._library = library
        self.written = 0

    def write(self, _report: Report, _options: Options, watch: Watch) -> bytes:
        """Return the bundle as a file. Safe on any thread. Raises CancelledError, and ExportError as `write_bundle`."""
        from desktop.storage.library import Library

        gathering, writing = watch.parts(2, 1)
        with Library.open(self._library, read_only=True) as library:
            bundle = bundle_of(library)
        gathering.told(1, 1)
        watch.check()
        try:
            refuse_partial(bundle)
        except (ValueError, KeyError) as error:
            raise ExportError(_NOT_WHOLE) from error
        self.written = count_of(bundle)
        return write_bundle(bundle, writing)


def refuse_library(path: Path) -> None:
    """Raise ExportError where a whole library lies at `path`, which has the suffix of a bundle and must stay."""
    if is_library(path):
        raise ExportError(f"“{path.name}”是一个文库，不能用交换包替换它：请换一个文件名。")


def _is_shared(history: History) -> bool:
    values = values_of(history)
    return values is not None and not values["private"]


def _shared_at(history: History, author_id: str) -> int:
    """Return the clock at which a mark was last shared, 0 for one that was never private here."""
    shared = (one for one in history.operations if one.field == "private" and one.value == "false")
    return max((one.clock for one in shared if one.is_of(author_id)), default=0)


def _withholding(history: History, author_id: str, until: int) -> list[Operation]:
    """Return the operations on a record without the values that this author had replaced by others at a clock.

    What added the record is told no more where it was told anew.
    """
    own = {one.id: one for one in history.operations if one.is_of(author_id)}
    later = (one for one in own.values() if one.clock <= until or not one.field)
    pairs = ((own.get(one.replaces or ""), one) for one in later)
    replaced = {earlier.id for earlier, one in pairs if earlier is not None and earlier.field == one.field}
    return [replace(one, value="") if one.id in replaced else one for one in history.operations]


def _made(operations: Iterable[Operation]) -> list[Mapping[str, Any]]:
    """Return the fields of the marks that operations tell of, as they were added."""
    added = (one for one in operations if not one.field and not one.withheld)
    return [decode(one.subject, one.field, one.value) for one in added]


def _meetings_of(operations: Iterable[Operation], made: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the meetings that operations on marks name, in whatever state of the marks."""
    told = [one for one in operations if one.field == "meeting_id" and not one.withheld]
    changed = (decode(one.subject, one.field, one.value) for one in told)
    return {meeting_id for meeting_id in (*changed, *(fields["meeting_id"] for fields in made)) if meeting_id}
