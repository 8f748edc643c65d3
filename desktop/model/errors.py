"""Errors a user is told about, as opposed to bugs, which are logged."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can understand and act on. The text is one clear sentence in Chinese, with what to do."""


class LibraryError(UserError):
    """The library file can't be used as asked: not a library, newer, locked, read-only, damaged, disk full."""


class LibraryLockedError(LibraryError):
    """Another window or command is writing to this library."""


class LibraryMissingError(LibraryError):
    """There is no library at this path."""


class NotALibraryError(LibraryError):
    """The file is something else, or its very beginning is damaged. It was left as it is."""


class LibraryNewerError(LibraryError):
    """The library was written by a newer version of the program, which this one can't read safely."""


class LibraryReadOnlyError(LibraryError):
    """The library, or the folder it lies in, can't be written to."""


class LibraryFullError(LibraryError):
    """There is no room left on the disk. What was being done was undone whole; the library can be used on."""


class LibraryDamagedError(LibraryError):
    """Parts of the library file can't be read."""


class UnreadableFileError(UserError):
    """A file can't be taken in: missing, a folder, empty, not text."""


class ExportError(UserError):
    """A file can't be written: no such folder, no permission, disk full, open in another program, already there."""


class CancelledError(UserError):
    """The user stopped what was being done. Nothing was changed."""
