"""The forty-four queries, and which clauses are right for each."""

from __future__ import annotations

import random
from collections.abc import Sequence

from desktop.text.keys import make_key
from tests.benchmarks.searching.engines import Query

TYPED = {
    "one character": ("水", "县", "链", "龙"),
    "two": ("制造", "改革", "农村", "数字", "教育", "湘江", "养老"),
    "four and more": (
        "高质量发展",
        "科技创新",
        "营商环境",
        "新质生产力",
        "全国统一大市场",
        "产业链供应链",
        "社会主义现代化",
    ),
    "names": ("衡阳", "湖南", "船山", "习近平"),
    "quoted terms": ("“十五五”", "“三高四新”", "“一带一部”"),
    "across the borders of words": ("业链供应", "业集群", "色低碳"),
    "several words": ("制造业 数字", "高质量发展 水", "人才 教育 科技", "衡阳 湘江"),
    "punctuation": ("。加快", ",坚持"),
    "without hits": ("火星移民基地", "量子纠缠养殖"),
}
RANDOM = 8
_MARKS = ",。;、"


def queries(keys: Sequence[str]) -> list[Query]:
    """Return the queries for a corpus with these keys; eight are random stretches of them, two to eight characters."""
    found = [Query(kind, typed, _terms(typed)) for kind, group in TYPED.items() for typed in group]
    chance = random.Random(44)
    while len(found) < sum(map(len, TYPED.values())) + RANDOM:
        key = chance.choice(keys)
        start, length = chance.randrange(len(key)), chance.randrange(2, 9)
        words = key[start : start + length]
        if len(words) == length and all("一" <= character <= "鿿" or character in _MARKS for character in words):
            found.append(Query("random", words, (words,)))
    return found


def truth(keys: Sequence[str], query: Query) -> list[int]:
    """Return the ids of the clauses in whose keys all the terms stand."""
    first, *others = query.terms
    found = [number for number, key in enumerate(keys) if first in key]
    return [number for number in found if all(term in keys[number] for term in others)]


def places(rows: Sequence[tuple[str, int, str]], ids: Sequence[int], query: Query) -> set[tuple[str, int]]:
    """Return where the terms stand in the clauses with these ids, by edition and code point of its text."""
    found = set()
    for number in ids:
        edition_id, start, text = rows[number]
        key = make_key(text)
        for term in query.terms:
            place = key.text.find(term)
            while place >= 0:
                found.add((edition_id, start + key.origin(place)))
                place = key.text.find(term, place + 1)
    return found


def _terms(typed: str) -> tuple[str, ...]:
    return tuple(make_key(word.strip("“”")).text for word in typed.split())
