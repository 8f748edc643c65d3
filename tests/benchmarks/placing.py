"""Marks placed on texts that were edited in known ways: how many come to the right place, a wrong one, or none."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import NamedTuple

from desktop.anchoring.placing import Ground
from desktop.anchoring.quotes import passage_at
from desktop.anchoring.told import ToldClauses, tell
from desktop.model.mark import Passage, Verdict
from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.parsing.addressing import label_path
from desktop.parsing.outline import parse_outline
from desktop.services.importing import read_file, shipped_plan
from desktop.services.marking import clause_place
from tests.benchmarks.placing_edits import EDITS, Edit, letters_of, text_of
from tests.benchmarks.searching.texts import Recipe, texts_of

MARKS = 700
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
SAMPLE_NAMES = ("15-env-plan-13fyp-2016.txt", "02-charity-law-2016.md", "18-task-division-2020.txt")
GOAL = "goal: wrong without a word 0, or one in several thousand; linear in the marks"
_LONG = Recipe("mixed", 3_000, whole=True)
_COUNTS = (1_000, 10_000)
_GONE = 0.1
"""A mark of which less is left is gone: it is right that it is lost."""
_LEFT = 0.5
"""A mark of which as much is left is there; what lies between counts for neither."""


class Rates(NamedTuple):
    """How many marks of which kind came where, and the seconds each took.

    Of those that are there: `right`, `flagged` (in a wrong place, and said to be rewritten), `unsaid` (in a wrong
    place, said to be moved or as it was), `lost`. Of those that are gone: `taken`, in a place and not said to be
    rewritten.
    """

    there: int
    right: int
    flagged: int
    unsaid: int
    lost: int
    gone: int
    taken: int
    seconds: float


def main() -> None:
    """Measure and print."""
    lengths = {"of 2 to 120 code points": (2, 120), "of 2 to 6 code points": (2, 6)}
    for (kind, found), (name, length) in product(texts().items(), lengths.items()):
        print(f"{kind}: {MARKS:,} marks {name} on each of {len(found)}; {GOAL}")
        print(f"{'':18}{'by quote and context':>56}{'with the clause':>60}")
        columns = f"{'right':>9}{'flagged':>9}{'unsaid':>8}{'lost':>9}{'gone: taken':>14}{'us/mark':>9}"
        print(f"{'':18}{columns}  {columns}")
        for edit_name, edit in EDITS.items():
            rates = [
                _sum(measure(text, edit, MARKS, length, seed=1, told=told) for text in found) for told in (False, True)
            ]
            print(f"{edit_name:18}{'  '.join(map(_told, rates))}", flush=True)
    _speed()


def _speed() -> None:
    (text,) = texts_of(_LONG)
    new = text_of(EDITS["a heavy revision"](letters_of(text), random.Random(2)))
    clauses, told = ground_clauses(parse_outline(new)), told_clauses(text)
    print(f"a text of {len(text):,} code points, heavily revised; all of a run, with what is worked out once")
    for count in _COUNTS:
        places = passages(text, count, (2, 120), random.Random(3))
        start = time.perf_counter()
        ground = Ground(new, clauses)
        for place in places:
            ground.place(place, told.chain(place))
        print(f"{count:>10,} marks {time.perf_counter() - start:8.2f} s")


def measure(text: str, edit: Edit, count: int, length: tuple[int, int], seed: int, *, told: bool) -> Rates:
    """Place marks of `text` on an edited form of it; `told` says whether it is told which clauses they were made in."""
    dice = random.Random(seed)
    letters = edit(letters_of(text), dice)
    new = text_of(letters)
    home = {letter.origin: offset for offset, letter in enumerate(letters) if letter.origin is not None}
    ground, clauses = Ground(new, ground_clauses(parse_outline(new))), told_clauses(text)
    places = passages(text, count, length, dice)
    start = time.perf_counter()
    placed = [ground.place(place, clauses.chain(place) if told else ()) for place in places]
    seconds = time.perf_counter() - start
    kinds: dict[str, int] = {}
    for place, (found, placing) in zip(places, placed, strict=True):
        kind = _kind(place, home, found.span, placing.verdict)
        kinds[kind] = kinds.get(kind, 0) + 1
    of = kinds.get
    there = sum(of(kind, 0) for kind in ("right", "flagged", "unsaid", "lost"))
    gone = of("gone", 0) + of("taken", 0)
    counts = (of("right", 0), of("flagged", 0), of("unsaid", 0), of("lost", 0), gone, of("taken", 0))
    return Rates(there, *counts, seconds / len(places))


def _kind(place: Passage, home: dict[int | None, int], span: Span, verdict: Verdict) -> str:
    length = place.end - place.start
    kept = [home[offset] for offset in range(place.start, place.end) if offset in home]
    said = verdict in (Verdict.REWRITTEN, Verdict.LOST)
    if len(kept) <= _GONE * length:
        return "gone" if said else "taken"
    if len(kept) < _LEFT * length or max(kept) - min(kept) > 1.5 * length + 8:
        return "torn"
    if verdict is Verdict.LOST:
        return "lost"
    if _agrees(span, kept):
        return "right"
    return "flagged" if said else "unsaid"


def told_clauses(text: str) -> ToldClauses:
    """Return the clauses of a text as they are told."""
    clauses = [clause_place(text, node) for node in parse_outline(text).nodes if not node.clause.implied]
    return ToldClauses(tell(text, clauses, clauses))


def ground_clauses(outline: Outline) -> list[tuple[tuple[str, ...], Span]]:
    """Return the clauses of a text as a ground takes them."""
    return [(label_path(node.path), node.clause.span) for node in outline.nodes if not node.clause.implied]


def passages(text: str, count: int, length: tuple[int, int], dice: random.Random) -> list[Passage]:
    """Return passages of these lengths from anywhere in `text`."""
    found = []
    while len(found) < count:
        start = dice.randrange(len(text))
        end = min(len(text), start + dice.randint(*length))
        words = text[start:end]
        if len(words.strip()) >= 2 and not words[0].isspace() and not words[-1].isspace():
            found.append(passage_at(text, Span(start, end)))
    return found


def _agrees(span: Span, kept: list[int]) -> bool:
    """Whether a span has most of what was kept of a mark, and is no longer than it must be."""
    common = sum(span.start <= offset < span.end for offset in kept)
    return common >= _LEFT * max(len(kept), 1) and span.end - span.start <= 2 * (max(kept) - min(kept)) + 8


def texts() -> dict[str, list[str]]:
    """Return what is measured: the plan, with samples where they are at hand, and texts full of look-alikes."""
    found = [shipped_plan().text]
    for path in (SAMPLES / name for name in SAMPLE_NAMES):
        if path.is_file():
            found.append(read_file(path).text)
        else:
            print(f"without {path.name}: it is not there")
    return {"texts as they are": found, "texts full of look-alikes": [doubled(found[0]), table()]}


def doubled(text: str) -> str:
    """Return a text in which a third of the paragraphs say at their end what another one says."""
    dice = random.Random(5)
    lines = text.splitlines()
    sentences = [part + "。" for line in lines for part in line.split("。")[1:-1]]
    said = dice.sample(sentences, 12)
    return "\n".join(line + dice.choice(said) if len(line) > 60 and dice.random() < 1 / 3 else line for line in lines)


def table() -> str:
    """Return a plan of which much is rows that are nearly alike."""
    dice = random.Random(6)
    lines = ["重点任务分工表"]
    offices = ("市发展改革委", "市财政局", "市工业和信息化局", "市生态环境局")
    works = ("产业园区", "污水处理厂", "高速公路", "实验中学", "人民医院", "智慧水务")
    for chapter, name in enumerate(("项目建设", "民生保障", "改革创新"), 1):
        lines.append(f"{'一二三'[chapter - 1]}、{name}")
        lines += [
            f"{number}.加快推进{dice.choice(works)}建设,确保{dice.randrange(2026, 2031)}年建成投用。"
            f"牵头单位:{dice.choice(offices)};配合单位:{dice.choice(offices)}。"
            for number in range(1, 31)
        ]
        lines.append("加强组织领导。各地各部门要提高认识,细化措施,压实责任,确保各项任务落到实处。")
    return "\n".join(lines) + "\n"


def _sum(rates: Iterable[Rates]) -> Rates:
    columns = list(zip(*rates, strict=True))
    return Rates(*(sum(column) for column in columns[:-1]), sum(columns[-1]) / len(columns[-1]))


def _told(rates: Rates) -> str:
    def share(count: int) -> str:
        return f"{count / rates.there * 100:7.2f} %"

    return (
        f"{share(rates.right)}{share(rates.flagged)}{rates.unsaid:>8}{share(rates.lost)}"
        f"{rates.taken:>6} of {rates.gone:<4}{rates.seconds * 1e6:>9.0f}"
    )
