"""Comments of a Word file: what the user wrote on a mark, and who, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from desktop.exchange.writers import wordml
from desktop.exchange.writers.comments import Comment
from desktop.exchange.writers.wording import line_ends, lost_words_of, private_of
from desktop.model.pen import Pen
from desktop.model.report import ReportMark

UNSIGNED = "未署名"


def comments_part(comments: Iterable[Comment], pens: Iterable[Pen]) -> bytes:
    """Return the part of a Word file that holds the comments."""
    names = {pen.number: pen.name for pen in pens}
    body = "".join(_comment(comment, names) for comment in comments)
    return f"{wordml.HEADER}<w:comments {wordml.NAMESPACES}>{body}</w:comments>".encode()


def _comment(comment: Comment, pens: dict[int, str]) -> str:
    mark = comment.mark
    author = mark.author.strip() or UNSIGNED
    note = line_ends(mark.note).strip("\n")
    lines = [_paragraph(line) for line in note.split("\n")] if note.strip() else []
    lines += [_paragraph(line, "CommentDetail") for line in _details(mark, pens)]
    lines[0] = lines[0].replace("</w:pPr>", f"</w:pPr>{_OWN_REFERENCE}", 1)
    return (
        f'<w:comment w:id="{comment.number}" w:author="{wordml.attribute(author)}" '
        f'w:date="{_time(mark.created)}" w:initials="{wordml.attribute(initials(author))}">{"".join(lines)}</w:comment>'
    )


_OWN_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'


def _paragraph(line: str, style: str = "CommentText") -> str:
    run = f"<w:r>{wordml.text(line)}</w:r>" if line else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _details(mark: ReportMark, pens: dict[int, str]) -> list[str]:
    details = [lost] if (lost := lost_words_of(mark)) else []
    if mark.tags:
        details.append(f"标签：{'、'.join(mark.tags)}")
    if mark.pen in pens:
        details.append(f"颜色：{pens[mark.pen]}")
    if mark.meeting:
        details.append(f"会议：{mark.meeting}")
    if mark.private:
        details.append(private_of(mark))
    return details


def _time(moment: datetime) -> str:
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def initials(name: str) -> str:
    """Return the short form of a name: 王小明 as it is, "Li Ming" as LM."""
    words = name.split()
    if len(words) > 1 and name.isascii():
        return "".join(word[0] for word in words)[:3].upper()
    return name[:3]
