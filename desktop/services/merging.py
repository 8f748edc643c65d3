"""Merging: what a colleague's bundle would change, told in numbers first, and then taken over in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.anchoring.placing import Placed
from desktop.exchange.files import read_bytes
from desktop.exchange.readers.annotations import read_annotations
from desktop.exchange.readers.bundle import read_bundle
from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.annotation import SUFFIXES as ANNOTATION_SUFFIXES
from desktop.model.annotation import AnnotationFile
from desktop.model.author import Author
from desktop.model.bundle import Bundle
from desktop.model.changes import Changes
from desktop.model.decoding import decode, values_of
from desktop.model.errors import UnreadableFileError
from desktop.model.history import Conflict, History, histories
from desktop.model.mark import Mark, Placing, Verdict, words_at
from desktop.model.merge import Merge
from desktop.model.operation import Operation, highest_clock
from desktop.model.origin import Origin
from desktop.services.annotating import bundle_of_annotations
from desktop.services.authorship import credited
from desktop.services.command import new_id, now
from desktop.services.homes import Home, Homes
from desktop.services.settling import at_home, give_homes, mark_of, settle
from desktop.text.blanks import short_name

if TYPE_CHECKING:
    from desktop.storage.library import Library

_AT_ONCE = 1_000
"""How many operations are added before the library pauses."""
_NO_BUNDLE = "“{name}”有 {size} MB，交换包没有这么大的（最多 {limit} MB），没有合并：请核对它是不是交换包。"
"""What is said of a file that is too large: a bundle is whole and can't be parted."""

_MAKING = ("author_id", "device_id", "created", "document_id", "edition_id")
"""What all operations that add a mark say alike."""
_FORGED = "这个交换包里有和文库中编号相同、内容不同的记录，可能被改动过：请让同事重新导出一份。"
_AHEAD = "这个文件里的修改次数多得不可能：请先核对本机的日期；日期不错，就请同事重新导出一份。"


