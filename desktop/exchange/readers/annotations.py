"""W3C Web Annotations of any program: one Annotation, an array, an AnnotationPage or an AnnotationCollection."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from desktop.exchange.readers.hypothesis import as_annotation, rows_of
from desktop.exchange.readers.markup import plain_text
from desktop.model.annotation import OWN_PREFIX, UUID_IRI, Annotation, AnnotationFile, OwnProperties, Quote, Target
from desktop.model.errors import UnreadableFileError
from desktop.model.limits import FIRST_YEAR, FURTHEST, LAST_YEAR, LONGEST_WORDS, MOST_PARTS, within_limits
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.span import Span
from desktop.text.blanks import written_tag

MOST_ANNOTATIONS = 200_000
MOST_ENTRIES = 2 * MOST_PARTS
"""How many bodies, targets or selectors one annotation may have: every tag is a body."""
DEEPEST = 40
"""How deep parts may lie in one another."""

_PEN_COUNT = 5
_LISTS = ("Choice", "Composite", "List", "Independents")
_WRAPPERS = ("AnnotationPage", "AnnotationCollection", "OrderedCollection", "OrderedCollectionPage")
_MORE = "文件里只有其中一部分标注：其余的在别处（它写着下一页的地址），没有读入。"

Json = Mapping[str, Any]
E = TypeVar("E", MarkKind, MarkStyle)


def read_annotations(data: bytes) -> AnnotationFile:
    """Return the annotations in a JSON document.

    Notes are plain text: HTML in them loses its tags, and nothing they refer to is loaded. Times without a zone are
    taken for UTC. Raises UnreadableFileError, in words, for what is no JSON, holds no annotations, says something that
    can't be, or is larger than the limits above.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise UnreadableFileError("这个文件不是完整的 JSON 文件，读不出标注：请向给你的人再要一份。") from error
    remarks: list[str] = []
    found = list(_annotations(document, remarks))
    if len(found) > MOST_ANNOTATIONS:
        raise UnreadableFileError(f"文件里的标注超过 {MOST_ANNOTATIONS} 条，请分成几个文件。")
    annotations = _latest([_annotation(entry, number) for number, entry in enumerate(found, 1)], remarks)
    return AnnotationFile(annotations, tuple(dict.fromkeys(remarks)))


def _latest(annotations: Sequence[Annotation], remarks: list[str]) -> tuple[Annotation, ...]:
    """Return, of several annotations with one id, the latest; what says the same counts once."""
    found: dict[str, Annotation] = {}
    passed = 0
    for annotation in dict.fromkeys(annotations):
        key = annotation.id or repr(annotation)
        before = found.get(key)
        if before is None or _moment(before) <= _moment(annotation):
            found[key] = annotation
        passed += before is not None
    if passed:
        remarks.append(f"文件里有 {passed} 条标注与别的标注编号相同，每个编号只取最新的一条。")
    return tuple(found.values())


def _moment(annotation: Annotation) -> str:
    moment = annotation.modified or annotation.created
    return moment.isoformat() if moment is not None else ""


def _annotations(document: Any, remarks: list[str], depth: int = 0) -> Iterator[Json]:
    """Yield what is to be read as an annotation, whatever it is wrapped in."""
    if depth > DEEPEST:
        raise UnreadableFileError("文件里的标注一层套一层，层数太多，不能读入。")
    if isinstance(document, list):
        for entry in document:
            yield from _annotations(entry, remarks, depth + 1)
        return
    types = _types(document) if isinstance(document, dict) else set()
    rows = rows_of(document)
    if "Annotation" in types:
        yield document
    elif types & set(_WRAPPERS) or (isinstance(document, dict) and "@graph" in document):
        yield from _wrapped(document, remarks, depth)
    elif rows is not None:
        yield from map(as_annotation, rows)
    else:
        raise UnreadableFileError("这个 JSON 文件里没有网页标注（W3C Web Annotation），请换一个文件。")


def _wrapped(document: Json, remarks: list[str], depth: int) -> Iterator[Json]:
    for name in ("@graph", "items", "orderedItems"):
        for entry in _list(document.get(name)):
            if isinstance(entry, str):
                remarks.append(_MORE)
            else:
                yield from _annotations(entry, remarks, depth + 1)
    for name in ("first", "next"):
        page = document.get(name)
        if isinstance(page, dict) and (_types(page) or "items" in page):
            yield from _annotations({"type": "AnnotationPage", **page}, remarks, depth + 1)
        elif page:  # its address only, and nothing is fetched
            remarks.append(_MORE)


