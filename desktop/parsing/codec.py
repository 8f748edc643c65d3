"""Outlines as JSON: the form the command line prints, and a compact one for the cache that keeps everything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Notice, NoticeKind, Outline, OutlineWarning
from desktop.model.span import Span


def outline_to_json(outline: Outline) -> dict[str, object]:
    """Return the outline as the command line prints it: dicts, lists, strings, numbers; offsets are code points.

    The title is None where the text has none.
    """
    return {
        "title": outline.title or None,
        "notices": [{"text": n.text, "start": n.start, "end": n.end} for n in outline.notices],
        "clauses": _trees(outline.clauses),
        "warnings": [{"text": w.text, "start": w.start} for w in outline.warnings],
    }


def _trees(clauses: Sequence[Clause]) -> list[dict[str, object]]:
    """Return the clauses as nested dicts, without recursion: a tree may be as deep as it likes."""
    trees: list[dict[str, object]] = []
    waiting = [(clause, trees) for clause in reversed(clauses)]
    while waiting:
        clause, siblings = waiting.pop()
        children: list[dict[str, object]] = []
        siblings.append(
            {
                "kind": clause.kind.value,
                "label": clause.label,
                "number": clause.number,
                "title": clause.title,
                "level": clause.level,
                "start": clause.start,
                "end": clause.end,
                "sentences": [[span.start, span.end] for span in clause.sentences],
                "implied": clause.implied,
                "children": children,
            }
        )
        waiting.extend((child, children) for child in reversed(clause.children))
    return trees


def outline_to_cache(outline: Outline) -> str:
    """Return the outline as a string that `outline_from_cache` turns back into an equal one."""
    clauses = list(_walk(outline.clauses))
    return json.dumps(
        {
            "title": outline.title,
            "notices": [[n.kind.value, n.text, n.start, n.end] for n in outline.notices],
            "warnings": [[w.text, w.start] for w in outline.warnings],
            "kinds": [clause.kind.value for clause in clauses],
            "labels": [clause.label for clause in clauses],
            "numbers": [clause.number for clause in clauses],
            "titles": [clause.title for clause in clauses],
            "levels": [clause.level for clause in clauses],
            "starts": [clause.start for clause in clauses],
            "ends": [clause.end for clause in clauses],
            "sentences": [list(chain.from_iterable(clause.sentences)) for clause in clauses],
            "implied": [index for index, clause in enumerate(clauses) if clause.implied],
            "children": [len(clause.children) for clause in clauses],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def outline_from_cache(data: str) -> Outline:
    """Return the outline that `outline_to_cache` wrote. Raises ValueError where `data` is something else."""
    try:
        return _read(json.loads(data))
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError("not an outline") from error


def _read(data: dict[str, list]) -> Outline:  # type: ignore[type-arg]  # as JSON gives it
    kinds = {kind.value: kind for kind in ClauseKind}
    implied = set(data["implied"])
    below: list[Clause] = []
    columns = zip(
        range(len(data["kinds"]) - 1, -1, -1),
        *(
            reversed(data[name])
            for name in ("kinds", "labels", "numbers", "titles", "levels", "starts", "ends", "sentences", "children")
        ),
        strict=True,
    )
    # From the last clause to the first: the children of a clause are complete before it is made.
    for index, kind, label, number, title, level, start, end, flat, count in columns:
        children = tuple(below[: -count - 1 : -1]) if count else ()
        if count:
            del below[-count:]
        places = iter(flat)
        sentences = tuple(map(Span, places, places))
        below.append(
            Clause(kinds[kind], label, number, title, level, start, end, sentences, index in implied, children)
        )
    return Outline(
        str(data["title"]),
        tuple(Notice(NoticeKind(kind), text, start, end) for kind, text, start, end in data["notices"]),
        tuple(reversed(below)),
        tuple(OutlineWarning(text, start) for text, start in data["warnings"]),
    )


def _walk(clauses: Sequence[Clause]) -> Iterator[Clause]:
    for clause in clauses:
        yield from clause.walk()
