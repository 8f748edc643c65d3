"""What is told after an import: everything in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

_LISTED = 5
"""So many files are named one by one; the others are counted."""


@dataclass
class ImportReport:
    """What became of the files: words about each that was taken, or was known; why others could not be read.

    `left` counts those the user did not want after all. `remarks` are (file, sentences about its reading).
    """

    taken: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left: int = 0
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def text(self) -> str:
        """Return the message, "" where there is nothing to tell."""
        several = len(self.taken) + len(self.known) + len(self.refused) + self.left > 1
        return self._of_several() if several else self._of_one()

    def _of_one(self) -> str:
        words = "".join((*self.taken, *self.known, *self.refused))
        return f"{words}。{self.remarks[0][1]}" if self.remarks else words

    def _of_several(self) -> str:
        counted = (
            (len(self.taken), "个文件已导入"),
            (len(self.known), "个已在文库中"),
            (self.left, "个没有导入"),
            (len(self.refused), "个没有读成"),
        )
        words = "，".join(f"{number} {what}" for number, what in counted if number)
        if self.refused:
            words += f"：{listed(self.refused)}"
        if self.remarks:
            words += f"。{listed([f'{name}：{remark}' for name, remark in self.remarks])}"
        return f"{words}。" if self.refused or self.remarks else words


def listed(words: Sequence[str]) -> str:
    """Return sentences in one line: some of them, and how many more there are."""
    rest = len(words) - _LISTED
    return "；".join(word.rstrip("。") for word in words[:_LISTED]) + (f"；另有 {rest} 个" if rest > 0 else "")
