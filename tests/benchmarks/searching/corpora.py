"""Libraries to search in, with those texts; kept between two runs."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.outline import Outline
from desktop.parsing.codec import outline_to_cache
from desktop.parsing.outline import parse_outline
from desktop.parsing.version import PARSER_VERSION
from desktop.services.importing import shipped_plan
from desktop.storage.library import Library
from desktop.storage.migrations import MIGRATIONS
from tests.benchmarks.searching import texts
from tests.benchmarks.searching.texts import Recipe, texts_of

CACHE = Path(__file__).parents[3] / "build" / "bench"
"""Where everything lies that is kept between two runs; may be deleted at any time."""

_STATE_LENGTH = 12
_CREATED = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Corpus:
    """A library on the disk, and its clauses apart, in a database with a table clause(id, edition, start, text).

    Ids count from 0 in the order of the library, `start` in code points of the edition's text.
    """

    recipe: Recipe
    library: Path
    clauses: Path

    def rows(self) -> list[tuple[str, int, str]]:
        """Return the clauses by their ids: edition, where it starts there, text."""
        with closing(sqlite3.connect(self.clauses)) as connection:
            return connection.execute("SELECT edition, start, text FROM clause ORDER BY id").fetchall()

    def copy(self, folder: Path) -> Path:
        """Return a copy of the library that may be altered."""
        return Path(shutil.copy(self.library, folder / "library.yuece"))


def corpus(recipe: Recipe) -> Corpus:
    """Return a corpus, made where it is not kept from another run (half a minute for the largest)."""
    folder = kept(f"library-{recipe.slug}", _state())
    made = Corpus(recipe, folder / "library.yuece", folder / "clauses.sqlite")
    if not folder.exists():
        print(f"making {recipe.name} …", file=sys.stderr, flush=True)
        unfinished = folder.with_name(folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _make(recipe, unfinished)
        unfinished.rename(folder)
    return made


def kept(name: str, state: str) -> Path:
    """Return where something lies between two runs that was made for a state; what was made for another one goes."""
    folder = CACHE / f"{name}.{state[:_STATE_LENGTH]}"
    for outdated in CACHE.glob(f"{name}.{'?' * _STATE_LENGTH}"):
        if outdated != folder:
            shutil.rmtree(outdated)
    return folder


def pieces(text: str, outline: Outline) -> list[tuple[int, str]]:
    """Cut a text where another numbered clause begins; return where each piece starts, and the piece."""
    cuts = [0]
    above = None
    for node in outline.nodes:
        if node.numbered is not above and not node.clause.implied:
            cuts.append(node.clause.start)
            above = node.numbered
    cuts = sorted(set(cuts))
    return [(start, text[start:end]) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _make(recipe: Recipe, folder: Path) -> None:
    connection = sqlite3.connect(folder / "clauses.sqlite")
    connection.execute("CREATE TABLE clause (id INTEGER PRIMARY KEY, edition TEXT, start INTEGER, text TEXT)")
    count = 0
    with Library.open(folder / "library.yuece", create=True) as library:
        for number, text in enumerate(texts_of(recipe)):
            outline = parse_outline(text)
            edition = _edition(number, text)
            with library.transaction():
                library.documents.add(
                    Document(edition.document_id, outline.title or f"第{number + 1}号", edition.imported)
                )
                library.editions.add(edition, b"")  # nothing that is measured looks at the file it came from
                library.editions.keep_outline(edition.id, PARSER_VERSION, outline_to_cache(outline))
            rows = [
                (count + place, edition.id, start, piece) for place, (start, piece) in enumerate(pieces(text, outline))
            ]
            connection.executemany("INSERT INTO clause VALUES (?, ?, ?, ?)", rows)
            count += len(rows)
    connection.commit()
    connection.close()


def _edition(number: int, text: str) -> Edition:
    data = text.encode()
    return Edition(
        id=f"00000000-0000-4000-8001-{number:012}",
        document_id=f"00000000-0000-4000-8000-{number:012}",
        name="导入版",
        text=text,
        format="txt",
        source_name=f"{number}.txt",
        sha256=hashlib.sha256(data).hexdigest(),
        imported=_CREATED + timedelta(minutes=number),
    )


def _state() -> str:
    """Return what is another string as soon as a corpus would be another one."""
    versions = f"{PARSER_VERSION} {MIGRATIONS[-1].version}".encode()
    return hashlib.sha256(shipped_plan().data + Path(texts.__file__).read_bytes() + versions).hexdigest()
