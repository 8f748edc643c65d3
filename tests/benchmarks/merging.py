"""Merging bundles of 1,000 and 10,000 marks, beside writing their bytes to the disk in the same run."""

import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.anchoring.quotes import passage_at
from desktop.exchange.readers.bundle import read_bundle
from desktop.exchange.writers.bundle import write_bundle
from desktop.model.mark import Mark
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.services.bundling import bundle_of
from desktop.services.command import new_id, perform
from desktop.services.importing import ImportedFile, import_document, shipped_plan
from desktop.services.marking import AddMarks, Marker
from desktop.services.merging import MergeBundle, plan_merge
from desktop.services.reading import Reading, open_reading
from desktop.storage.library import Library

COUNTS = (1_000, 10_000)


def main() -> None:
    """Measure and print."""
    plan = shipped_plan()
    text = plan.text.replace(",", "，").replace("发展", "大发展")
    other = ImportedFile(plan.name, "txt", text.encode(), text, parse_outline(text))
    others = {"the same text": plan, "another text": other}
    print("a bundle, in seconds and as a multiple of writing its bytes to the disk; goal: seconds, linear in the marks")
    print(f"{'':28}{'write':>10}{'read':>16}{'plan':>16}{'merge':>16}{'again':>16}{'undo':>16}")
    for name, file in others.items():
        for count in COUNTS:
            with tempfile.TemporaryDirectory() as folder:
                print(f"{f'{count:,} marks, {name}':28}{''.join(_measured(Path(folder), plan, file, count))}")


def _measured(folder: Path, plan: ImportedFile, file: ImportedFile, count: int) -> list[str]:
    with (
        Library.open(folder / "a.yuece", create=True) as theirs,
        Library.open(folder / "b.yuece", create=True) as ours,
    ):
        imported = import_document(plan)
        perform(theirs, imported)
        perform(ours, import_document(file))
        perform(theirs, AddMarks("", made(theirs, open_reading(theirs, imported.edition.id), count)))
        data = write_bundle(bundle_of(theirs))
        floor, _ = _timed(lambda: _written(folder / "bytes", data))
        read, bundle = _timed(lambda: read_bundle(data))
        planned, plan_of = _timed(lambda: plan_merge(ours, bundle))
        command = MergeBundle(plan_of)
        merged, _ = _timed(lambda: perform(ours, command))
        again, _ = _timed(lambda: perform(ours, MergeBundle(plan_merge(ours, bundle))))
        undone, _ = _timed(lambda: _undone(ours, command))
    steps = (read, planned, merged, again, undone)
    return [f"{floor:>8.3f} s", *(f"{seconds:>8.2f} {seconds / floor:>6.0f}x" for seconds in steps)]


def made(library: Library, reading: Reading, count: int) -> tuple[Mark, ...]:
    """Return marks with notes and tags, anywhere in a text."""
    dice = random.Random(3)
    first = Marker(library, reading).highlight(Span(10, 20), 1, "").marks[0]
    marks = []
    while len(marks) < count:
        start = dice.randrange(len(reading.text) - 60)
        place = passage_at(reading.text, Span(start, start + dice.randrange(4, 50)))
        if place.exact == place.exact.strip():
            marks.append(replace(first, id=new_id(), place=place, note=f"批注{len(marks)}", tags=("经济/工业",)))
    return tuple(marks)


def _undone(library: Library, command: MergeBundle) -> None:
    with library.transaction():
        command.revert(library)


def _written(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _timed(action: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result
