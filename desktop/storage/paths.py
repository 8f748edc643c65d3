"""Where the user's library and log lie, for window and command line alike."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

LIBRARY_SUFFIX = ".yuece"
"""How the name of a library file ends."""

# No author: on Windows it would put one more folder of the same name around ours. Not roaming: a library that is
# copied about by a domain while it is written to is how libraries are lost.
_DIRS = PlatformDirs("Yuece", appauthor=False, roaming=False)


def default_library_path() -> Path:
    """Return the path of the user's own library. Neither the file nor its folder need exist."""
    return _DIRS.user_data_path / f"library{LIBRARY_SUFFIX}"


def log_path() -> Path:
    """Return the path of the log. Its folder need not exist."""
    return _DIRS.user_log_path / "yuece.log"
