"""Saved searches: naming one, and the list of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop.model.saved_search import SavedSearch
from desktop.ui.dialogs.form import FormDialog

_LONGEST_NAME = 40


class SearchDialog(FormDialog):
    """Asks under which name words are kept."""

    def __init__(self, title: str, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "保存", parent)
        self._name, self._words = QLineEdit(name), QLineEdit(words)
        self._name.setMaxLength(_LONGEST_NAME)
        self._name.setPlaceholderText("如：工信局")
        self._words.setPlaceholderText("如：制造业 OR 工业")
        self._words.setMinimumWidth(320)
        self.form.addRow("名称", self._name)
        self.form.addRow("要找的文字", self._words)
        self.add_hint("几个词之间空一格：都要有；写 OR：有一个就行；词前加 -：不要有。")
        self._name.selectAll()
        self._name.setFocus()

    def name(self) -> str:
        """Return the name without blanks around it."""
        return self._name.text().strip()

    def words(self) -> str:
        """Return the words to find."""
        return self._words.text().strip()

    def accept(self) -> None:
        """Accept a name and words that are not blank."""
        for line, what in ((self._name, "名称"), (self._words, "要找的文字")):
            if not line.text().strip():
                self.tell(f"请写上{what}。")
                line.setFocus()
                return
        super().accept()


class SavedSearchesDialog(QDialog):
    """Lists the saved searches; one can be searched for, changed and deleted.

    `change` and `remove` get a search and return the searches there are afterwards. `chosen` is the one to search for
    once the dialog was accepted.
    """

    def __init__(
        self,
        searches: Sequence[SavedSearch],
        change: Callable[[SavedSearch], Sequence[SavedSearch]],
        remove: Callable[[SavedSearch], Sequence[SavedSearch]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("保存的搜索")
        self.setMinimumWidth(460)
        self.chosen: SavedSearch | None = None
        self._change, self._remove = change, remove
        self._searches: tuple[SavedSearch, ...] = ()
        self.list = QListWidget()
        self.list.setMinimumHeight(220)
        self.search_button = self._button("搜索", self.accept)
        self.search_button.setDefault(True)
        self.change_button = self._button("修改…", lambda: self._apply(self._change))
        self.remove_button = self._button("删除", lambda: self._apply(self._remove))
        close = self._button("关闭", self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.change_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.search_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.list.itemActivated.connect(self.accept)
        self.list.currentRowChanged.connect(self._enable)
        self._show(searches)

    def accept(self) -> None:
        """Search for the chosen one."""
        self.chosen = self._current()
        if self.chosen is not None:
            super().accept()

    def _current(self) -> SavedSearch | None:
        row = self.list.currentRow()
        return self._searches[row] if row >= 0 else None

    def _apply(self, act: Callable[[SavedSearch], Sequence[SavedSearch]]) -> None:
        if (current := self._current()) is not None:
            self._show(act(current))

    def _show(self, searches: Sequence[SavedSearch]) -> None:
        row = max(0, self.list.currentRow())
        self._searches = tuple(searches)
        self.list.clear()
        for search in searches:
            self.list.addItem(f"{search.name}　{search.words}")
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._enable()

    def _enable(self) -> None:
        there = self.list.currentItem() is not None
        for button in (self.search_button, self.change_button, self.remove_button):
            button.setEnabled(there)

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: do())
        return button
