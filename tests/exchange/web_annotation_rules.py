"""The rules of the W3C Web Annotation Data Model, as far as annotations on texts go: what is broken, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
KEYS = {"bodyValue", "@context", "id", "type", "motivation", "creator", "created", "modified", "body", "target"}


def broken_rules(annotation: dict[str, Any]) -> list[str]:
    """Return what an annotation does against the model; nothing where it keeps to it."""
    return list(_broken(annotation))


def _broken(annotation: dict[str, Any]) -> Iterator[str]:
    context = annotation.get("@context")
    contexts = context if isinstance(context, list) else [context]
    if CONTEXT not in contexts:
        yield "the context of the standard is missing (3.1)"
    prefixes = {name for entry in contexts if isinstance(entry, dict) for name in entry}
    for key in annotation:
        if key not in KEYS and key.partition(":")[0] not in prefixes:
            yield f"no context explains {key}"
    if not _is_iri(annotation.get("id")):
        yield "there must be exactly one IRI that identifies it (3.1)"
    types = annotation.get("type")
    if "Annotation" not in (types if isinstance(types, list) else [types]):
        yield "one of its classes must be Annotation (3.1)"
    if annotation.get("motivation") not in MOTIVATIONS:
        yield "its motivation should come from the list (3.3.5)"
    for name in ("created", "modified"):
        yield from _broken_time(annotation.get(name), name)
    creator = annotation.get("creator")
    if creator is not None and (creator.get("type") != "Person" or not isinstance(creator.get("name"), str)):
        yield "an agent should have a class and a name (3.3.1)"
    if "bodyValue" in annotation:
        yield "there must be no bodyValue besides bodies, and ours have a purpose and a format (3.2.5)"
    if None in annotation.values():
        yield "what isn't there is left out"
    for body in annotation.get("body", []):
        yield from _broken_body(body)
    yield from _broken_target(annotation.get("target"))


def _broken_time(written: Any, name: str) -> Iterator[str]:
    if not (isinstance(written, str) and written.endswith("Z")):
        yield f"{name} must be in UTC, told by Z (3.3.1)"
    else:
        datetime.fromisoformat(written)


def _broken_body(body: Any) -> Iterator[str]:
    if not isinstance(body, dict) or body.get("type") != "TextualBody":
        yield "an embedded body should have the class TextualBody (3.2.4)"
    elif not isinstance(body.get("value"), str):
        yield "there must be exactly one value (3.2.4)"
    elif body.get("purpose") not in MOTIVATIONS:
        yield "a purpose must be a motivation (3.3.5)"
    elif not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", body.get("format", "text/plain")):
        yield "there must be no more than one format, and it should be a media type (3.2.4)"


def _broken_target(target: Any) -> Iterator[str]:
    if not isinstance(target, dict) or not _is_iri(target.get("source")):
        yield "a specific resource must have exactly one source (4.1)"
        return
    for selector in target.get("selector", []):
        kind = selector.get("type")
        if kind == "TextQuoteSelector":
            around = selector.get("prefix", ""), selector.get("suffix", "")
            if not all(isinstance(words, str) for words in (selector.get("exact"), *around)):
                yield "there must be exactly one exact, and no more than one prefix and suffix (4.2.4)"
            elif max(map(len, around)) > 32:
                yield "the surroundings are 32 characters"
        elif kind == "TextPositionSelector":
            start, end = selector.get("start"), selector.get("end")
            if not (type(start) is int and type(end) is int and 0 <= start <= end):
                yield "start and end must be integers that are not negative (4.2.5)"
        else:
            yield f"no selector of the model: {kind}"


def _is_iri(value: Any) -> bool:
    return isinstance(value, str) and IRI.fullmatch(value) is not None
