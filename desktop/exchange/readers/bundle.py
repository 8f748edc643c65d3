"""Bundles: read whole, everything looked over, before anybody uses a part of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, TypeVar

from desktop.exchange.archives import Archive
from desktop.exchange.bundle_form import (
    DEVICES,
    EDITIONS,
    FORMAT,
    HIGHEST_CLOCK,
    KIND,
    LINE_LIMIT,
    LINES_LIMIT,
    MANIFEST,
    MEMBERS,
    OLDEST,
    OPERATIONS,
    VERSION,
)
from desktop.exchange.files import LIBRARY_BEGINNING
from desktop.exchange.whole_bundle import refuse_partial
from desktop.model.author import Device
from desktop.model.bundle import Bundle
from desktop.model.decoding import decode, id_of, number_of, text_of, time_of, told_clause_of
from desktop.model.errors import UnreadableFileError
from desktop.model.limits import LONGEST_NAME, within_limits
from desktop.model.operation import Operation
from desktop.model.origin import MOST_CLAUSES, Origin

_NOT_A_BUNDLE = "这个文件不是交换包：请让同事在阅策里用“导出”另存一份交换包（.yuece）给你。"
_A_LIBRARY = "这个文件是整个文库，不是交换包：请在阅策里打开它，再导出交换包；文库本身不能合并。"
_DAMAGED = "这个交换包不完整或被改动过，请让同事重新导出一份。"
_UNSOUND = "这个交换包打不开：它不完整、过大，或有不安全的内容，请让同事重新导出一份。"
_OLDER = "这个交换包是旧版本的阅策导出的，请让同事更新阅策，重新导出一份。"
_NEWER = "这个交换包是更新版本的阅策导出的，请先更新阅策，再合并。"

_SHA256 = re.compile(r"[0-9a-f]{64}")
Json = Mapping[str, Any]
T = TypeVar("T")


def read_bundle(data: bytes) -> Bundle:
    """Return the bundle in the bytes of a file. Safe on any thread; nothing is written.

    Raises UnreadableFileError, in words, for what is no bundle, damaged, altered, from a newer or a much older program,
    larger than the limits, telling of another person what only they can tell, or not whole: operations that replace
    what isn't there, records without the one that added them, or a value that is withheld, and nothing in its place.
    """
    if data.startswith(LIBRARY_BEGINNING):
        raise UnreadableFileError(_A_LIBRARY)
    if not data.startswith(b"PK"):
        raise UnreadableFileError(_NOT_A_BUNDLE)
    try:
        archive = Archive(data, KIND)
    except UnreadableFileError as error:
        raise UnreadableFileError(_UNSOUND) from error
    if archive.doubled or MANIFEST not in archive.names:
        raise UnreadableFileError(_DAMAGED if archive.doubled else _NOT_A_BUNDLE)
    try:
        manifest = json.loads(_unpacked(archive, MANIFEST))
        _refuse_foreign(manifest)
        _refuse_further(archive.names)
        members = {name: _member(archive, manifest, name) for name in MEMBERS}
        bundle = Bundle(
            author_id=id_of(manifest["author"]),
            at=None if manifest["at"] is None else time_of(manifest["at"]),
            program=text_of(manifest["program"], LONGEST_NAME),
            operations=tuple(_rows(members[OPERATIONS], _operation)),
            origins=tuple(_rows(members[EDITIONS], _origin)),
            devices=tuple(_rows(members[DEVICES], _device)),
        )
        refuse_partial(bundle)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFileError(_DAMAGED) from error
    return bundle


def _refuse_foreign(manifest: Any) -> None:
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise UnreadableFileError(_NOT_A_BUNDLE)
    if number_of(manifest["compatibility"]) > VERSION:
        raise UnreadableFileError(_NEWER)
    if number_of(manifest["version"]) < OLDEST:
        raise UnreadableFileError(_OLDER)


def _refuse_further(names: frozenset[str]) -> None:
    if names != {MANIFEST, *MEMBERS}:
        raise ValueError("members that nobody vouches for")


def _unpacked(archive: Archive, name: str) -> bytes:
    try:
        return archive.read(name)
    except UnreadableFileError as error:
        raise UnreadableFileError(_UNSOUND) from error


def _member(archive: Archive, manifest: Json, name: str) -> bytes:
    data = _unpacked(archive, name)
    told = manifest["members"][name]
    if told != {"sha256": sha256(data).hexdigest(), "bytes": len(data), "lines": data.count(b"\n")}:
        raise ValueError(f"{name} is not what the manifest says")
    return data


def _rows(data: bytes, make: Callable[[Any], T]) -> Iterator[T]:
    lines = data.split(b"\n")
    if lines.pop() or len(lines) > LINES_LIMIT:
        raise ValueError("cut short, or too many lines")
    for line in lines:
        if len(line) > LINE_LIMIT:
            raise ValueError("a line that is too long")
        yield make(json.loads(line))


def _fields(row: Any, names: frozenset[str], optional: frozenset[str] = frozenset()) -> Json:
    if not isinstance(row, dict) or not names - optional <= row.keys() <= names:
        raise ValueError("fields that are missing or unknown")
    return row


_OPERATION_FIELDS = frozenset(
    {"id", "clock", "author", "device", "at", "subject", "record", "field", "value", "replaces"}
)
_WITHHELD = frozenset({"value"})
_ORIGIN_FIELDS = frozenset({"id", "document_id", "title", "name", "sha256", "text_sha256", "length", "clauses"})
_CLAUSES = frozenset({"clauses"})
"""What bundles before version 3 don't tell."""


