"""Looks a whole library over: whether the file is sound, and what is in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop.model.errors import LibraryError
from desktop.storage.database import Database

_COUNTS = {
    "documents": "SELECT count(*) FROM documents WHERE removed = 0",
    "editions": "SELECT count(*) FROM editions",
    "marks": "SELECT count(*) FROM marks WHERE removed = 0",
    "removed_marks": "SELECT count(*) FROM marks WHERE removed = 1",
    "meetings": "SELECT count(*) FROM meetings WHERE removed = 0",
    "authors": "SELECT count(*) FROM authors",
    "devices": "SELECT count(*) FROM devices",
    "operations": "SELECT count(*) FROM operations",
}

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found. `counts` says how many there are of each kind, `problems` are sentences for the user."""

    counts: dict[str, int]
    problems: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check(database: Database) -> CheckReport:
    """Look over the file, the references between its rows, the texts, and the places of the marks."""
    problems: list[str] = []
    counts: dict[str, int] = {}
    try:
        problems += _file_problems(database)
        counts = {kind: int(database.sql(query)[0][0]) for kind, query in _COUNTS.items()}
        problems += _text_problems(database)
        problems += _mark_problems(database)
    except LibraryError as error:
        problems.append(str(error))
    return CheckReport(counts, tuple(problems))


def _file_problems(database: Database) -> list[str]:
    found = [str(row[0]) for row in database.sql(f"PRAGMA quick_check({_SHOWN:d})")]
    problems = [f"文库文件有损坏（{line}）；请用备份文件夹中最近的文库代替它。" for line in found if line != "ok"]
    for table, _row, parent, _key in database.sql("PRAGMA foreign_key_check")[:_SHOWN]:
        problems.append(f"“{table}”中有一条记录所属的“{parent}”不存在；请用备份文件夹中最近的文库代替它。")
    return problems


def _text_problems(database: Database) -> list[str]:
    problems = []
    for edition_id, name, sha256, length in database.sql(
        "SELECT id, source_name, sha256, length FROM editions ORDER BY imported, id"
    ):
        rows = database.sql("SELECT text, original FROM texts WHERE edition_id = ?", (edition_id,))
        if not rows:
            problems.append(f"“{name}”的正文不见了；请用备份文件夹中最近的文库代替它。")
        elif len(rows[0][0]) != length or hashlib.sha256(rows[0][1]).hexdigest() != sha256:
            problems.append(f"“{name}”的正文与导入时不同；请用备份文件夹中最近的文库代替它。")
    return problems


def _mark_problems(database: Database) -> list[str]:
    beyond = database.sql(
        "SELECT marks.id FROM marks JOIN editions ON editions.id = marks.edition_id"
        " WHERE marks.end_offset > editions.length ORDER BY marks.id"
    )
    return [f"标注 {row[0]} 的位置超出了正文；标注的文字还在，可在批注栏中查看。" for row in beyond[:_SHOWN]]
