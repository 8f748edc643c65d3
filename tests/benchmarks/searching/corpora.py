"""Libraries to search in, made from the plan: the same ones every time, kept between two runs.

*shuffle* recombines whole sentences: hardly any words but the plan's own, each of them very often. *mixed* draws its
fragments by Zipf's law and replaces three words in ten by others out of the dictionary: its words and their numbers of
hits are nearer to those of a real archive.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import sqlite3
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from types import ModuleType

from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.outline import Outline
from desktop.parsing.codec import outline_to_cache
from desktop.parsing.outline import parse_outline
from desktop.parsing.version import PARSER_VERSION
from desktop.services.importing import shipped_plan
from desktop.storage.library import Library

CACHE = Path(__file__).parents[3] / "build" / "bench"
"""Where everything lies that is kept between two runs; may be deleted at any time."""

CLAUSE_LENGTH = 310
"""A clause gets sentences until it has as many code points, which makes about 330 of it."""
DOCUMENT_CLAUSES = 230
SECTION_CLAUSES = 10
REPLACED = 0.3
SEED = 15
_CREATED = datetime(2026, 11, 22, tzinfo=UTC)
_FRAGMENT_END = re.compile(r"[,，。;；:：]")
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Recipe:
    """Which corpus: `kind` is plan, shuffle or mixed; `whole` makes one document of all its clauses."""

    kind: str
    clauses: int
    whole: bool = False

    @property
    def name(self) -> str:
        """What it is called in the tables."""
        return f"{self.kind}, {self.clauses:,} clauses" + (" in one document" if self.whole else "")


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
    """Return a corpus, made where it is not kept from another run (some minutes for the largest)."""
    folder = CACHE / f"{recipe.kind}-{recipe.clauses}{'-whole' if recipe.whole else ''}-{_fingerprint()}"
    made = Corpus(recipe, folder / "library.yuece", folder / "clauses.sqlite")
    if not folder.exists():
        print(f"making {recipe.name} …", file=sys.stderr, flush=True)
        unfinished = folder.with_name(folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _make(recipe, unfinished)
        unfinished.rename(folder)
    return made


def texts(recipe: Recipe) -> Iterator[str]:
    """Yield the texts of a corpus, the same ones every time."""
    plan = shipped_plan()
    if recipe.kind == "plan":
        yield plan.text
        return
    chance = random.Random(SEED)
    clause = {"shuffle": _shuffled, "mixed": _mixed}[recipe.kind](plan.text, plan.outline, chance)
    titles = [node.clause.title for node in plan.outline.nodes if node.clause.title]
    size = recipe.clauses if recipe.whole else DOCUMENT_CLAUSES
    for first in range(0, recipe.clauses, size):
        lines = [f"建议第{first // size + 1}号"]
        for number in range(min(size, recipe.clauses - first)):
            if number % SECTION_CLAUSES == 0:
                lines.append(f"{_numeral(number // SECTION_CLAUSES + 1)}、{chance.choice(titles)}")
            lines.append(f"{number + 1}.{chance.choice(titles)}。{clause()}")
        yield "\n\n".join(lines)


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


@cache
def bare_jieba() -> ModuleType:
    """Import jieba without what it says on the way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    found: ModuleType = jieba
    return found


def _make(recipe: Recipe, folder: Path) -> None:
    connection = sqlite3.connect(folder / "clauses.sqlite")
    connection.execute("CREATE TABLE clause (id INTEGER PRIMARY KEY, edition TEXT, start INTEGER, text TEXT)")
    count = 0
    with Library.open(folder / "library.yuece", create=True) as library:
        for number, text in enumerate(texts(recipe)):
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


def _fingerprint() -> str:
    """Return what is another one as soon as a corpus would be."""
    plan = shipped_plan()
    parts = [plan.data, Path(__file__).read_bytes(), str(PARSER_VERSION).encode()]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


def _sentences(text: str, outline: Outline) -> list[str]:
    found = []
    for node in outline.nodes:
        for span in node.clause.sentences:
            sentence = span.of(text).strip().removeprefix(node.clause.label)
            if sentence.endswith("。") and "\n" not in sentence:
                found.append(sentence)
    return found


def _shuffled(text: str, outline: Outline, chance: random.Random) -> Callable[[], str]:
    sentences = _sentences(text, outline)

    def clause() -> str:
        parts: list[str] = []
        size = 0
        while size < CLAUSE_LENGTH:
            parts.append(chance.choice(sentences))
            size += len(parts[-1])
        return "".join(parts)

    return clause


def _mixed(text: str, outline: Outline, chance: random.Random) -> Callable[[], str]:
    jieba = bare_jieba()
    fragments = list(
        dict.fromkeys(
            part.strip()
            for sentence in _sentences(text, outline)
            for part in _FRAGMENT_END.split(sentence)
            if part.strip()
        )
    )
    chance.shuffle(fragments)
    words = [jieba.lcut(fragment) for fragment in fragments]
    ranks = list(range(len(fragments)))
    weights = [1 / (rank + 1) for rank in ranks]
    dictionary = _dictionary(Path(str(jieba.__file__)).with_name("dict.txt"))
    others = cycle(chance.choices(dictionary, k=1_000_003))
    drawn: Iterator[int] = iter(())
    draw = chance.random

    def clause() -> str:
        nonlocal drawn
        parts: list[str] = []
        size = behind = 0
        while size < CLAUSE_LENGTH:
            rank = next(drawn, None)
            if rank is None:
                drawn = iter(chance.choices(ranks, weights, k=100_000))
                continue
            fragment = "".join([next(others) if draw() < REPLACED else word for word in words[rank]])
            behind += 1
            end = "。" if behind == 5 else "," if behind % 2 else ";"
            behind %= 5
            parts.append(fragment + end)
            size += len(fragment) + 1
        return "".join(parts)[:-1] + "。"

    return clause


def _dictionary(path: Path) -> list[str]:
    """Return the words of jieba's dictionary of two characters and more."""
    lines = path.read_text("utf-8").splitlines()
    return [word for word in (line.split(" ")[0] for line in lines) if len(word) > 1]


def _numeral(number: int) -> str:
    """Write a number below 10,000 as headings do (十二, 一百零三)."""
    written = ""
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            written += _NUMERALS[digit] + unit
        elif written and number and not written.endswith("零"):
            written += "零"
    return written.removeprefix("一") if written.startswith("一十") else written
