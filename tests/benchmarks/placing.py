"""Marks placed on texts that were edited in known ways: how many come to the right place, a wrong one, or none."""

import random
import re
import time
from pathlib import Path
from typing import NamedTuple

from desktop.anchoring.placing import Ground
from desktop.anchoring.quotes import passage_at
from desktop.model.mark import Passage, Verdict
from desktop.model.span import Span
from desktop.services.importing import read_file, shipped_plan

MARKS = 2000
SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "15-env-plan-13fyp-2016.txt"
GOAL = "goal: right >= 98 %, wrong without a word <= 0.5 %; linear in the marks"
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")


class Edits(NamedTuple):
    """How much is changed: shares of sentences left out, added, moved, rewritten; of commas typed in another way."""

    left_out: float
    added: float
    moved: float
    rewritten: float
    commas: float


LIGHT = Edits(0.01, 0.02, 0.01, 0.05, 0.0)
HEAVY = Edits(0.03, 0.06, 0.04, 0.25, 0.3)


class Letter(NamedTuple):
    """A code point of the new text, and which one of the old text it was."""

    value: str
    origin: int | None


def main() -> None:
    """Measure and print."""
    print(f"{MARKS:,} marks of 2 to 120 code points; {GOAL}")
    print(f"{'':26}{'right':>9}{'flagged':>9}{'wrong':>9}{'of it said':>12}{'lost':>9}{'us/mark':>10}")
    for name, text in texts().items():
        for kind, edits in {"light": LIGHT, "heavy": HEAVY}.items():
            _print(f"{name}, {kind}", measure(text, edits, MARKS, seed=1))


class Rates(NamedTuple):
    """Shares of the marks whose words are still there, and the seconds each took.

    `flagged` are those said to be rewritten; `unsaid` stand in a wrong place, and nothing is said about it.
    """

    right: float
    flagged: float
    wrong: float
    unsaid: float
    lost: float
    seconds: float


def measure(text: str, edits: Edits, count: int, seed: int) -> Rates:
    """Place marks of `text` on an edited form of it."""
    dice = random.Random(seed)
    letters = edited(text, edits, dice)
    new = "".join(letter.value for letter in letters)
    home = {letter.origin: offset for offset, letter in enumerate(letters) if letter.origin is not None}
    cases = [(place, true) for place in passages(text, count, dice) if (true := true_span(place, home)) is not None]
    ground = Ground(new)
    start = time.perf_counter()
    placed = [ground.place(place) for place, _ in cases]
    seconds = (time.perf_counter() - start) / len(cases)
    right = flagged = wrong = unsaid = lost = 0
    for (_, true), (place, placing) in zip(cases, placed, strict=True):
        flagged += placing.verdict is Verdict.REWRITTEN
        if placing.verdict is Verdict.LOST:
            lost += 1
        elif agrees(place.span, true):
            right += 1
        else:
            wrong += 1
            unsaid += placing.verdict is not Verdict.REWRITTEN
    total = len(cases)
    return Rates(right / total, flagged / total, wrong / total, unsaid / total, lost / total, seconds)


def edited(text: str, edits: Edits, dice: random.Random) -> list[Letter]:
    """Return `text` with sentences left out, added, moved and rewritten, and commas typed in another way."""
    sentences = [
        [Letter(text[offset], offset) for offset in range(*match.span())]
        for match in _SENTENCE.finditer(text)
        if match[0]
    ]
    result: list[list[Letter]] = []
    for sentence in sentences:
        chance = dice.random()
        if chance < edits.left_out:
            continue
        changed = rewritten(sentence, text, dice) if dice.random() < edits.rewritten else sentence
        if dice.random() < edits.moved and result:
            result.insert(max(0, len(result) - dice.randrange(1, 8)), changed)
        else:
            result.append(changed)
        if dice.random() < edits.added:
            result.append([Letter(letter.value, None) for letter in dice.choice(sentences)[: dice.randrange(5, 40)]])
    return [_retyped(letter, edits, dice) for sentence in result for letter in sentence]


def rewritten(sentence: list[Letter], text: str, dice: random.Random) -> list[Letter]:
    """Return a sentence in which one or two stretches were replaced, put in, or left out."""
    letters = list(sentence)
    for _ in range(dice.randrange(1, 3)):
        at = dice.randrange(len(letters) + 1)
        source = dice.randrange(len(text))
        new = [Letter(value, None) for value in text[source : source + dice.randrange(0, 7)] if value != "\n"]
        letters[at : at + dice.randrange(0, 6)] = new
    return letters


def _retyped(letter: Letter, edits: Edits, dice: random.Random) -> Letter:
    if letter.value in ",，" and dice.random() < edits.commas:
        return letter._replace(value="，" if letter.value == "," else ",")
    return letter


def passages(text: str, count: int, dice: random.Random) -> list[Passage]:
    """Return passages from anywhere in `text`."""
    found = []
    while len(found) < count:
        start = dice.randrange(len(text))
        end = min(len(text), start + dice.randrange(2, 121))
        words = text[start:end]
        if len(words.strip()) >= 2 and not words[0].isspace() and not words[-1].isspace():
            found.append(passage_at(text, Span(start, end)))
    return found


def true_span(place: Passage, home: dict[int | None, int]) -> Span | None:
    """Return where the words of a passage are now, None where few of them are left, or they were torn apart."""
    kept = [home[offset] for offset in range(place.start, place.end) if offset in home]
    if len(kept) < 0.5 * (place.end - place.start) or max(kept) - min(kept) > 1.5 * (place.end - place.start) + 8:
        return None
    return Span(min(kept), max(kept) + 1)


def agrees(span: Span, true: Span) -> bool:
    """Whether two spans have most of their code points in common."""
    common = min(span.end, true.end) - max(span.start, true.start)
    return common >= 0.5 * max(span.end - span.start, true.end - true.start)


def texts() -> dict[str, str]:
    """Return what is measured by its name: the shipped plan, and a longer one where the samples are at hand."""
    found = {"the shipped plan": shipped_plan().text}
    if SAMPLE.is_file():
        found["a plan of 47,000"] = read_file(SAMPLE).text
    else:
        print(f"no longer text: {SAMPLE} is not there")
    return found


def _print(name: str, rates: Rates) -> None:
    shares = [rates.right, rates.flagged, rates.wrong, rates.unsaid, rates.lost]
    widths = (9, 9, 9, 12, 9)
    told = "".join(f"{share * 100:>{width - 2}.1f} %" for share, width in zip(shares, widths, strict=True))
    print(f"{name:26}{told}{rates.seconds * 1e6:>10.0f}")
