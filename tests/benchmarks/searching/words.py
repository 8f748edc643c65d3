"""How soon text can be cut into words, beside jieba's own way, and whether a window stays smooth meanwhile."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.searching.tables import Goal

ROOT = Path(__file__).parents[3]
ROUNDS = 5

# A process of its own for each: what is loaded once is loaded. Ours counts from nothing at all, jieba from where it is
# imported and its cache lies ready. The main thread ticks as a window does, every millisecond; a worker does the job.
_TICKING = """
import json, sys, threading, time, warnings
warnings.simplefilter("ignore")
text = sys.stdin.read()
{before}
def job():
    global took
    began = time.perf_counter()
    {job}
    took = time.perf_counter() - began
gap = 0.0
worker = threading.Thread(target=job)
last = time.perf_counter()
worker.start()
while worker.is_alive():
    time.sleep(0.001)
    now = time.perf_counter()
    gap, last = max(gap, now - last), now
worker.join()
print(json.dumps([took * 1000, gap * 1000]))
"""
_JIEBA = "import jieba; jieba.setLogLevel('ERROR')"
_JOBS = {
    "nothing, the floor": _TICKING.format(before="", job="time.sleep(0.5)"),
    "jieba.initialize(), cached": _TICKING.format(before=_JIEBA, job="jieba.initialize()"),
    "  and the plan cut": _TICKING.format(before=_JIEBA, job="list(jieba.cut(text))"),
    "ours, a sentence is cut": _TICKING.format(
        before="", job="from desktop.text.words import cut; list(cut(text[:60]))"
    ),
    "ours, the whole plan": _TICKING.format(before="", job="from desktop.text.words import cut; list(cut(text))"),
}


def goals(text: str) -> tuple[str, list[Goal]]:
    """Return a table of the ways to cut `text`, and the goals."""
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in _JOBS}
    for number in range(ROUNDS + 1):
        for name, job in _JOBS.items():
            ended = subprocess.run(
                [sys.executable, "-c", job], input=text, capture_output=True, text=True, check=True, cwd=ROOT
            )
            if number:  # the first time writes jieba's cache
                samples[name].append(tuple(json.loads(ended.stdout)))
    medians = {name: statistics.median(took for took, _ in values) for name, values in samples.items()}
    gaps = {name: statistics.median(gap for _, gap in values) for name, values in samples.items()}
    worst = {name: max(gap for _, gap in values) for name, values in samples.items()}
    lines = [f"words, median of {ROUNDS}; a thread that ticks every millisecond beside it"]
    lines += [
        f"{name:30}{medians[name]:8.1f} ms   longest gap {gaps[name]:6.1f} ms (worst {worst[name]:.1f})"
        for name in medians
    ]
    gap, told = gaps["ours, the whole plan"], f"worst {worst['ours, the whole plan']:.1f} ms"
    floor = medians["jieba.initialize(), cached"]
    return "\n".join(lines), [
        Goal("jieba ready / jieba.initialize() with its cache", medians["ours, a sentence is cut"] / floor, 0.35),
        Goal("  longest gap of a ticking thread while the plan is cut", gap, 40, "ms", told=told),
    ]
