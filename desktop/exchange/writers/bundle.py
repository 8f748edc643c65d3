"""Bundles: a bundle as the bytes of a file, the same bytes for the same bundle."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from desktop.exchange.archives import RATIO_LIMIT, SIZE_LIMIT
from desktop.exchange.bundle_form import (
    COMPATIBILITY,
    DEVICES,
    EDITIONS,
    FORMAT,
    LINES_LIMIT,
    MANIFEST,
    OPERATIONS,
    VERSION,
)
from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.bundle import Bundle
from desktop.model.errors import ExportError
from desktop.model.operation import Operation

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the first that a zip can tell."""


def write_bundle(bundle: Bundle, watch: Watch = UNWATCHED) -> bytes:
    """Return a bundle as a zip. Raises CancelledError, and ExportError where it would be larger than can be read."""
    members = {
        OPERATIONS: _lines(_operation(one) for one in watch.over(bundle.operations)),
        EDITIONS: _lines(
            {
                "id": one.id,
                "document_id": one.document_id,
                "title": one.title,
                "name": one.name,
                "sha256": one.sha256,
                "text_sha256": one.text_sha256,
                "length": one.length,
                "clauses": [
                    {
                        "start": clause.start,
                        "end": clause.end,
                        "path": clause.path,
                        "words": clause.words,
                        "alike": clause.alike,
                    }
                    for clause in one.clauses
                ],
            }
            for one in sorted(bundle.origins, key=lambda origin: origin.id)
        ),
        DEVICES: _lines(
            {"id": one.id, "name": one.name} for one in sorted(bundle.devices, key=lambda device: device.id)
        ),
    }
    size = sum(map(len, members.values()))
    if size > SIZE_LIMIT * 3 // 4 or len(bundle.operations) > LINES_LIMIT:
        raise ExportError("要交换的标注太多，一个交换包放不下：请把不用再交换的标注设为私人，再试一次。")
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "compatibility": COMPATIBILITY,
        "program": bundle.program,
        "author": bundle.author_id,
        "at": time_text(bundle.at) if bundle.at else None,
        "members": {
            name: {"sha256": sha256(data).hexdigest(), "bytes": len(data), "lines": data.count(b"\n")}
            for name, data in members.items()
        },
    }
    return _zipped({MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=1).encode(), **members})


def time_text(moment: datetime) -> str:
    """Return a moment as bundles write it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _operation(operation: Operation) -> dict[str, object]:
    """Return the line of an operation; what it says is left out where it is withheld."""
    line = {
        "id": operation.id,
        "clock": operation.clock,
        "author": operation.author_id,
        "device": operation.device_id,
        "at": time_text(operation.at),
        "subject": operation.subject,
        "record": operation.subject_id,
        "field": operation.field,
        "replaces": operation.replaces,
    }
    return line if operation.withheld else line | {"value": json.loads(operation.value)}


def _lines(rows: Iterable[dict[str, object]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()


def _zipped(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, data in members.items():
            info = ZipInfo(name, _NO_TIME)
            info.create_system = 3  # whatever the machine it was made on
            info.external_attr = 0o644 << 16
            # What shrinks beyond belief is taken for a bomb by whoever opens it.
            packs = len(zlib.compress(data)) * (RATIO_LIMIT // 2) > len(data)
            archive.writestr(info, data, ZIP_DEFLATED if packs else ZIP_STORED)
    return file.getvalue()
