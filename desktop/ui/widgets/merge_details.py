"""One mark of a file that is to be merged, opened: its place, what it was and what it will be."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.services.merging import OUTCOME_TITLES, Line, Outcome
from desktop.services.telling import Clash, Fact, Told
from desktop.text.times import local_time_text
from desktop.ui.theme.fonts import interface_font, text_font
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import Theme

LONGEST = 20_000
"""No field shows more letters; how many there are is told."""
_QUOTE_PIXELS = 14
_GAP = 10
_NOTHING = "（无）"


class MergeDetails(QTextEdit):
    """Words in several inks, put in as plain text: what colleagues wrote is never read as HTML."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
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
        now = datetime.now().astimezone()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        head = OUTCOME_TITLES[line.outcome]
        self._write(cursor, f"{head} · {told.author} · {local_time_text(told.at, now)}", self._theme.muted, first=True)
        self._write(cursor, told.place, self._theme.accent)
        self._show_words(cursor, told)
        for fact in told.facts:
            self._show_fact(cursor, fact, line.outcome)
        for clash in told.clashes:
            self._show_clash(cursor, clash, now)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _show_words(self, cursor: QTextCursor, told: Told) -> None:
        """Show the words the mark was made on, those it stands on here where they are others, and the verdict."""
        if told.stands_on and told.stands_on != told.made_on:
            self._title(cursor, "同事文件里的原文")
            self._write(cursor, told.made_on, self._theme.muted, self._quote)
            self._title(cursor, f"这里的原文（{told.verdict}）")
            self._write(cursor, told.stands_on, self._theme.ink, self._quote)
        else:
            self._title(cursor, f"原文（{told.verdict}）")
            self._write(cursor, told.made_on or _NOTHING, self._theme.ink, self._quote)

    def _show_fact(self, cursor: QTextCursor, fact: Fact, outcome: Outcome) -> None:
        self._title(cursor, fact.title)
        if fact.before is None or fact.before == fact.after:
            self._write(cursor, fact.after or _NOTHING, self._theme.ink)
            return
        self._write(cursor, f"原来：{fact.before or _NOTHING}", self._theme.muted)
        word = "删除后" if outcome is Outcome.REMOVED else "合并后"
        self._write(cursor, f"{word}：{fact.after or _NOTHING}", self._theme.ink)

    def _show_clash(self, cursor: QTextCursor, clash: Clash, now: datetime) -> None:
        self._title(cursor, f"{clash.title}：几个人改得不一样，都会保留")
        for number, side in enumerate(clash.sides):
            shown = "，先显示这个" if number == 0 else ""
            self._write(cursor, f"{side.author}（{local_time_text(side.at, now)}{shown}）", self._theme.accent)
            self._write(cursor, side.text, self._theme.ink)

    def _title(self, cursor: QTextCursor, words: str) -> None:
        self._write(cursor, words, self._theme.muted, gap=_GAP)

    def _write(
        self,
        cursor: QTextCursor,
        words: str,
        ink: str,
        font: QFont | None = None,
        *,
        gap: int = 0,
        first: bool = False,
    ) -> None:
        block, letters = QTextBlockFormat(), QTextCharFormat()
        block.setTopMargin(gap)
        letters.setFont(font or self._plain)
        letters.setForeground(QColor(ink))
        if not first:
            cursor.insertBlock(block, letters)
        if len(words) > LONGEST:
            words = f"{words[:LONGEST]}……（共 {len(words)} 字）"
        cursor.insertText(words, letters)
