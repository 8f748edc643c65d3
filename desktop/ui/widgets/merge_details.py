"""One mark of a file that is to be merged, opened: its place, what it was and what it will be."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.model.span import Span
from desktop.services.merging import OUTCOME_TITLES, Line
from desktop.services.telling import Clash, Fact, Told
from desktop.text.differing import differences
from desktop.text.times import local_time_text
from desktop.ui.theme.fonts import interface_font, text_font
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import Theme
from desktop.ui.widgets.differing_words import insert_words

LONGEST = 20_000
"""No field shows more letters; how many there are is told."""
_QUOTE_PIXELS = 14
_GAP = 10
_BESIDE = 2
"""So many sides of a conflict stand beside one another; further ones stand below."""
_NOTHING = "（无）"


class MergeDetails(QTextEdit):
    """Words in several inks, put in as plain text: what colleagues wrote is never read as HTML.

    Of two wordings of one thing, what the other has not is marked.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = datetime.now().astimezone()
        self.setAccessibleName("这一处标注")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        set_role(self, Role.CARD)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(_GAP)
        self._quote = text_font(_QUOTE_PIXELS)
        self._plain = interface_font()

    def show_line(self, line: Line, told: Told) -> None:
        """Show what becomes of one mark."""
        self.clear()
        self._now = datetime.now().astimezone()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        self._write(cursor, f"{OUTCOME_TITLES[line.outcome]} · {self._whose(told)}", self._theme.muted, first=True)
        self._write(cursor, told.place, self._theme.accent)
        if told.hint:
            self._write(cursor, told.hint, self._theme.ink)
        self._show_words(cursor, told)
        for fact in told.facts:
            self._show_fact(cursor, fact)
        for clash in told.clashes:
            self._show_clash(cursor, clash)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _whose(self, told: Told) -> str:
        """Say who does something to a mark that is here, or whose it is."""
        deed = told.deed
        if deed is None:
            return f"{told.author} · {self._time(told.at)}"
        return f"{deed.author} {self._time(deed.at)} {deed.verb}了{deed.owner}的标注"

    def _show_words(self, cursor: QTextCursor, told: Told) -> None:
        """Show the words the mark was made on, those it stands on here where they are others, and the verdict."""
        if told.stands_on and told.stands_on != told.made_on:
            theirs, here = _cut(told.made_on), _cut(told.stands_on)
            of_theirs, of_here = differences((theirs, here))
            self._title(cursor, "同事文件里的原文")
            self._write(cursor, theirs, self._theme.muted, self._quote, spans=of_theirs)
            self._title(cursor, f"这里的原文（{told.verdict}）")
            self._write(cursor, here, self._theme.ink, self._quote, spans=of_here)
        else:
            self._title(cursor, f"原文（{told.verdict}）")
            self._write(cursor, _cut(told.made_on), self._theme.ink, self._quote)

    def _show_fact(self, cursor: QTextCursor, fact: Fact) -> None:
        by = f"（{fact.by} {self._time(fact.at)}）" if fact.at is not None else ""
        if fact.before is None or fact.before == fact.after:
            self._title(cursor, f"{fact.title}{by}")
            self._write(cursor, _cut(fact.after), self._theme.ink)
            return
        self._title(cursor, fact.title)
        before, after = _cut(fact.before), _cut(fact.after)
        of_before, of_after = differences((before, after)) if fact.before and fact.after else ((), ())
        self._write(cursor, "原来：", self._theme.muted)
        self._append(cursor, before, self._theme.muted, of_before)
        self._write(cursor, f"合并后{by}：", self._theme.muted)
        self._append(cursor, after, self._theme.ink, of_after)

    def _show_clash(self, cursor: QTextCursor, clash: Clash) -> None:
        """Show the sides beside one another, what only one of them has marked."""
        self._title(cursor, f"{clash.title}：几个人改得不一样，都会保留")
        words = [_cut(side.text) for side in clash.sides]
        spans = differences(words)
        form = QTextTableFormat()
        form.setBorder(1)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QColor(self._theme.line))
        form.setBorderCollapse(True)
        form.setCellPadding(_GAP // 2)
        form.setCellSpacing(0)
        form.setTopMargin(_GAP // 2)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, 100 / _BESIDE)] * _BESIDE)
        table = cursor.insertTable(-(-len(words) // _BESIDE), _BESIDE, form)
        for number, side in enumerate(clash.sides):
            cell = table.cellAt(number // _BESIDE, number % _BESIDE).firstCursorPosition()
            shown = "，先显示这个" if number == 0 else ""
            self._write(cell, f"{side.author}（{self._time(side.at)}{shown}）", self._theme.accent, first=True)
            self._write(cell, words[number], self._theme.ink, spans=spans[number])
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _time(self, at: datetime) -> str:
        return local_time_text(at, self._now)

    def _title(self, cursor: QTextCursor, words: str) -> None:
        self._write(cursor, words, self._theme.muted, gap=_GAP)

    def _write(
        self,
        cursor: QTextCursor,
        words: str,
        ink: str,
        font: QFont | None = None,
        *,
        spans: tuple[Span, ...] = (),
        gap: int = 0,
        first: bool = False,
    ) -> None:
        """Begin a paragraph with these words."""
        block = QTextBlockFormat()
        block.setTopMargin(gap)
        letters = self._letters(ink, font)
        if not first:
            cursor.insertBlock(block, letters)
        insert_words(cursor, words, letters, self._theme, spans)

    def _append(self, cursor: QTextCursor, words: str, ink: str, spans: tuple[Span, ...]) -> None:
        """Go on in the paragraph."""
        insert_words(cursor, words, self._letters(ink), self._theme, spans)

    def _letters(self, ink: str, font: QFont | None = None) -> QTextCharFormat:
        letters = QTextCharFormat()
        letters.setFont(font or self._plain)
        letters.setForeground(QColor(ink))
        return letters


def _cut(words: str) -> str:
    """Return words with their end told by its length where there are too many; what stands for none where there are."""
    if len(words) > LONGEST:
        return f"{words[:LONGEST]}……（共 {len(words)} 字）"
    return words or _NOTHING
