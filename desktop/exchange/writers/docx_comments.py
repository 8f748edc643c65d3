"""Comments of a Word file: what the user wrote on a mark, and who, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from desktop.exchange.writers import wordml
from desktop.exchange.writers.comments import Comment
from desktop.exchange.writers.wording import Details, line_ends, local, lost_words_of
from desktop.model.export import Field
from desktop.model.report import Report, ReportMark

UNSIGNED = "未署名"
_TOLD = (Field.TAGS, Field.PEN, Field.MEETING, Field.PRIVATE)
_TITLED = {Field.PEN: "颜色："}
_NAMESPACES = (
    f'{wordml.NAMESPACES} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du" mc:Ignorable="w16du"'
)


def comments_part(comments: Iterable[Comment], report: Report) -> bytes:
    """Return the part of a Word file that holds the comments."""
    details = Details(report)
    body = "".join(_comment(comment, details, report) for comment in comments)
    return f"{wordml.HEADER}<w:comments {_NAMESPACES}>{body}</w:comments>".encode()


def _comment(comment: Comment, details: Details, report: Report) -> str:
    mark = comment.mark
    author = wordml.attribute(mark.author.strip() or UNSIGNED)
    note = line_ends(mark.note).strip("\n")
    lines = [_paragraph(line) for line in note.split("\n")] if note.strip() else []
    lines += [_paragraph(line, "CommentDetail") for line in _told(mark, details)]
    lines[0] = lines[0].replace("</w:pPr>", f"</w:pPr>{_OWN_REFERENCE}", 1)
    return (
        f'<w:comment w:id="{comment.number}" w:author="{author}" {_times(mark, report)} '
        f'w:initials="{wordml.attribute(initials(mark.author.strip() or UNSIGNED))}">{"".join(lines)}</w:comment>'
    )


_OWN_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'


def _paragraph(line: str, style: str = "CommentText") -> str:
    run = f"<w:r>{wordml.text(line)}</w:r>" if line else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _told(mark: ReportMark, details: Details) -> list[str]:
    told = [lost] if (lost := lost_words_of(mark)) else []
    for field in _TOLD:
        told += [f"{_TITLED.get(field, '')}{words}" for words in details.of(mark, (field,))]
    return told


def _times(mark: ReportMark, report: Report) -> str:
    # Word and LibreOffice show the date as it is written, whatever its zone; newer ones are told the moment, too.
    moment = local(mark.created, report.made)
    return f'w:date="{moment:%Y-%m-%dT%H:%M:%S}" w16du:dateUtc="{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"'


def initials(name: str) -> str:
    """Return the short form of a name: 王小明 as it is, "Li Ming" as LM."""
    words = name.split()
    if len(words) > 1 and name.isascii():
        return "".join(word[0] for word in words)[:3].upper()
    return name[:3]
