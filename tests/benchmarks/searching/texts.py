"""Texts to search in, made from the plan: the same ones every time.

*shuffle* recombines whole sentences: hardly any words but the plan's own, each of them very often. *mixed* draws its
fragments by Zipf's law and replaces three words in ten by others out of the dictionary: its words and their numbers of
hits are nearer to those of a real archive.
"""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from types import ModuleType

from desktop.model.outline import Outline
from desktop.services.importing import shipped_plan

CLAUSE_LENGTH = 310
"""A clause gets sentences until it has as many code points, which makes about 330 of it."""
DOCUMENT_CLAUSES = 230
SECTION_CLAUSES = 10
REPLACED = 0.3
SEED = 15
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

    @property
    def slug(self) -> str:
        """The same for the name of a file."""
        return f"{self.kind}-{self.clauses}" + ("-whole" if self.whole else "")


def texts_of(recipe: Recipe) -> Iterator[str]:
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


@cache
def bare_jieba() -> ModuleType:
    """Import jieba without what it says on the way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    found: ModuleType = jieba
    return found


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
