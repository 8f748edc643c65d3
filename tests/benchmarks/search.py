"""The search of whole libraries beside other ways to search Chinese text, and the goals that are set for it.

Without options: the plan, and 23,000 clauses in two mixtures. `--large` adds 230,000 clauses, for which most goals are
meant, and one document of 23,000. What others build is kept in build/bench, and so are the libraries; ours is built
anew in every run. Times are milliseconds, median / p95 / max over the queries; the max of the best is that of all runs.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from desktop.search.lookup import IndexSource
from desktop.search.scanning import LibraryTexts
from desktop.services.importing import shipped_plan
from desktop.services.reading import outline_of
from desktop.services.searching import Searcher
from desktop.text.keys import make_key
from tests.benchmarks.searching import building, window, words
from tests.benchmarks.searching.corpora import CACHE, Corpus, corpus
from tests.benchmarks.searching.engines import (
    Built,
    Engine,
    Measured,
    measure,
    p95,
    split_rate,
)
from tests.benchmarks.searching.others import NOT_INSTALLED, beside, clauses_in, measure_foreign, related_milliseconds
from tests.benchmarks.searching.ours import Clauses, Listed, Unranked
from tests.benchmarks.searching.peers import Fetch, peers
from tests.benchmarks.searching.queries import places, queries, truth
from tests.benchmarks.searching.tables import Goal, engines_table, goals_table, scores
from tests.benchmarks.searching.texts import Recipe

PLAN = Recipe("plan", 23)
MIDDLE = Recipe("mixed", 23_000)
LARGEST = Recipe("mixed", 230_000)
RECIPES = (PLAN, Recipe("shuffle", 23_000), MIDDLE)
LARGE_RECIPES = (Recipe("mixed", 23_000, whole=True), LARGEST)
ROUNDS = 3
RELATED = 100
INDEX, LIST, SCAN = "ours, from the index", "ours, as listed", "ours, without an index"
LIKE = "LIKE"


class Bench:
    """One corpus with its clauses, the queries put to it and what is right."""

    def __init__(self, made: Corpus) -> None:
        self.recipe = made.recipe
        self.rows = made.rows()
        self.keys = [make_key(text).text for _, _, text in self.rows]
        self.queries = queries(self.keys)
        self.truths = [truth(self.keys, query) for query in self.queries]
        self.text_bytes = sum(len(text.encode()) for _, _, text in self.rows)
        self.folder = beside(made.recipe.slug, self.keys)
        self._ids = {(edition_id, start): number for number, (edition_id, start, _) in enumerate(self.rows)}
        self._library = made

    def run(self) -> list[Goal]:
        """Measure all engines, print them side by side, and return the goals that are set for such a corpus."""
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            path = self._library.copy(Path(folder))
            rate = split_rate(self.keys)
            took, gap = building.build(path)
            rate = statistics.mean((rate, split_rate(self.keys)))  # what slows the machine down may come and go
            built = sum(map(len, self.keys)) / 1000 / took
            size = building.sizes(path)
            how = Built(built, built / rate, size.words or size.file)
            with building.opened(path, read_only=True) as (library, _, source):
                clauses = Clauses(INDEX, source, self._ids)
                listed = Listed(LIST, Searcher(library, source), self._ids)
                engines: list[tuple[Engine, Built]] = [(clauses, how), (listed, Built())]
                if self.recipe != LARGEST:  # texts of so many clauses are not all kept in memory
                    engines.append((Unranked(SCAN, LibraryTexts(library, outline_of), self._ids), Built()))
                engines += peers(self.folder, self.keys, clauses_in(self.folder))
                engines.append((Fetch(clauses_in(self.folder), len(self.rows)), Built()))
                *results, fetch = measure(engines, self.queries, ROUNDS)
                wrong = self._wrong_places(listed) if self.recipe != LARGEST else None
                near = self._related(source) if self.recipe == MIDDLE else []
            results += (foreign := measure_foreign(self.folder, self.queries, ROUNDS))
            print(f"\n{engines_table(self.recipe.name, results, self.truths, self.text_bytes)}")
            if not foreign:
                print(NOT_INSTALLED)
            whole = size.file / self.text_bytes
            goals = [*self._exact(results, wrong), *self._speed(results, how, whole, p95(fetch.first)), *near]
            if self.recipe != PLAN:
                goals.append(Goal(f"{self.recipe.name}: longest gap beside building", gap, 40, "ms"))
            if self.recipe == LARGEST:
                goals += building.changes(path)
        return goals

    def _related(self, source: IndexSource) -> list[Goal]:
        """Measure related clauses; the goal needs numpy to compare with."""
        ids = random.Random(30).sample(range(len(self.rows)), RELATED)
        ours = building.related_milliseconds(source, [self.rows[number][:2] for number in ids])
        theirs = related_milliseconds(self.folder, ids)
        found = statistics.median(ours)
        print(f"related clauses: {found:.2f} / {p95(ours):.2f} / {max(ours):.2f} ms")
        if not theirs:
            return []
        told = f"numpy {statistics.median(theirs):.2f} ms"
        return [
            Goal("related clauses / exact TF-IDF over numpy postings", found / statistics.median(theirs), 2, told=told)
        ]

    def _wrong_places(self, listed: Listed) -> int:
        """Return how many places in the texts are missing or too many, over all queries."""
        found = zip(self.queries, self.truths, strict=True)
        return sum(len(places(self.rows, ids, query) ^ set(listed.places(query))) for query, ids in found)

    def _exact(self, results: Sequence[Measured], wrong: int | None) -> list[Goal]:
        goals = []
        for result in results:
            if result.name not in {INDEX, LIST, SCAN}:
                continue
            recall, precision, _ = scores(result.found, self.truths)
            name = f"{self.recipe.name}: {result.name}"
            goals += [
                Goal(f"{name}, recall", recall, 1, "", least=True),
                Goal(f"{name}, precision", precision, 1, "", least=True),
            ]
        if wrong is not None:
            goals.append(Goal(f"{self.recipe.name}: places that are wrong or missing", wrong, 0, ""))
        return goals

    def _speed(self, results: Sequence[Measured], how: Built, whole: float, fetch: float) -> list[Goal]:
        """Return the goals of larger corpora; `fetch` is what fetching fifty clauses by id takes.

        `whole` is the whole file of our index / text, which is told beside the goal of its word tables.
        """
        if self.recipe == PLAN:
            return []
        name, by_name = self.recipe.name, {result.name: result for result in results}
        like = p95(by_name[LIKE].first)
        goals = []
        for ours in (by_name[LIST], by_name[INDEX]):
            first, top, worst = p95(ours.first), p95(ours.top), max(ours.top_worst)
            found = f"{name}: {ours.name}"
            goals += [
                Goal(f"{found}, first 50, p95 / fetching 50", first / fetch, 2.5, told=f"{first:.2f} / {fetch:.2f} ms"),
                Goal(f"{found}, 50 best, max", worst, 16, "ms"),
            ]
            if self.recipe == LARGEST:
                told = f"LIKE {like:.0f} ms"
                goals += [
                    Goal(f"{found}, 50 best, p95 / LIKE p95", top / like, 0.01, told=f"{top:.2f} ms, {told}"),
                    Goal(f"{found}, 50 best, max / LIKE p95", worst / like, 0.015, told=f"{worst:.2f} ms, {told}"),
                ]
        if SCAN in by_name:
            goals.append(Goal(f"{name}: {SCAN}, first 50, p95", p95(by_name[SCAN].first), 16, "ms"))
        return [
            *goals,
            Goal(f"{name}: index / UTF-8 text", how.size / self.text_bytes, 1.7, told=f"the whole file {whole:.2f}"),
            Goal(f"{name}: building / splitting alone", how.of_split, 0.05, least=True),
        ]


def main() -> None:
    """Measure and print."""
    of_window, of_words = window.goals(), words.goals(shipped_plan().text)  # first: both want a machine at rest
    found: list[Goal] = []
    for recipe in (*RECIPES, *(LARGE_RECIPES if "--large" in sys.argv else ())):
        found += Bench(corpus(recipe)).run()
    print(f"\n{of_words[0]}\n\n{of_window[0]}\n\n{goals_table([*found, *of_words[1], *of_window[1]])}")