def _annotation(entry: Json, number: int) -> Annotation:
    try:
        own = _own(entry)
        note, tags = _note_and_tags(entry)
        if own.kind is None:  # of another program: as the user would have written them
            tags = tuple(dict.fromkeys(filter(None, map(written_tag, tags))))
        return Annotation(
            id=_iri(entry),
            motivations=tuple(_word(value) for value in _strings(entry.get("motivation"))),
            note=note,
            tags=tags,
            targets=_all_targets(entry),
            creator=_creator(entry.get("creator")),
            created=_time(entry.get("created")),
            modified=_time(entry.get("modified")),
            own=own,
        )
    except (_WrongError, RecursionError) as error:
        reason = str(error) if isinstance(error, _WrongError) else "一层套一层，层数太多"
        raise UnreadableFileError(
            f"文件里第 {number} 条标注{reason}，整个文件没有读入：请向给你的人再要一份。"
        ) from error


class _WrongError(ValueError):
    """What is wrong with an annotation, as the end of a sentence."""


def _note_and_tags(entry: Json) -> tuple[str, tuple[str, ...]]:
    words = [(value, "") for value in [_said(entry.get("bodyValue"))] if value is not None]
    words += _bodies(entry.get("body"), "", 0)
    note = "\n\n".join(value for value, purpose in words if purpose != "tagging" and value)
    tags = tuple(dict.fromkeys(value for value, purpose in words if purpose == "tagging"))
    if not (within_limits(note) and within_limits(tags)):
        raise _WrongError("的文字太长，或标签太多")
    return note, tags


