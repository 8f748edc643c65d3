"""Ways in which a text comes to be another one, each letter of which knows where it stood before."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from desktop.parsing.outline import parse_outline
from desktop.text.counting import han_number

_LABEL = re.compile(r"[\s#|]*(?:第([一二三四五六七八九十百]+)条|(\d+)(?=[.．、]))")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
_HALF_WIDTH = str.maketrans("，：；（）％", ",:;()%")
_WORD = 2
_HALF = 0.5
_BOLD = (5, 9, 12)
"""Where in a line something is bold, and how long it is at least."""


class Letter(NamedTuple):
    """A code point of the new text, and which one of the old text it was."""

    value: str
    origin: int | None


Letters = list[Letter]
Edit = Callable[[Letters, random.Random], Letters]


def letters_of(text: str) -> Letters:
    """Return a text before anything was done to it."""
    return [Letter(value, offset) for offset, value in enumerate(text)]


def text_of(letters: Letters) -> str:
    """Return the text."""
    return "".join(letter.value for letter in letters)


# Clauses


def inserted(letters: Letters, dice: random.Random, share: float = 0.1) -> Letters:
    """Put in clauses that were there already in other words, and count all anew."""
    found: list[Letters] = []
    for piece in _clauses(letters):
        found.append(piece)
        if dice.random() < share:
            found.append(_replaced(_foreign(piece), dice, 0.5, text_of(letters)))
    return _counted(found)


def removed(letters: Letters, dice: random.Random, share: float = 0.1) -> Letters:
    """Leave out clauses, and count the others anew."""
    return _counted([piece for piece in _clauses(letters) if dice.random() >= share])


def reordered(letters: Letters, dice: random.Random, share: float = 0.1) -> Letters:
    """Move clauses to anywhere else, and count all anew."""
    staying: list[Letters] = []
    going: list[Letters] = []
    for piece in _clauses(letters):
        (going if dice.random() < share else staying).append(piece)
    for piece in going:
        staying.insert(dice.randrange(1, len(staying) + 1), piece)
    return _counted(staying)


def _clauses(letters: Letters) -> list[Letters]:
    """Cut where another numbered clause begins."""
    text = text_of(letters)
    cuts = [0]
    above = None
    for node in parse_outline(text).nodes:
        if node.numbered is not above and not node.clause.implied:
            cuts.append(text.rfind("\n", 0, node.clause.start) + 1)
            above = node.numbered
    cuts = sorted(set(cuts))
    return [letters[start:end] for start, end in zip(cuts, [*cuts[1:], len(letters)], strict=True)]


def _counted(pieces: list[Letters]) -> Letters:
    """Count articles (第五条), and clauses with a digit, from the first of them on."""
    found: Letters = []
    last: dict[bool, int] = {}
    for piece in pieces:
        label = _LABEL.match(text_of(piece))
        if label is None:
            found += piece
            continue
        han = label[1] is not None
        start, end = label.span(1 if han else 2)
        if han:
            last[han] = last.get(han, 0) + 1
        else:
            number = int(label[2])
            last[han] = 1 if number == 1 else last.get(han, number - 1) + 1
        told = han_number(last[han]) if han else str(last[han])
        if told == label[1 if han else 2]:
            found += piece
        else:
            found += [*piece[:start], *_new(told), *piece[end:]]
    return found


# Sentences and words


def shuffled(letters: Letters, dice: random.Random, *, out: float, added: float, moved: float) -> Letters:
    """Leave out, put in and move sentences."""
    sentences = [letters[match.start() : match.end()] for match in _SENTENCE.finditer(text_of(letters)) if match[0]]
    found: list[Letters] = []
    for sentence in sentences:
        if dice.random() < out:
            continue
        if dice.random() < moved and found:
            found.insert(max(0, len(found) - dice.randrange(1, 8)), sentence)
        else:
            found.append(sentence)
        if dice.random() < added:
            found.append(_foreign(dice.choice(sentences))[: dice.randrange(5, 40)])
    return _joined(found)


def split(letters: Letters, dice: random.Random, share: float = 0.2) -> Letters:
    """Begin a new paragraph behind sentences and halves of them."""
    found: Letters = []
    for letter in letters:
        found.append(letter)
        if letter.value in "。，；" and dice.random() < share:
            found += _new("\n")
    return found


def replaced(letters: Letters, dice: random.Random, share: float) -> Letters:
    """Put other words of the text in the place of a share of its words."""
    return _replaced(letters, dice, share, text_of(letters))


def _replaced(letters: Letters, dice: random.Random, share: float, source: str) -> Letters:
    found: Letters = []
    for at in range(0, len(letters), _WORD):
        part = letters[at : at + _WORD]
        if dice.random() < share and all(letter.value.isalpha() for letter in part):
            start = dice.randrange(len(source) - _WORD)
            part = _new("".join(filter(str.isalpha, source[start : start + dice.randrange(1, 4)])))
        found += part
    return found


def rewritten(letters: Letters, dice: random.Random, share: float) -> Letters:
    """Rewrite a stretch or two in a share of the sentences."""
    text = text_of(letters)
    found: list[Letters] = []
    for match in _SENTENCE.finditer(text):
        sentence = letters[match.start() : match.end()]
        if sentence and dice.random() < share:
            for _ in range(dice.randrange(1, 3)):
                at, source = dice.randrange(len(sentence) + 1), dice.randrange(len(text))
                stretch = text[source : source + dice.randrange(0, 7)].replace("\n", "")
                sentence[at : at + dice.randrange(0, 6)] = _new(stretch)
        found.append(sentence)
    return _joined(found)


# Markup and signs


def widths(letters: Letters, _: random.Random) -> Letters:
    """Type punctuation and brackets in half width, and blanks behind them."""
    found: Letters = []
    for letter in letters:
        value = letter.value.translate(_HALF_WIDTH)
        found.append(letter._replace(value=value))
        if value != letter.value:
            found += _new(" ")
    return found


def punctuation(letters: Letters, dice: random.Random) -> Letters:
    """Set a third of the commas and stops in another way, or not at all."""
    found: Letters = []
    for letter in letters:
        if letter.value in "，。；、：" and dice.random() < 1 / 3:
            sign = dice.choice(["；", "，", ""])
            found += [letter._replace(value=sign)] if sign else []
        else:
            found.append(letter)
    return found


def markup(letters: Letters, dice: random.Random) -> Letters:
    """Mark headings and bold words as Markdown does, and part the lines by blank ones."""
    found: Letters = []
    for written in _lines(letters):
        words = text_of(written)
        line = written[len(words) - len(words.lstrip("# ")) :] if words.startswith("#") else written
        if line is written and _LABEL.match(words) and dice.random() < _HALF:
            found += _new("### ")
        if len(line) > _BOLD[-1] and dice.random() < _HALF:
            first, behind, _ = _BOLD
            line = [*line[:first], *_new("**"), *line[first:behind], *_new("**"), *line[behind:]]
        found += [*line, *_new("\n")]
    return found


def _lines(letters: Letters) -> list[Letters]:
    found: list[Letters] = []
    start = 0
    for end, letter in enumerate(letters, 1):
        if letter.value == "\n":
            found.append(letters[start:end])
            start = end
    return [*found, letters[start:]]


def _joined(parts: list[Letters]) -> Letters:
    return [letter for part in parts for letter in part]


def _foreign(letters: Letters) -> Letters:
    return [Letter(letter.value, None) for letter in letters]


def _new(text: str) -> Letters:
    return [Letter(value, None) for value in text]


def _in_turn(*edits: Edit) -> Edit:
    def edit(letters: Letters, dice: random.Random) -> Letters:
        for one in edits:
            letters = one(letters, dice)
        return letters

    return edit


LIGHT: Edit = _in_turn(partial(shuffled, out=0.01, added=0.02, moved=0.01), partial(rewritten, share=0.05))
HEAVY: Edit = _in_turn(partial(shuffled, out=0.03, added=0.06, moved=0.04), partial(rewritten, share=0.25), punctuation)
EDITS: dict[str, Edit] = {
    "clauses put in": inserted,
    "clauses removed": removed,
    "clauses moved": reordered,
    "widths, blanks": widths,
    "punctuation": punctuation,
    "markup": markup,
    "sentences split": split,
    "5 % of words": partial(replaced, share=0.05),
    "15 % of words": partial(replaced, share=0.15),
    "30 % of words": partial(replaced, share=0.3),
    "a light revision": LIGHT,
    "a heavy revision": HEAVY,
    "all of it": _in_turn(inserted, removed, reordered, HEAVY, markup),
}
"""What is measured, by what it is called."""
