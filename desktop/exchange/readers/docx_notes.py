"""Footnotes and endnotes of a Word file: a mark stands in the text, and the notes stand behind it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.exchange.readers.docx_xml import Element, W, value
from desktop.exchange.readers.numerals import numeral

KINDS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
"""Tags that refer to a note, and what that note is."""
_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}
_OWN_MARK = "*"


@dataclass(frozen=True, slots=True)
class Note:
    """A note the text refers to: its kind and id, and the mark that stands in the text."""

    kind: str
    identity: str
    mark: str


class Notes:
    """The notes of one file in the order of the text; `settings` may give the form of their numbers."""

    def __init__(self, settings: Element | None) -> None:
        self.found: list[Note] = []
        self._counts = dict.fromkeys(_FORMS, 0)
        self._forms = dict(_FORMS)
        for kind in _FORMS if settings is not None else ():
            form = value(settings.find(f"{W}{kind}Pr"), "numFmt") if settings is not None else None
            self._forms[kind] = form or self._forms[kind]

    def refer(self, reference: Element) -> str:
        """Take up a reference and return the mark the text gets for it; "" where the text has one of its own."""
        kind, identity = KINDS[str(reference.tag)], reference.get(W + "id") or ""
        if (reference.get(W + "customMarkFollows") or "0") not in ("0", "false", "off"):
            self.found.append(Note(kind, identity, f"[{_OWN_MARK}]"))
            return ""
        self._counts[kind] += 1
        mark = f"[{numeral(self._counts[kind], self._forms[kind])}]"
        self.found.append(Note(kind, identity, mark))
        return mark
