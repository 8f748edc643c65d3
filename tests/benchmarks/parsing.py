"""The parser at three lengths of text, beside reading the file and splitting its lines in the same run."""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.parsing.outline import parse_outline

PLAN = Path(__file__).parents[2] / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"
LENGTHS = (10_000, 100_000, 1_000_000)
ROUNDS = 7
GOAL = 1_000_000


def main() -> None:
    """Measure and print."""
    print(f"the outline of a text, median of {ROUNDS}; goal: {GOAL:,} characters per second, and linear")
    print(f"{'':26}{'characters':>12}{'read, split':>14}{'outline':>12}{'ratio':>9}{'characters/s':>16}")
    with tempfile.TemporaryDirectory() as folder:
        for name, line in _kinds().items():
            for length in LENGTHS:
                text = _text(line, length)
                path = Path(folder, f"{length}.txt")
                path.write_text(text, encoding="utf-8")
                baseline, outline = _medians(partial(_read, path), partial(parse_outline, text))
                speed = len(text) / outline
                print(
                    f"{name:26}{len(text):>12,}{baseline * 1000:>11.2f} ms{outline * 1000:>9.1f} ms"
                    f"{outline / baseline:>8.1f}x{speed:>16,.0f}"
                )


def _kinds() -> dict[str, Callable[[int], str]]:
    """Return what is measured: a text by its name, each as a function from the number of a line to the line."""
    plan = [line for line in PLAN.read_text("utf-8-sig").split("\n") if line.strip()]
    return {
        "a plan": lambda number: plan[number % len(plan)],
        "a law, short lines": _law,
        "broken lines of a PDF": _broken,
    }


def _law(number: int) -> str:
    article = number // 4 + 1
    return (
        f"第{article}条　县级以上人民政府应当将有关工作纳入国民经济和社会发展规划，并按照下列要求办理：",
        "（一）建立健全协调机制，明确有关部门的职责分工；",
        "（二）法律、行政法规规定的其他要求。",
        "县级以上人民政府发展改革部门负责本行政区域内的组织协调和监督检查工作。",
    )[number % 4]


def _broken(number: int) -> str:
    return (
        f"　　{number // 4 + 1}.加快发展。坚持把发展经济的着力点放在实体经济上，推动制造业占",
        "比稳步提升，因地制宜发展新质生产力，统筹推进传统产业改造提升、新兴产",
        "业培育壮大，到二○三○年取得新的明显成效。",
        "",
    )[number % 4]


def _text(line: Callable[[int], str], length: int) -> str:
    lines: list[str] = []
    size = 0
    while size < length:
        lines.append(line(len(lines)))
        size += len(lines[-1]) + 1
    return "\n".join(lines)[:length]


def _read(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8").split("\n")


def _medians(*jobs: Callable[[], object]) -> list[float]:
    """Return the median seconds of each job; the jobs take turns, so that what slows the machine slows all."""
    samples: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, taken in zip(jobs, samples, strict=True):
            began = time.perf_counter()
            job()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in samples]


if __name__ == "__main__":
    main()
