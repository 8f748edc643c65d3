"""What can be done to marks that are there, wherever the user pointed at them: in the text or in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QGuiApplication

from desktop.model.mark import Mark, MarkKind, Passage
from desktop.model.span import Span
from desktop.services.marking import RemoveMarks, recolour, set_private
from desktop.services.reading import plain, trimmed
from desktop.ui.session import Session

NOT_FOUND = "正文里没有找到这条标注的原文"


class MarkEdits:
    """Changes marks of the text in view, named by their ids, and says what was done; ids of no mark are left out.

    The changes return whether there was something to change and it could be stored.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def marks(self, mark_ids: Iterable[str]) -> list[Mark]:
        """Return the marks with these ids, in that order."""
        return [mark for mark in map(self._session.mark, mark_ids) if mark is not None]

    def recolour(self, mark_ids: Iterable[str], pen: int) -> bool:
        """Give marks on words a pen; marks on clauses have no colour and are left alone."""
        marks, name = self.marks(mark_ids), self._session.pen_name(pen)
        coloured = [mark for mark in marks if isinstance(mark.place, Passage)]
        if not coloured:
            if marks:
                self._session.said.emit("整条上的标注没有颜色：先选中文字，再按 1–5 标色")
            return False
        if all(mark.pen == pen and mark.kind is not MarkKind.NOTE for mark in coloured):
            self._session.said.emit(f"这里已是“{name}”，按 Del 可删除")
            return False
        return self._session.run(recolour(coloured, pen, name))

    def toggle_private(self, mark_ids: Iterable[str]) -> bool:
        """Make marks private, or shared again where all of them are private."""
        marks = self.marks(mark_ids)
        private = not all(mark.private for mark in marks)
        if not marks or not self._session.run(set_private(marks, private=private)):
            return False
        self._session.said.emit("已设为私人：会议、导出中都不出现" if private else "已取消私人")
        return True

    def remove(self, mark_ids: Iterable[str]) -> bool:
        """Remove marks."""
        marks = self.marks(mark_ids)
        if not marks or not self._session.run(RemoveMarks(tuple(mark.id for mark in marks))):
            return False
        count = f" {len(marks)} 处" if len(marks) > 1 else ""
        self._session.said.emit(f"已删除{count}标注，按 Ctrl+Z 撤销")
        return True

    def copy(self, spans: Sequence[Span], *, cited: bool) -> None:
        """Put the words at `spans` (code points) into the clipboard; `cited`, with their document and address."""
        reading = self._session.reading
        if reading is None or not spans:
            return
        if cited:
            words = [reading.quotation(trimmed(reading.text, span)) for span in spans]
        else:
            words = [plain(span.of(reading.text)) for span in spans]
        QGuiApplication.clipboard().setText("\n".join(words))
        self._session.said.emit("已复制，并注明出处" if cited else "已复制")
