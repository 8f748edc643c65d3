"""Word: the whole text of a report set like an official document, with colours and real comments."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from desktop.exchange.writers import docx_template as template
from desktop.exchange.writers import wordml
from desktop.exchange.writers.docx_body import body_xml
from desktop.exchange.writers.docx_comments import comments_of, comments_part
from desktop.exchange.writers.typesetting import typeset
from desktop.model.report import Report

_LONGEST_PROPERTY = 255
_KEPT = {RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.OFFICE_DOCUMENT}


def write_docx(report: Report) -> bytes:
    """Return a Word file with the text of `report` and every mark in it.

    Fills are shading, underlines underlines in the pen's colour; a mark with a note or tags is a comment anchored to
    its words. The cost grows with the length of the text and the number of marks, not with their product.
    """
    paragraphs = typeset(report.text, report.outline)
    comments = comments_of(report, paragraphs) if paragraphs else ()
    document = _bare_document()
    _add(document, "styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, template.styles_part())
    _add(document, "settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, template.settings_part())
    _add(document, "fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, template.fonts_part())
    if comments:
        part = comments_part(comments, report.pens)
        _add(document, "comments", CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS, part)
    body = parse_xml(body_xml(report, paragraphs, comments, _section(document, report)))
    document.element.replace(document.element.body, body)
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


def _section(document: Document, report: Report) -> str:
    footer = CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER
    header = CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER
    return template.section_xml(
        header=_add(document, "header1", *header, template.header_part(report.subtitle)) if report.subtitle else "",
        odd_footer=_add(document, "footer1", *footer, template.footer_part(even=False)),
        even_footer=_add(document, "footer2", *footer, template.footer_part(even=True)),
    )


def _describe(document: Document, report: Report) -> None:
    properties = document.core_properties
    properties.title = wordml.held(report.title)[:_LONGEST_PROPERTY]
    properties.subject = wordml.held(report.subtitle)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = _in_utc(report.made)


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
