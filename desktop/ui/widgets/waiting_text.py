"""What stands in the place of a text that is not in the library yet, while colleagues' marks on it are."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.widgets.empty_state import EmptyState

WAITING = "还没有正文"
HOW_TO_GO_ON = "导入原文，标注就会落到原处。"
IMPORT = "导入原文…"


class WaitingText(EmptyState):
    """Lies over the view of the text: what is missing, how many marks wait for it, and a button that imports it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__("", IMPORT, view)
        layout = QVBoxLayout(view)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self)
        self.hide()

    def show_waiting(self, title: str, marks: int) -> None:
        """Say that a document has no text, and how many marks wait for it."""
        self.set_text(f"{WAITING}\n\n《{title}》还没有导入这个文库，同事的 {marks} 处标注在等它。\n{HOW_TO_GO_ON}")
        self.show()
