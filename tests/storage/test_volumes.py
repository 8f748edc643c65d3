"""Network drives are told from local ones by the system's list of mounts."""

import sys
from pathlib import Path

import pytest

from desktop.storage.volumes import REMOTE_TYPES, is_remote, mounts_of_linux, mounts_of_macos, type_of

LINUX = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
server:/home /mnt/net nfs4 rw 0 0
//server/share /mnt/net\\040drive cifs rw 0 0
user@host:/ /mnt/net/local/ssh fuse.sshfs rw 0 0
/dev/sdb1 /mnt/net/local ext4 rw 0 0

"""

MACOS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//user@server/share on /Volumes/My Share (smbfs, nodev, nosuid, mounted by user)
/dev/disk5s1 on /Volumes/Stick (1) (msdos, local)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/library.yuece", "ext4"),
        ("/mnt/net/a/library.yuece", "nfs4"),
        ("/mnt/network/library.yuece", "ext4"),
        ("/mnt/net drive/library.yuece", "cifs"),
        ("/mnt/net/local/library.yuece", "ext4"),
        ("/mnt/net/local/ssh/b/library.yuece", "fuse.sshfs"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths of Linux")
def test_the_deepest_mount_above_a_file_counts(path, kind):
    assert type_of(Path(path), mounts_of_linux(LINUX)) == kind
    assert (kind in REMOTE_TYPES) == (kind != "ext4")


def test_the_list_of_macos_is_read():
    assert mounts_of_macos(MACOS) == {"/": "apfs", "/Volumes/My Share": "smbfs", "/Volumes/Stick (1)": "msdos"}


def test_no_mounts_no_type(tmp_path):
    assert type_of(tmp_path, {}) == ""


def test_the_folder_of_a_test_is_local(tmp_path):
    assert is_remote(tmp_path / "library.yuece") is False
