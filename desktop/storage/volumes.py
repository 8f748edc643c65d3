"""Whether a path lies on a drive of another machine, where SQLite's write-ahead log would corrupt the library."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

REMOTE_TYPES = frozenset(
    {
        "9p",  # also the Windows drives inside WSL
        "afpfs",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "webdav",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
    }
)
"""Types of file systems whose memory can't be shared between the programs that use them."""


def is_remote(path: Path) -> bool:
    """Tell whether the file at `path`, which need not exist, lies on a network drive. When in doubt: no."""
    try:
        if sys.platform == "win32":
            return _is_remote_on_windows(path)
        if sys.platform == "darwin":
            listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5).stdout
            return type_of(path, mounts_of_macos(listing)) in REMOTE_TYPES
        listing = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        return type_of(path, mounts_of_linux(listing)) in REMOTE_TYPES
    except (OSError, subprocess.SubprocessError):
        return False


def mounts_of_linux(listing: str) -> dict[str, str]:
    """Return the type of the file system at each mount point, from the text of /proc/self/mounts."""
    fields = [line.split(" ") for line in listing.split("\n")]
    return {_unescaped(line[1]): line[2] for line in fields if len(line) > 2}


def mounts_of_macos(listing: str) -> dict[str, str]:
    """Return the type of the file system at each mount point, from what /sbin/mount prints."""
    found = re.finditer(r"^.+? on (/.*) \(([^,)]+)[^()]*\)$", listing, re.MULTILINE)
    return {match[1]: match[2] for match in found}


def type_of(path: Path, mounts: dict[str, str]) -> str:
    """Return the type of the file system that holds `path`: that of the deepest mount point above it."""
    real = PurePosixPath(path.resolve().as_posix())
    above = [point for point in mounts if real.is_relative_to(point)]
    return mounts[max(above, key=len)] if above else ""


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), field)


if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOTE = 4

    def _is_remote_on_windows(path: Path) -> bool:
        anchor = path.resolve().anchor
        return anchor.startswith("\\\\") or bool(ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE)
