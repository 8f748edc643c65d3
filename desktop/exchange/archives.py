"""Zip archives that documents come in (.docx, .ofd), opened so that a hostile one costs neither memory nor disk."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile, ZipInfo

from desktop.model.errors import UnreadableFileError

SIZE_LIMIT = 64 * 1024 * 1024
"""How many bytes all members together may have when unpacked."""
RATIO_LIMIT = 100
"""How many times the size of the file its unpacked members may have."""
MEMBER_LIMIT = 2000
"""How many members an archive may have."""

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and new ones that are encrypted."""
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_XML_SUFFIXES = (".xml", ".rels")
_FAULTS = (BadZipFile, zlib.error, LZMAError, EOFError, OSError, struct.error, ValueError, NotImplementedError)


class Archive:
    """The members of one archive in memory; nothing is ever written to a disk.

    `kind` is what the user calls such a file ("Word 文档") and stands in the errors. Raises UnreadableFileError, here
    and when a member is read, for what is no archive, damaged, encrypted, larger than the limits or has unsafe names.
    `doubled` says that a name stands for more than one member: programs then differ in what they read.
    """

    def __init__(self, data: bytes, kind: str) -> None:
        self._kind = kind
        self._room = SIZE_LIMIT
        _refuse_compound_file(data, kind)
        with self._faults_told():
            self._zip = ZipFile(BytesIO(data))
        members = self._zip.infolist()
        self._refuse_unsafe(members)
        self._refuse_large(members, len(data))
        self.names = frozenset(member.filename for member in members if not member.is_dir())
        self.doubled = len({member.filename for member in members}) < len(members)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member, all of them counted against the limit while they are unpacked.

        Raises UnreadableFileError also for a member that is not there, and for an XML part with a DOCTYPE: no office
        program writes one, and entities could bring in other files or make text vanish.
        """
        if name not in self.names:
            raise UnreadableFileError(self._damaged())
        parts = []
        with self._faults_told(), self._zip.open(name) as member:
            while part := member.read(_CHUNK):
                self._room -= len(part)
                if self._room < 0:
                    raise UnreadableFileError(self._too_large())
                parts.append(part)
        data = b"".join(parts)
        if name.lower().endswith(_XML_SUFFIXES) and any(doctype in data for doctype in _DOCTYPES):
            raise UnreadableFileError(f"这个 {self._kind}里有不安全的内容（DOCTYPE），没有导入，请向提供文件的人核实。")
        return data

    def _refuse_unsafe(self, members: list[ZipInfo]) -> None:
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise UnreadableFileError(_encrypted(self._kind))
        if any(_leads_out(member.filename) for member in members):
            raise UnreadableFileError(f"这个 {self._kind}里有不安全的路径，没有导入，请向提供文件的人核实。")

    def _refuse_large(self, members: list[ZipInfo], packed: int) -> None:
        unpacked = sum(member.file_size for member in members)
        if unpacked > min(SIZE_LIMIT, packed * RATIO_LIMIT) or len(members) > MEMBER_LIMIT:
            raise UnreadableFileError(self._too_large())

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except _FAULTS as error:
            raise UnreadableFileError(self._damaged()) from error

    def _damaged(self) -> str:
        return f"这个文件不是完整的 {self._kind}，可能已损坏或没有下载完，请重新取得一份。"

    def _too_large(self) -> str:
        limit = SIZE_LIMIT // (1024 * 1024)
        return (
            f"这个 {self._kind}解开后过大（超过 {limit} MB 或压缩得不正常），没有导入，请拆成小一些的文件或去掉图片。"
        )


def check_archive(data: bytes, kind: str) -> None:
    """Read every member of an archive once, before it is handed to a library that unpacks it without any limit.

    Raises UnreadableFileError as `Archive` does.
    """
    archive = Archive(data, kind)
    for name in sorted(archive.names):
        archive.read(name)


def _refuse_compound_file(data: bytes, kind: str) -> None:
    if not data:
        raise UnreadableFileError("这个文件是空的，没有可以导入的文字。")
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED_PACKAGE in data:
            raise UnreadableFileError(_encrypted(kind))
        raise UnreadableFileError(f"这个文件其实是旧版 Word、WPS 文档，不是 {kind}：请把后缀改为 .doc 或 .wps 再导入。")


def _encrypted(kind: str) -> str:
    return f"这个 {kind}加了密码，请先用原来的程序打开它，去掉密码另存一份再导入。"


def _leads_out(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or (len(path) > 1 and path[1] == ":")
