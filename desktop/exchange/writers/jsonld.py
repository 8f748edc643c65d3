"""W3C Web Annotations: every mark as an annotation that other programs, and this one, can read and place again."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import wording
from desktop.model.annotation import OWN_NAMESPACE, OWN_PREFIX, SHA256_SOURCE
from desktop.model.export import DEFAULT_OPTIONS, Options
from desktop.model.mark import CONTEXT_LENGTH, MarkStyle
from desktop.model.report import Report, ReportMark

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {OWN_PREFIX: OWN_NAMESPACE}]
_LONE = re.compile("[\ud800-\udfff]")


def write_jsonld(report: Report, _: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return a JSON document (UTF-8) that is an array of annotations, one for each mark; nothing is left out.

    Their source is the file the text was imported from, here or where the mark was made, by its SHA-256; positions are
    code points of the text as it was imported, times UTC. What the standard has no word for stands under names of our
    own. Raises CancelledError.
    """
    annotations = [_annotation(mark, report) for mark in watch.over(report.marks)]
    words = json.dumps(annotations, ensure_ascii=False, indent=1)
    # UTF-8 can't hold half of a pair, an escape can.
    return (_LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", words) + "\n").encode()


def _annotation(mark: ReportMark, report: Report) -> dict[str, object]:
    annotation: dict[str, object] = {
        "@context": _CONTEXT,
        "id": f"urn:uuid:{mark.id}",
        "type": "Annotation",
        "motivation": _motivation(mark),
    }
    if mark.author:
        known = {"id": f"urn:uuid:{mark.author_id}"} if mark.author_id else {}
        annotation["creator"] = known | {"type": "Person", "name": mark.author}
    annotation |= {"created": _time(mark.created), "modified": _time(mark.changed)}
    bodies = _bodies(mark)
    if bodies:
        annotation["body"] = bodies
    source = mark.source or f"{SHA256_SOURCE}{report.sha256}"
    annotation["target"] = {"source": source, "selector": _selectors(mark, report.text)}
    return annotation | _own(mark)


def _motivation(mark: ReportMark) -> str:
    if mark.note:
        return "commenting"
    return "tagging" if mark.style is MarkStyle.NONE else "highlighting"


def _bodies(mark: ReportMark) -> list[dict[str, str]]:
    words = [(mark.note, "commenting")] if mark.note else []
    words += [(tag, "tagging") for tag in mark.tags]
    return [
        {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose} for value, purpose in words
    ]


def _selectors(mark: ReportMark, text: str) -> list[dict[str, object]]:
    start, end = mark.span
    if wording.lost_words_of(mark):  # it has no place in this text, only the words it was made on
        prefix, suffix = mark.context
        return [{"type": "TextQuoteSelector", "exact": mark.quote, "prefix": prefix, "suffix": suffix}]
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT_LENGTH) : start],
            "suffix": text[end : end + CONTEXT_LENGTH],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _own(mark: ReportMark) -> dict[str, object]:
    own: dict[str, object] = {"kind": mark.kind.value, "style": mark.style.value}
    if mark.pen is not None:
        own["pen"] = mark.pen
    if mark.on_clause:
        own["clause"] = list(mark.clause_path)
    if mark.meeting:
        own["meeting"] = mark.meeting
    if mark.meeting_record is not None:
        own["meetingId"] = f"urn:uuid:{mark.meeting_record.id}"
        own["meetingDate"] = mark.meeting_record.held_on.isoformat()
    if mark.private:
        own["private"] = True
    return {f"{OWN_PREFIX}:{name}": value for name, value in own.items()}


def _time(moment: datetime) -> str:
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")
