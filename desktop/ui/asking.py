"""Asking the user: the one place where a dialog is opened, so that a test can answer instead."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QWidget

Show = Callable[[QDialog], int]
"""Runs a dialog until it is answered and returns its result, as `QDialog.exec` does."""


_FILE_LABELS = {
    QFileDialog.DialogLabel.LookIn: "位置：",
    QFileDialog.DialogLabel.FileName: "文件名：",
    QFileDialog.DialogLabel.FileType: "类型：",
    QFileDialog.DialogLabel.Reject: "取消",
}


def _exec(dialog: QDialog) -> int:
    return dialog.exec()


class Asker:
    """Opens dialogs over a window. `show` runs each of them; a test hands in a function that fills it in."""

    def __init__(self, parent: QWidget | None, show: Show = _exec) -> None:
        self._parent = parent
        self._show = show

    def fill_in(self, dialog: QDialog) -> bool:
        """Run a dialog and say whether it was accepted."""
        try:
            return self._show(dialog) == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()

    def confirm(self, question: str, yes: str, *, detail: str = "") -> bool:
        """Ask a question that is answered by the button `yes` or by 取消 (the default)."""
        box = self._box(question, detail)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        self._run(box)
        return box.clickedButton() is accept

    def replaces(self, path: Path) -> bool | None:
        """Return whether a file that is to be written replaces one, which the user is asked; None where it must not.

        What can't be asked about will be told when it is written.
        """
        if not os.path.lexists(path) or path.is_dir():
            return False
        return self.confirm(f"{path.name} 已经有了，要替换它吗？", "替换", detail=str(path)) or None

    def over(self, parent: QWidget) -> Asker:
        """Return the same over another window, which is asking itself."""
        return Asker(parent, self._show)

    def choose(self, question: str, answers: Sequence[str], *, detail: str = "") -> int | None:
        """Ask a question with several answers and return the index of the chosen one; the last one is Esc's."""
        box = self._box(question, detail)
        buttons = [box.addButton(answer, QMessageBox.ButtonRole.AcceptRole) for answer in answers]
        box.setEscapeButton(buttons[-1])
        self._run(box)
        clicked = box.clickedButton()
        return next((index for index, button in enumerate(buttons) if button is clicked), None)

    def tell(self, text: str, *, detail: str = "") -> None:
        """Say something that must be read."""
        box = self._box(text, detail)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        self._run(box)

    def files_to_open(self, title: str, kinds: str, folder: Path) -> list[Path]:
        """Let the user pick files; none where the choice was left."""
        dialog = QFileDialog(self._parent, title, str(folder), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return self._picked(dialog)

    def folder_to_open(self, title: str, folder: Path) -> list[Path]:
        """Let the user pick a folder; none where the choice was left."""
        dialog = QFileDialog(self._parent, title, str(folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return self._picked(dialog)

    def file_to_save(self, title: str, kinds: str, suggested: Path) -> Path | None:
        """Let the user name a file to write; whether an existing one is replaced is left to ask."""
        dialog = QFileDialog(self._parent, title, str(suggested.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
        dialog.selectFile(suggested.name)
        return next(iter(self._picked(dialog)), None)

    def _picked(self, dialog: QFileDialog) -> list[Path]:
        for label, words in _FILE_LABELS.items():  # Qt's own Chinese lacks some of them
            dialog.setLabelText(label, words)
        accepted = self._show(dialog) == QDialog.DialogCode.Accepted
        files = [Path(name) for name in dialog.selectedFiles()] if accepted else []
        dialog.deleteLater()
        return files

    def _box(self, text: str, detail: str) -> QMessageBox:
        box = QMessageBox(QMessageBox.Icon.NoIcon, "阅策", text, parent=self._parent)
        box.setInformativeText(detail)
        # Titles and names of files may come from anybody: what looks like HTML must not load a picture.
        for label in box.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)
        return box

    def _run(self, box: QMessageBox) -> None:
        self._show(box)
        box.deleteLater()