def _operation(row: Any) -> Operation:
    row = _fields(row, _OPERATION_FIELDS, _WITHHELD)
    operation = Operation(
        id=id_of(row["id"]),
        clock=number_of(row["clock"], HIGHEST_CLOCK),
        author_id=id_of(row["author"]),
        device_id=id_of(row["device"]),
        at=time_of(row["at"]),
        subject=text_of(row["subject"], LONGEST_NAME),
        subject_id=id_of(row["record"]),
        field=text_of(row["field"], LONGEST_NAME),
        value=json.dumps(row["value"], ensure_ascii=False, separators=(",", ":")) if "value" in row else "",
        replaces=None if row["replaces"] is None else id_of(row["replaces"]),
    )
    if operation.withheld:
        return operation
    if not within_limits(row["value"], operation.field):
        raise ValueError("more than anybody writes")
    value = decode(operation.subject, operation.field, operation.value)
    if not operation.field and value["id"] != operation.subject_id:
        raise ValueError("a record with another id than its own")
    return operation


def _origin(row: Any) -> Origin:
    row = _fields(row, _ORIGIN_FIELDS, _CLAUSES)
    clauses = row.get("clauses", [])
    if not isinstance(clauses, list) or len(clauses) > MOST_CLAUSES or not all(map(within_limits, clauses)):
        raise ValueError("not a list of clauses, or a longer one than anybody writes")
    return Origin(
        id=id_of(row["id"]),
        document_id=id_of(row["document_id"]),
        title=text_of(row["title"], LONGEST_NAME),
        name=text_of(row["name"], LONGEST_NAME),
        sha256=_hash(row["sha256"]),
        text_sha256=_hash(row["text_sha256"]),
        length=number_of(row["length"]),
        clauses=tuple(map(told_clause_of, clauses)),
    )


def _hash(value: Any) -> str:
    if value != "" and not _SHA256.fullmatch(text_of(value, LONGEST_NAME)):
        raise ValueError("not a hash")
    return str(value)


def _device(row: Any) -> Device:
    row = _fields(row, frozenset({"id", "name"}))
    return Device(id_of(row["id"]), text_of(row["name"], LONGEST_NAME))
