"""What merging a colleague's file would do: in numbers, mark by mark, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from desktop.services.merging import OUTCOME_TITLES, Line, MergePlan, Outcome
from desktop.services.telling import Telling, counted
from desktop.text.blanks import short_name
from desktop.ui.delegates.merge_delegate import MergeDelegate
from desktop.ui.models.merge_model import MergeModel
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import Theme
from desktop.ui.widgets.filter_chips import FilterChips, Offer
from desktop.ui.widgets.merge_details import MergeDetails
from desktop.ui.widgets.row_list import RowList

WIDTH, HEIGHT = 960, 520
_REMARKS = 3
"""So many remarks on the file are said; the others are counted."""


class MergeDialog(QDialog):
    """Lists the marks of a file with what becomes of each; 合并 accepts. Nothing is written here.

    `place` says which of several files it is.
    """

    def __init__(
        self, plan: MergePlan, telling: Telling, theme: Theme, parent: QWidget | None = None, place: str = ""
    ) -> None:
        super().__init__(parent)
        self._telling = telling
        self.setWindowTitle(f"合并“{short_name(plan.name)}”{place}")
        self.model = MergeModel(plan.lines, telling.names, self)
        self.summary = QLabel(_summary(plan))
        self.chips = FilterChips()
        self.list = RowList()
        self.details = MergeDetails(theme)
        self._build(theme)
        self.chips.set_offers(
            [Offer(outcome, OUTCOME_TITLES[outcome], count) for outcome, count in plan.counts.items() if count]
        )
        self.chips.changed.connect(self._filter)
        self.list.selectionModel().currentChanged.connect(self._open)
        self._filter()

    def _build(self, theme: Theme) -> None:
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        set_role(self.summary, Role.MUTED)
        self.list.setAccessibleName("交换包里的标注")
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.list.setModel(self.model)
        self.list.setItemDelegate(MergeDelegate(theme, self.list))
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.list, 9)
        body.addWidget(self.details, 11)
        cancel, merge = QPushButton("取消"), QPushButton("合并")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        merge.setDefault(True)
        merge.clicked.connect(self.accept)
        self.list.confirmed.connect(self.accept)  # else Return, which the list takes, would do nothing
        buttons = QHBoxLayout()
        buttons.addWidget(_hint("合并是一步，可以按 Ctrl+Z 撤销。"), 1)
        buttons.addWidget(cancel)
        buttons.addWidget(merge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self.summary)
        layout.addWidget(self.chips)
        layout.addLayout(body, 1)
        layout.addLayout(buttons)
        self.resize(WIDTH, HEIGHT)
        self.list.setFocus()

    def _filter(self) -> None:
        """Show the marks with the outcomes that are checked, and open the first of them."""
        self.model.show({Outcome(key) for key in self.chips.checked()})
        self.list.setCurrentIndex(self.model.index(0))
        self._open(self.list.currentIndex())

    def _open(self, current: QModelIndex, _previous: QModelIndex | None = None) -> None:
        if current.isValid():
            line: Line = self.model.line(current.row())
            self.details.show_line(line, self._telling.tell(line))
        else:
            self.details.clear()


def _hint(words: str) -> QLabel:
    label = QLabel(words)
    set_role(label, Role.MUTED)
    return label


def _summary(plan: MergePlan) -> str:
    return "\n".join(_sentences(plan))


def _sentences(plan: MergePlan) -> Iterator[str]:
    yield f"共 {len(plan.lines)} 处标注：{counted(plan)}。还没有写入文库。"
    yield from plan.remarks[:_REMARKS]
    if len(plan.remarks) > _REMARKS:
        yield f"另有 {len(plan.remarks) - _REMARKS} 处说明。"
