"""A process that is killed while it writes loses nothing that it had said was done."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.storage.library import Library

ROOT = Path(__file__).parents[2]

WRITER = """
import itertools, sys
from dataclasses import replace
from pathlib import Path
from uuid import uuid4
from desktop.storage.library import Library

library = Library.open(Path(sys.argv[1]))
first = library.marks.get(sys.argv[2])
for number in itertools.count():
    mark = replace(first, id=str(uuid4()), note=str(number), tags=("甲", str(number)))
    library.marks.add(mark)
    print(mark.id, number, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 20, 57])
def test_every_mark_that_was_reported_is_there(library, records, lines):
    first = records.new_mark()
    library.close()
    command = [sys.executable, "-c", WRITER, str(library.path), first.id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        told += [line for line in writer.stdout if line.endswith("\n")]
    assert all(told)
    with Library.open(library.path, read_only=True) as reader:
        count = len(reader.marks.of_edition(first.edition_id))
    # Its lock went with it, although nobody gave it back.
    with Library.open(library.path) as again:
        for line in told:
            identity, number = line.split()
            mark = again.marks.get(identity)
            assert (mark.note, mark.tags) == (number, ("甲", number))
            assert len(again.operations.of("mark", identity)) == 1
        assert len(again.marks.of_edition(first.edition_id)) == count
        assert count - len(told) - 1 in (0, 1)  # the one it was about to report
        assert again.check().sound
