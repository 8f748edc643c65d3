"""The texts of other libraries that merged marks were made on, and the editions that stand for them here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from datetime import datetime
from uuid import UUID, uuid5

from desktop.model.origin import Origin, ToldClause
from desktop.storage.database import Database, Row
from desktop.storage.encoding import json_text, time_text
from desktop.storage.operations import OperationStore
from desktop.storage.tables import Origins
from desktop.text.blanks import one_line
from desktop.text.folding import fold

WITHOUT_TEXT = "还没有正文"
"""What the edition is called that stands for texts which are not in the library."""
_STAND_INS = UUID("8d1c6a0e-52f4-4f0e-9f6e-0b1c7a3d5e21")
"""The name space of their ids."""
_EDITION = 7
"""The column of the edition that stands for an origin."""
NO_FORMAT = ""
"""The format of such an edition; that of every other is a suffix."""


class OriginStore:
    """All origins, with the editions that stand for them here.

    Which these are is worked out from the texts that are here; an operation says only that it changed.
    """

    subject = "origin"

    def __init__(self, database: Database, operations: OperationStore) -> None:
        self._database = database
        self._operations = operations

    def all(self) -> dict[Origin, str]:
        """Return the origins by their ids, each with the id of the edition that stands for it here."""
        rows = self._database.rows(Origins.select().order_by(Origins.id))
        return {_origin(row): str(row[_EDITION]) for row in rows}

    def put(self, origin: Origin, edition_id: str) -> None:
        """Keep an origin, with the clauses known of it before, and the edition that stands for it from now on."""
        rows = self._database.rows(Origins.select().where(Origins.id == origin.id))
        told = {clause for row in rows for clause in _origin(row).clauses}.union(origin.clauses)
        values = (
            origin.id,
            origin.document_id,
            origin.title,
            origin.name,
            origin.sha256,
            origin.text_sha256,
            origin.length,
            edition_id,
            json_text(tuple(sorted(told, key=astuple))),
        )
        with self._database.transaction():
            if list(map(tuple, rows)) != [values]:
                self._database.sql("INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
                self._operations.append(self.subject, origin.id, "", json_text(edition_id))

    def stand_in(self, origin: Origin, at: datetime) -> tuple[str, str]:
        """Return document and edition without a text, for marks whose text is not in the library; made where missing.

        All origins of one title share them: colleagues have the same text under ids of their own. They are in no
        operation, and gone once no mark stands on them (`tidy`).
        """
        title = fold(one_line(origin.title))
        document, edition = (str(uuid5(_STAND_INS, f"{kind}:{title}")) for kind in ("document", "edition"))
        time = time_text(at)
        with self._database.transaction():
            self._database.sql(
                "INSERT INTO documents (id, title, created) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET removed = 0",
                (document, origin.title, time),
            )
            self._database.sql(
                "INSERT INTO editions (id, document_id, name, format, source_name, sha256, length, imported)"
                " VALUES (?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (id) DO NOTHING",
                (edition, document, WITHOUT_TEXT, NO_FORMAT, WITHOUT_TEXT, hashlib.sha256(b"").hexdigest(), time),
            )
            self._database.sql(
                "INSERT INTO texts (edition_id, text, original) VALUES (?, '', ?) ON CONFLICT (edition_id) DO NOTHING",
                (edition, b""),
            )
        return document, edition

    def tidy(self) -> list[str]:
        """Remove the documents without a text on which no mark stands any more, and return their ids."""
        rows = self._database.sql(
            "UPDATE documents SET removed = 1 WHERE removed = 0"
            " AND EXISTS (SELECT 1 FROM editions WHERE document_id = documents.id AND format = '')"
            " AND NOT EXISTS (SELECT 1 FROM editions WHERE document_id = documents.id AND format <> '')"
            " AND NOT EXISTS (SELECT 1 FROM marks WHERE document_id = documents.id AND removed = 0)"
            " RETURNING id"
        )
        return [str(row[0]) for row in rows]


def _origin(row: Row) -> Origin:
    identity, document_id, title, name, sha256, text_sha256, length, _, clauses = row
    told = tuple(
        ToldClause(one["start"], one["end"], tuple(one["path"]), one["words"], one["alike"])
        for one in json.loads(clauses)
    )
    return Origin(identity, document_id, title, name, sha256, text_sha256, length, told)