def _bodies(body: Any, purpose: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield (words, purpose) of all bodies; one that lies elsewhere is told by its address."""
    if depth > DEEPEST:
        raise _WrongError("一层套一层，层数太多")
    if isinstance(body, str):
        yield body, purpose
    elif isinstance(body, list):
        for part in _limited(body):
            yield from _bodies(part, purpose, depth + 1)
    elif isinstance(body, dict):
        purpose = next((_word(value) for value in _strings(body.get("purpose"))), purpose)
        if _types(body) & set(_LISTS):
            # Of a choice the first is the one its writer prefers.
            items = _limited(_list(body.get("items")))
            for part in items[:1] if "Choice" in _types(body) else items:
                yield from _bodies(part, purpose, depth + 1)
        elif "value" in body or "@value" in body:
            yield _words(body), purpose
        elif "source" in body:
            yield from _bodies(body["source"], purpose, depth + 1)
        elif _iri(body):
            yield _iri(body), purpose
    elif body is not None:
        raise _WrongError("的内容不是文字")


def _words(body: Json) -> str:
    value = _said(body.get("value", body.get("@value")))
    if value is None:
        raise _WrongError("的内容不是文字")
    formats = {written.partition(";")[0].strip().lower() for written in _strings(body.get("format"))}
    return plain_text(value) if formats & {"text/html", "application/xhtml+xml"} else value


def _all_targets(entry: Json) -> tuple[Target, ...]:
    targets = tuple(_targets(entry.get("target"), 0))
    if not targets:
        raise _WrongError("没有写明标注在什么地方")
    return targets


def _targets(target: Any, depth: int) -> Iterator[Target]:
    if depth > DEEPEST:
        raise _WrongError("一层套一层，层数太多")
    if isinstance(target, str):
        yield Target(target)
    elif isinstance(target, list):
        for part in _limited(target):
            yield from _targets(part, depth + 1)
    elif isinstance(target, dict):
        if _types(target) & set(_LISTS):
            for part in _limited(_list(target.get("items"))):
                yield from _targets(part, depth + 1)
        elif "source" in target:
            source = target["source"]
            quote, position = _selected(target.get("selector"))
            yield Target(_iri(source) if isinstance(source, dict) else _string(source, "的来源"), quote, position)
        else:
            yield Target(_iri(target))
    elif target is not None:
        raise _WrongError("没有写明标注在什么地方")


def _selected(selector: Any) -> tuple[Quote | None, Span | None]:
    """Return what selectors say, of which each is another way to tell the same place: the first quote and position."""
    quote: Quote | None = None
    position: Span | None = None
    for chain in _chains(selector, (), 0):
        words, span = _refined(chain)
        quote, position = quote or words, position or span
    return quote, position


def _chains(selector: Any, above: tuple[Json, ...], depth: int) -> Iterator[tuple[Json, ...]]:
    """Yield each selector behind those that it refines."""
    if depth > DEEPEST:
        raise _WrongError("一层套一层，层数太多")
    if isinstance(selector, list):
        for part in _limited(selector):
            yield from _chains(part, above, depth + 1)
    elif isinstance(selector, dict):
        if _types(selector) & set(_LISTS):
            yield from _chains(_list(selector.get("items")), above, depth + 1)
        elif selector.get("refinedBy"):
            yield from _chains(selector["refinedBy"], (*above, selector), depth + 1)
        else:
            yield (*above, selector)


def _refined(chain: tuple[Json, ...]) -> tuple[Quote | None, Span | None]:
    """Return the words that a chain of selectors arrives at, or the position where it is nothing but one."""
    quote: Quote | None = None
    for entry in chain:
        types = _types(entry)
        if "TextQuoteSelector" in types:
            quote = _quote(entry)
        elif "TextPositionSelector" in types:
            start, end = _position(entry)
            if len(chain) == 1:
                return None, Span(start, end)
            if quote is not None and quote.exact[start:end]:  # counted within the words
                before, behind = quote.exact[:start], quote.exact[end:]
                quote = Quote(quote.exact[start:end], quote.prefix + before, behind + quote.suffix)
    return quote, None


def _quote(selector: Json) -> Quote:
    exact, prefix, suffix = (_said(selector.get(name, "")) for name in ("exact", "prefix", "suffix"))
    if exact is None or prefix is None or suffix is None:
        raise _WrongError("的引文不对")
    if max(map(len, (exact, prefix, suffix))) > LONGEST_WORDS:
        raise _WrongError("的引文不对")
    return Quote(exact, prefix, suffix)


def _position(selector: Json) -> Span:
    start, end = selector.get("start"), selector.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= FURTHEST:
        raise _WrongError("的位置不对")
    return Span(start, end)


def _own(entry: Json) -> OwnProperties:
    pen = entry.get(f"{OWN_PREFIX}:pen")
    clause = entry.get(f"{OWN_PREFIX}:clause")
    meeting = entry.get(f"{OWN_PREFIX}:meeting")
    return OwnProperties(
        kind=_known(MarkKind, entry.get(f"{OWN_PREFIX}:kind")),
        style=_known(MarkStyle, entry.get(f"{OWN_PREFIX}:style")),
        pen=pen if type(pen) is int and 1 <= pen <= _PEN_COUNT else None,
        clause=tuple(_strings(_limited(clause))) if isinstance(clause, list) else None,
        meeting=meeting if isinstance(meeting, str) else "",
        meeting_id=_uuid(entry.get(f"{OWN_PREFIX}:meetingId")),
        meeting_day=_day(entry.get(f"{OWN_PREFIX}:meetingDate")),
        author_id=next((_uuid(_iri(agent)) for agent in _list(entry.get("creator")) if isinstance(agent, dict)), ""),
        private=entry.get(f"{OWN_PREFIX}:private") is True,
    )


def _known(values: type[E], value: Any) -> E | None:
    return next((known for known in values if known.value == value), None)


def _creator(creator: Any) -> str:
    for agent in _list(creator):
        if isinstance(agent, str):
            return agent
        if isinstance(agent, dict):
            names = (_said(agent.get("name")), _said(agent.get("nickname")), _iri(agent))
            return next((name for name in names if name), "")
    return ""


def _time(written: Any) -> datetime | None:
    if isinstance(written, dict):
        written = written.get("@value")
    if not isinstance(written, str):
        return None
    try:
        moment = datetime.fromisoformat(written.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # said in another way: the annotation is worth more than its time
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _day(written: Any) -> date | None:
    moment = _time(written)
    return moment.date() if moment is not None else None


def _uuid(written: Any) -> str:
    """Return the UUID that an IRI is, in small letters, or "" where it is another one."""
    found = UUID_IRI.fullmatch(written) if isinstance(written, str) else None
    return found[1].lower() if found else ""


def _types(entry: Json) -> set[str]:
    return {_word(value) for name in ("type", "@type") for value in _strings(entry.get(name))}


def _word(value: str) -> str:
    """Return a word of the standard without what may stand before it: "oa:Annotation", "http://…/oa#Annotation"."""
    return re.split(r"[:#/]", value)[-1]


def _iri(entry: Json) -> str:
    return next((entry[name] for name in ("id", "@id") if isinstance(entry.get(name), str)), "")


def _string(value: Any, what: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_WORDS:
        raise _WrongError(f"{what}不对")
    return value


def _said(value: Any) -> str | None:
    """Return words in whatever way JSON-LD has them: as they are, with their language, by languages, or in a list.

    Of several languages it is Chinese, or else the first.
    """
    for entry in _list(value):
        if isinstance(entry, str):
            return entry
        if isinstance(entry, dict) and "@value" in entry:
            return entry["@value"] if isinstance(entry["@value"], str) else None
        if isinstance(entry, dict):
            languages = sorted(entry, key=lambda name: not name.lower().startswith("zh"))
            return next((found for name in languages if (found := _flat(entry[name])) is not None), None)
    return None


def _flat(value: Any) -> str | None:
    return next(iter(_strings(value)), None)


def _strings(value: Any) -> list[str]:
    return [entry for entry in _list(value) if isinstance(entry, str)]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _limited(parts: Sequence[Any]) -> Sequence[Any]:
    if len(parts) > MOST_ENTRIES:
        raise _WrongError("的部分太多")
    return parts
