"""What is printed: the engines side by side, and the goals with what became of them."""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.searching.engines import Measured, p95

_COLUMNS = ["build Mch/s", "of split", "index/text", "recall", "precision", "right", "first 50", "top 50", "all ids"]
_WIDTHS = (12, 9, 11, 8, 10, 6, 20, 20, 20)
_NAME = 26


@dataclass(frozen=True)
class Goal:
    """A goal of the search: what was found, what it should be at most (at least where `least`), and in which unit."""

    what: str
    found: float
    goal: float
    unit: str = "x"
    least: bool = False
    told: str = ""

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.found >= self.goal if self.least else self.found <= self.goal


def engines_table(title: str, results: Sequence[Measured], truths: Sequence[Sequence[int]], text_bytes: int) -> str:
    """Return a table of engines; `truths` are the right ids for each query, times are median / p95 / max in ms."""
    lines = [title, " " * _NAME + "".join(f"{name:>{width}}" for name, width in zip(_COLUMNS, _WIDTHS, strict=True))]
    for result in results:
        recall, precision, right = scores(result.found, truths)
        cells = (
            f"{result.built.rate:.2f}" if result.built.rate else "-",
            f"{result.built.of_split:.3f}" if result.built.rate else "-",
            f"{result.built.size / text_bytes:.2f}" if result.built.size else "-",
            _share(recall),
            _share(precision),
            f"{right:.0%}",
            _times(result.first),
            _times(result.top, max(result.top_worst)) if result.top else "unranked",
            _times(result.all),
        )
        padded = (f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
        lines.append(f"{result.name:{_NAME}}" + "".join(padded))
    return "\n".join(lines)


def goals_table(goals: Sequence[Goal]) -> str:
    """Return the goals, one to a line."""
    lines = []
    for goal in goals:
        sign = "≥" if goal.least else "≤"
        lines.append(
            f"{_padded(goal.what, 76)}{goal.found:>10.3g} {goal.unit:3}{sign} {goal.goal:<7g}"
            f"{'met' if goal.met else 'MISSED':8}{goal.told}"
        )
    return "\n".join(lines)


def scores(found: Sequence[Sequence[int]], truths: Sequence[Sequence[int]]) -> tuple[float, float, float]:
    """Return recall and precision over all places of all queries, and the share of queries answered exactly."""
    hits = right = given = wanted = 0
    for ids, truth in zip(found, truths, strict=True):
        hits += len(set(ids) & set(truth))
        given += len(ids)
        wanted += len(truth)
        right += sorted(ids) == sorted(truth)
    return hits / max(1, wanted), hits / max(1, given), right / max(1, len(truths))


def _times(values: Sequence[float], worst: float | None = None) -> str:
    longest = max(values) if worst is None else worst
    return " / ".join(_short(value) for value in (statistics.median(values), p95(values), longest))


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _share(value: float) -> str:
    return "1" if value == 1 else f"{value:.4f}"


def _padded(text: str, width: int) -> str:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return text + " " * (width - len(text) - wide)