class Outcome(StrEnum):
    """What becomes of a mark in a file; the values are part of the command line's output and stay."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    CONFLICTING = "conflicting"
    REMOVED = "removed"
    UNPLACED = "unplaced"


OUTCOME_TITLES = {
    Outcome.NEW: "新增",
    Outcome.SAME: "相同",
    Outcome.CHANGED: "有修改",
    Outcome.CONFLICTING: "有冲突",
    Outcome.REMOVED: "删除",
    Outcome.UNPLACED: "找不到位置",
}
"""What they are called on the screen."""


@dataclass(frozen=True, slots=True)
class Line:
    """One mark of a file: as it stands in the library before (None where it doesn't) and would stand after.

    `made_on` are the words it was made on, which may be others than those it stands on here (`after.placing` says so);
    `conflicts` are the fields that were changed on both sides; `deeds` are the operations of the file that set fields
    to what they will show, or stand against it, by field.
    """

    outcome: Outcome
    before: Mark | None
    after: Mark
    made_on: str
    conflicts: tuple[Conflict, ...] = ()
    deeds: Mapping[str, Operation] = field(default_factory=dict)


@dataclass(frozen=True)
class MergePlan:
    """What merging a bundle would do; `name` is that of the file, `remarks` are sentences for the user about it."""

    name: str
    bundle: Bundle
    lines: tuple[Line, ...]
    homes: Mapping[Origin, str | None]
    placed: Mapping[str, tuple[str, Placed]]
    remarks: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many marks of the file have which outcome; each has one."""
        found = Counter(line.outcome for line in self.lines)
        return {outcome: found[outcome] for outcome in Outcome}


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Have errors name the file that they are about, which may be one of several."""
    try:
        yield
    except UnreadableFileError as error:
        if not name or name in str(error):
            raise
        raise UnreadableFileError(f"“{name}”没有合并：{error}") from error


def read_for_merging(path: Path) -> Bundle | AnnotationFile:
    """Read a bundle or, by the suffix, web annotations. Nothing is written; safe on any thread.

    Raises UnreadableFileError, in words.
    """
    with _naming(path.name):
        if path.suffix.lower() in ANNOTATION_SUFFIXES:
            return read_annotations(read_bytes(path))
        return read_bundle(read_bytes(path, _NO_BUNDLE))


def prepare_file_merge(library: Library, file: Bundle | AnnotationFile, name: str) -> Callable[[Watch], MergePlan]:
    """Do as `prepare_merge` for what `read_for_merging` has read."""
    if isinstance(file, Bundle):
        return prepare_merge(library, file, name)
    with _naming(name):
        bundle = bundle_of_annotations(library, file)
    return prepare_merge(library, bundle, name, file.remarks)


def plan_merge(library: Library, bundle: Bundle, name: str = "") -> MergePlan:
    """Tell what merging a bundle would do to a library; nothing is written.

    Raises UnreadableFileError where the bundle calls something else by the id of what is here, or its clocks are
    ahead of all that can be.
    """
    return prepare_merge(library, bundle, name)(UNWATCHED)


def prepare_merge(
    library: Library, bundle: Bundle, name: str = "", remarks: tuple[str, ...] = ()
) -> Callable[[Watch], MergePlan]:
    """Read from the library what a plan needs, and return what makes it: pure, safe on any thread.

    What is returned raises CancelledError; this raises UnreadableFileError as `plan_merge` does.
    """
    with _naming(name):
        _refuse_forged(library, bundle)
        _refuse_ahead(library, bundle)
    remarks += _own_name(library, bundle) + _times_to_come(bundle)
    theirs = histories(operation for operation in bundle.operations if operation.subject == "mark")
    ours = histories(library.operations.active("mark", [subject_id for _, subject_id in theirs]))
    coming_back = _coming_back(library, theirs, ours)
    standing = {mark_id: library.marks.get(mark_id) for _, mark_id in ours}
    made = {mark.id: mark for mark in map(mark_of, theirs.values()) if mark is not None}
    homes = _homes_of(library, bundle, made.values())

    def make(watch: Watch) -> MergePlan:
        placed: dict[str, tuple[str, Placed]] = {}
        lines = []
        for key, of_theirs in watch.over(list(theirs.items())):
            before = ours.get(key, History(()))
            after = _with(coming_back.get(key, before), of_theirs)
            with _naming(name):
                lines.append(_line(standing.get(key[1]), before, after, homes, placed))
        return MergePlan(name, bundle, tuple(lines), _stays(bundle, homes), placed, remarks)

    return make


def _coming_back(
    library: Library, theirs: Mapping[tuple[str, str], History], ours: Mapping[tuple[str, str], History]
) -> dict[tuple[str, str], History]:
    """Return the histories of marks of which a merge was taken back that told what a file tells again.

    With that, what was done here on it counts again, too.
    """
    counting = {one.id for history in ours.values() for one in history.operations}
    told = {one.id for history in theirs.values() for one in history.operations} - counting
    again = library.operations.known(told)
    marks = {one.subject_id for one in again.values()}
    return histories(library.operations.active("mark", marks, again)) if again else {}


def _stays(bundle: Bundle, homes: Mapping[str, Home | None]) -> dict[Origin, str | None]:
    """Return where origins stand from now on; editions of this very library need not be told."""
    found = {origin: home.edition_id if (home := homes[origin.id]) is not None else None for origin in bundle.origins}
    return {origin: edition_id for origin, edition_id in found.items() if edition_id != origin.id}


def _refuse_forged(library: Library, bundle: Bundle) -> None:
    known = library.operations.known(operation.id for operation in bundle.operations)
    texts = {origin.id: _text_of(origin) for origin in library.origins.all()}
    if not all(_agree(known.get(operation.id, operation), operation) for operation in bundle.operations) or any(
        texts.get(origin.id, _text_of(origin)) != _text_of(origin) for origin in bundle.origins
    ):
        raise UnreadableFileError(_FORGED)
    if any(len(after.makers) > 1 for after in _with_bundle(library, bundle, "meeting")):
        raise UnreadableFileError(_FORGED)


def _with_bundle(library: Library, bundle: Bundle, subject: str) -> list[History]:
    """Return what there would be of each record of a kind that a bundle tells of."""
    theirs = histories(operation for operation in bundle.operations if operation.subject == subject)
    ours = histories(library.operations.active(subject, [subject_id for _, subject_id in theirs]))
    return [_with(ours.get(key, History(())), of_theirs) for key, of_theirs in theirs.items()]


def _with(here: History, there: History) -> History:
    """Return a history with what a file tells of it besides; the very same where that is nothing."""
    known = {operation.id: operation.withheld for operation in here.operations}
    further = [one for one in there.operations if known.get(one.id, True) and (one.id not in known or one.value)]
    if not further:
        return here
    told = {one.id for one in further}
    return History((*(one for one in here.operations if one.id not in told), *further))


def _text_of(origin: Origin) -> tuple[str, str, int]:
    return origin.sha256, origin.text_sha256, origin.length


def _agree(here: Operation, there: Operation) -> bool:
    if here.withheld or there.withheld:
        here, there = replace(here, value=""), replace(there, value="")
    return here == there


def _refuse_ahead(library: Library, bundle: Bundle) -> None:
    """Raise UnreadableFileError where clocks are ahead of what anybody can have done by now.

    Such an operation would hold against whatever is done after it, and ours behind it would be refused in turn.
    """
    latest = max((operation.clock for operation in bundle.operations), default=0)
    if latest > max(highest_clock(now()), library.clock()):
        raise UnreadableFileError(_AHEAD)


def _own_name(library: Library, bundle: Bundle) -> tuple[str, ...]:
    """Tell that the user comes to have another name, given in another copy of the library, or by who pretends that."""
    own = library.author
    values = (values_of(after) for after in _with_bundle(library, bundle, "author"))
    name = next((one["name"] for one in values if one is not None and one["id"] == own.id), own.name)
    if name == own.name:
        return ()
    changed = f"合并以后，您的署名会从“{short_name(own.name)}”变成“{short_name(name)}”"
    return (f"{changed}：如果不是您在另一台电脑上改的，请不要合并。",)


def _times_to_come(bundle: Bundle) -> tuple[str, ...]:
    soon = now() + timedelta(days=1)
    count = sum(operation.at > soon for operation in bundle.operations)
    return (f"有 {count} 处修改的时间在今天以后，写下它们的电脑或本机的日期不对，合并不受影响。",) if count else ()


def _homes_of(library: Library, bundle: Bundle, marks: Iterable[Mark]) -> dict[str, Home | None]:
    places: dict[str, list[Any]] = {}
    for mark in marks:
        places.setdefault(mark.edition_id, []).append(mark.place)
    homes = Homes(library)
    with_text = {one.id for one in homes.with_text}
    standing = {origin.id: edition_id for origin, edition_id in library.origins.all().items()}
    found: dict[str, Home | None] = {}
    for origin in bundle.origins:
        known = standing.get(origin.id, "")
        kept = homes.known(known, origin) if known in with_text else homes.own(origin.id)
        found[origin.id] = kept or homes.find(origin, places.get(origin.id, []))
    return found


def _line(
    standing: Mark | None,
    before: History,
    after: History,
    homes: Mapping[str, Home | None],
    placed: dict[str, tuple[str, Placed]],
) -> Line:
    mark = mark_of(after)
    if mark is None or not _made_once(after):
        raise UnreadableFileError(_FORGED)
    there = mark_of(before)
    home = homes.get(mark.edition_id)
    if home is None:
        shown = replace(mark, placing=Placing(Verdict.LOST, 0.0))
    else:
        as_before = {}
        if (
            standing is not None
            and there is not None
            and (there.edition_id, there.place)
            == (
                mark.edition_id,
                mark.place,
            )
        ):
            as_before[mark.id] = (standing.edition_id, Placed(standing.place, standing.placing))
        shown = at_home(mark, home, as_before)
        placed[mark.id] = (home.edition_id, Placed(shown.place, shown.placing))
    conflicts = after.conflicts if not mark.removed else ()
    return Line(
        _outcome(there, shown, before, after), standing, shown, words_at(mark.place), conflicts, _deeds(before, after)
    )


def _deeds(before: History, after: History) -> dict[str, Operation]:
    known = {operation.id for operation in before.operations}
    found = {}
    for name, tips in after.fields.items() if after is not before else ():
        further = [tip for tip in tips if tip.id not in known]
        if further:
            shown, origin = after.shown(name), credited(after, name)
            found[name] = origin if origin and shown in further and origin.id not in known else further[0]
    return found


def _outcome(there: Mark | None, shown: Mark, before: History, after: History) -> Outcome:
    if after is before:
        return Outcome.SAME
    if shown.removed:
        return Outcome.SAME if there is not None and there.removed else Outcome.REMOVED
    if there is None and shown.lost:
        return Outcome.UNPLACED
    if _opposed(before, after):
        return Outcome.CONFLICTING  # also of a new mark, on which colleagues disagree: it will be shown as one
    if there is None:
        return Outcome.NEW
    return Outcome.CHANGED if _told(there) != _told(mark_of(after)) else Outcome.SAME


def _opposed(before: History, after: History) -> bool:
    """Whether somebody comes to be against what is here; where somebody was already, what is shown may change."""
    known = {one.field: one for one in before.conflicts}
    for one in after.conflicts:
        there = known.get(one.field)
        if there is None or len(one.heads) > len(there.heads):
            return True
        if set(one.heads) != set(there.heads) and one.heads[0] == there.heads[0]:
            return True
    return False


def _made_once(history: History) -> bool:
    """Whether all that adds a mark says the same of who made it, when, on which text.

    Web annotations are of an own making in each library.
    """
    added = [one for one in history.operations if not one.field and not one.withheld]
    own = [decode("mark", "", one.value) for one in added if not history.is_annotated(one)] if added[1:] else []
    return len(history.makers) <= 1 and all(one[name] == own[0][name] for one in own for name in _MAKING)


def _told(mark: Mark | None) -> Mark | None:
    """Return what can be seen of a mark, but for the time of its last change."""
    return None if mark is None else replace(mark, changed=mark.created, document_id="", edition_id="", device_id="")


def brings(library: Library, bundle: Bundle) -> list[Operation]:
    """Return the operations of a bundle that don't count in a library yet; where there are none, it brings nothing."""
    counting = library.operations.counting(operation.id for operation in bundle.operations)
    return [operation for operation in bundle.operations if operation.id not in counting]


@dataclass(frozen=True)
class MergeBundle:
    """Take over what a bundle brings. Taken back, it counts for nothing, here and in the bundles that are made here."""

    plan: MergePlan
    merge_id: str = field(default_factory=new_id)
    at: datetime = field(default_factory=now)

    @property
    def label(self) -> str:
        """What the step is called on the screen."""
        return f"合并“{self.plan.name}”" if self.plan.name else "合并"

    def apply(self, library: Library) -> Changes:
        """Take over what is not here yet; where there is nothing, nothing is written."""
        further = brings(library, self.plan.bundle)
        if not further:
            return Changes()
        self._introduce(library)
        library.merges.add(Merge(self.merge_id, self.plan.name, self.at))
        taking, settling = Watch(told=library.pause).parts(1, 4)
        for part in taking.slices(sorted(further, key=lambda operation: operation.rank), _AT_ONCE):
            library.merges.take(self.merge_id, part)
        changes = give_homes(library, self._homes(library))
        changes |= settle(library, library.merges.subjects(self.merge_id), self.plan.placed, settling)
        return changes | Changes(merges=frozenset({self.merge_id}))

    def revert(self, library: Library) -> Changes:
        """Let what came with the merge count no longer."""
        if library.merges.get(self.merge_id) is None:
            return Changes()
        library.merges.remove(self.merge_id)
        return settle(library, library.merges.subjects(self.merge_id)) | Changes(merges=frozenset({self.merge_id}))

    def _introduce(self, library: Library) -> None:
        """Make the people and machines known that operations refer to."""
        told = (operation for operation in self.plan.bundle.operations if operation.subject == "author")
        for (_, author_id), history in histories(told).items():
            values = values_of(history)
            if values is not None and library.authors.get(author_id) is None:
                library.authors.settle(Author(**values))
        for device in self.plan.bundle.devices:
            library.meet(device)

    def _homes(self, library: Library) -> dict[Origin, Home | None]:
        """Return the homes the plan gave, as they are now; marks that wait need none where nothing stands on it."""
        homes = Homes(library)
        return {
            origin: homes.known(edition_id, origin) if edition_id is not None else None
            for origin, edition_id in self.plan.homes.items()
        }
