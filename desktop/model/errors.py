"""Errors a user is told about, as opposed to bugs, which are logged."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can understand and act on. The text is one clear sentence in Chinese, with what to do."""


class LibraryError(UserError):
    """The library file can't be used as asked: not a library, newer, locked, read-only, damaged, disk full."""


class LibraryLockedError(LibraryError):
    """Another window or command is writing to this library."""


class UnreadableFileError(UserError):
    """A file can't be taken in: missing, a folder, empty, not text."""
