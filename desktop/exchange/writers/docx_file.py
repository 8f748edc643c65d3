"""A Word file around a body: the parts that every export in Word consists of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Protocol

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from desktop.exchange.writers import docx_template as template
from desktop.exchange.writers import wordml
from desktop.model.export import PageForm

_LONGEST_PROPERTY = 255
_KEPT = {RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.OFFICE_DOCUMENT}


class Titled(Protocol):
    """What is written into a Word file."""

    @property
    def title(self) -> str:
        """Its name."""
        ...

    @property
    def subtitle(self) -> str:
        """What stands in the header of every page, "" for nothing."""
        ...

    @property
    def made(self) -> datetime:
        """When it was made."""
        ...


def word_file(report: Titled, body: Callable[[str], str], page: PageForm, comments: bytes = b"") -> bytes:
    """Return a Word file with the page of an official document.

    `body` gives the `w:body` element when it is told the section that ends it; `comments` is the part with the
    comments, empty where there are none.
    """
    document = _bare_document()
    _add(document, "styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, template.styles_part(page))
    _add(document, "settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, template.settings_part())
    _add(document, "fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, template.fonts_part())
    if comments:
        _add(document, "comments", CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS, comments)
    document.element.replace(document.element.body, parse_xml(body(_section(document, report, page))))
    _describe(document, report)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _bare_document() -> Document:
    """Return python-docx's document without what it brings: 800 KB of styles, a theme, a thumbnail, its numbering."""
    document = docx.Document()
    document.part.rels.clear()
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype not in _KEPT]:
        del rels[key]
    return document


def _add(document: Document, name: str, content_type: str, relationship: str, content: bytes) -> str:
    part = Part(PackURI(f"/word/{name}.xml"), content_type, content, document.part.package)
    return document.part.relate_to(part, relationship)


def _section(document: Document, report: Titled, page: PageForm) -> str:
    footer = CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER
    header = CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER
    return template.section_xml(
        page,
        header=_add(document, "header1", *header, template.header_part(report.subtitle)) if report.subtitle else "",
        odd_footer=_add(document, "footer1", *footer, template.footer_part(even=False)),
        even_footer=_add(document, "footer2", *footer, template.footer_part(even=True)),
    )


def _describe(document: Document, report: Titled) -> None:
    properties = document.core_properties
    properties.title = wordml.held(report.title)[:_LONGEST_PROPERTY]
    properties.subject = wordml.held(report.subtitle)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = _in_utc(report.made)


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
