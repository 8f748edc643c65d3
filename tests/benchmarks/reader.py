"""The reading view at four lengths of text, as multiples of painting one screen that is already laid out."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.model.mark import MarkStyle
from desktop.model.outline import Outline
from desktop.parsing.outline import parse_outline
from desktop.ui.reader.marks import PaintedMark
from desktop.ui.reader.reader import Reader
from desktop.ui.theme.tokens import LIGHT

PLAN = Path(__file__).parents[2] / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"
COPIES = (1, 10, 100, 1000)
MARKS = 10_000
ROUNDS = 15
FRAME = 16.0


@dataclass(frozen=True)
class Figure:
    """Something measured: milliseconds for each length of text, and what they should be at most, in words."""

    name: str
    milliseconds: tuple[float, ...]
    goal: str


def main() -> None:
    """Measure and print."""
    application = QApplication.instance() or QApplication([])
    floor, found = figures()
    lengths = [len(_text(copies)) for copies in COPIES]
    print(f"the reading view, {MARKS:,} marks, median of {ROUNDS}; x = painting one laid-out screen ({floor:.1f} ms)")
    print(f"{'characters':22}" + "".join(f"{length:>18,}" for length in lengths) + "   goal")
    for figure in found:
        cells = "".join(f"{value:9.1f} ms{value / floor:5.1f}x" for value in figure.milliseconds)
        print(f"{figure.name:22}{cells}   {figure.goal}")
    del application


def figures() -> tuple[float, list[Figure]]:
    """Return the milliseconds of the floor, and all figures."""
    columns = [_measure(copies) for copies in COPIES]
    floor = columns[0].pop("floor")
    for column in columns[1:]:
        del column["floor"]
    goals = {
        "setPlainText alone": "Qt's own part of opening",
        "open, beyond that": "1.3 times the plan's, up to a million characters",
    }
    usual = f"within a frame ({FRAME:.0f} ms)"
    goals["resize"] = goals["zoom"] = f"within two frames ({2 * FRAME:.0f} ms)"
    return floor, [
        Figure(name, tuple(column[name] for column in columns), goals.get(name, usual)) for name in columns[0]
    ]


def _text(copies: int) -> str:
    plan = PLAN.read_text(encoding="utf-8")
    return "\n".join(f"{number}{plan}" if number else plan for number in range(copies))


def _measure(copies: int) -> dict[str, float]:
    text, chance = _text(copies), random.Random(1)
    outline = parse_outline(text) if copies <= COPIES[2] else Outline("", (), (), ())
    reader = Reader(LIGHT)
    reader.resize(1000, 800)
    reader.show()
    QCoreApplication.processEvents()

    def paint() -> None:
        reader.viewport().repaint()

    def open_text() -> None:
        reader.show_text(text, outline)
        paint()

    rounds = ROUNDS if copies < COPIES[3] else 3
    open_text()
    found = {"floor": _median(paint)}
    found["setPlainText alone"] = _median(lambda: _bare(reader, text), rounds)
    found["open, beyond that"] = max(0.0, _median(open_text, rounds) - found["setPlainText alone"])

    marks = _marks(chance, len(text))
    reader.set_marks(marks)
    bar = reader.verticalScrollBar()

    def toggle() -> None:
        index = chance.randrange(MARKS)
        reader.set_marks(marks[:index] + marks[index + 1 :])
        paint()

    found["toggle a mark"] = _median(toggle)
    found["restore the place"] = _median(lambda: (reader.set_top(chance.randrange(len(text))), paint()))
    found["jump"] = _median(lambda: (reader.go_to(chance.randrange(len(text))), paint()))
    found["drag the scroll bar"] = _median(lambda: (bar.setValue(chance.randrange(bar.maximum())), paint()))
    reader.set_top(len(text) // 2)
    found["scroll down"] = _median(lambda: (bar.setValue(bar.value() + 99), paint()))
    found["scroll up"] = _median(lambda: (bar.setValue(bar.value() - 99), paint()))
    widths = iter([620, 1000] * ROUNDS)
    found["resize"] = _median(lambda: (reader.resize(next(widths), 800), QCoreApplication.processEvents()))
    zooms = iter([110, 100] * ROUNDS)
    found["zoom"] = _median(lambda: (reader.set_zoom(next(zooms)), paint()))
    reader.close()
    return found


def _bare(reader: Reader, text: str) -> None:
    with reader.lines.loading(reader.lines.paragraphs):
        reader.setPlainText(text)


def _marks(chance: random.Random, length: int) -> list[PaintedMark]:
    starts = sorted(chance.randrange(length - 60) for _ in range(MARKS))
    return [
        PaintedMark(
            str(number),
            start,
            start + chance.randrange(2, 60),
            number % 5 + 1,
            MarkStyle.FILL,
            has_note=number % 3 == 0,
            private=False,
            on_clause=False,
        )
        for number, start in enumerate(starts)
    ]


def _median(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        job()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
