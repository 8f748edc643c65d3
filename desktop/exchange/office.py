"""Old office formats (.doc, .wps, .rtf), turned into .docx by LibreOffice where that is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.exchange.files import read_bytes
from desktop.model.errors import CancelledError, UnreadableFileError

TIME_LIMIT = 120.0
"""How many seconds LibreOffice may take; its first start on a slow machine takes some twenty."""

_LOOK = 0.05
_COMMANDS = ("soffice", "libreoffice")
_PLACES = {
    "win32": (r"{ProgramFiles}\LibreOffice\program", r"{ProgramFiles(x86)}\LibreOffice\program"),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS", "{HOME}/Applications/LibreOffice.app/Contents/MacOS"),
    "linux": (
        "/usr/lib/libreoffice/program",
        "/usr/lib64/libreoffice/program",
        "/opt/libreoffice*/program",
        "/snap/bin",
    ),
}
_ZIP = b"PK\x03\x04"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    _COMPOUND_FILE,
    _ZIP,
    b"{\\rtf",
    b"<",
    b"\xef\xbb\xbf<",
    b"MIME-Version",
    b"\xdb\xa5-\0",
    b"\x31\xbe\0\0",
)
"""How such files begin: compound files, .docx under an old name, RTF, Word's web pages, Word 2 and Write."""
_WORD_STREAM, _WORD_MAGIC, _WORD_FLAGS, _WORD_ENCRYPTED = 512, b"\xec\xa5", 11, 0x01

# The profile is new each time, so these hold whatever the user has set: no macros, nothing fetched from elsewhere.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)

_NO_OFFICE = (
    "读取 {suffix} 文件要用 LibreOffice，这台电脑上没有找到它：请安装 LibreOffice，"
    "或用 Word、WPS 打开这个文件，另存为 .docx 再导入。"
)
_EMPTY = "这个文件是空的，没有可以导入的文字。"
_OTHER = "这个文件其实不是 {suffix} 文档，请检查它的来源，或用原来的程序打开后另存为 .docx 再导入。"
_LOCKED = "这个文件加了密码，请先用 Word 或 WPS 打开它，去掉密码另存一份再导入。"
_FAILED = "LibreOffice 没能打开这个文件，它可能已损坏或加了密码，请用 Word 或 WPS 打开它，另存为 .docx 再导入。"
_TOO_SLOW = "LibreOffice 用了 {seconds} 秒还没有转换完，请用 Word 或 WPS 打开这个文件，另存为 .docx 再导入。"


def _never() -> bool:
    return False


def find_office() -> Path | None:
    """Return LibreOffice's program, or None where there is none: on the path, else where it is usually installed."""
    for command in _COMMANDS:
        found = shutil.which(command)
        if found:
            return Path(found)
    return next((program for program in _usual_programs() if program.is_file()), None)


def _usual_programs() -> Iterator[Path]:
    system = sys.platform if sys.platform in _PLACES else "linux"
    name = "soffice.exe" if system == "win32" else "soffice"
    for place in _PLACES[system]:
        with suppress(KeyError):  # a folder this system does not have
            folder = Path(place.format_map(os.environ))
            yield from sorted(Path(folder.anchor).glob(str((folder / name).relative_to(folder.anchor))))
            yield folder / "libreoffice"


def to_docx(
    data: bytes,
    suffix: str,
    *,
    cancelled: Callable[[], bool] = _never,
    seconds: float = TIME_LIMIT,
    office: Path | None = None,
) -> bytes:
    """Return the bytes of a .docx with the content of an old office file; `suffix` is its own, with the dot.

    A .docx that merely has an old suffix is returned as it is. `cancelled` is asked many times a second. Raises
    CancelledError, and UnreadableFileError for what is no such file, locked with a password, can't be converted, or
    takes longer than `seconds`; also where LibreOffice (`office`, else the one found) is not installed.
    """
    _refuse(data, suffix)
    if data.startswith(_ZIP):
        return data
    program = office or find_office()
    if program is None:
        raise UnreadableFileError(_NO_OFFICE.format(suffix=suffix))
    with TemporaryDirectory(prefix="yuece-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        _run(_command(program, folder, source), cancelled, seconds)
        result = folder / "out" / "source.docx"
        if not result.is_file():
            raise UnreadableFileError(_FAILED)
        return read_bytes(result)


def _refuse(data: bytes, suffix: str) -> None:
    """Refuse what LibreOffice would take for a text: it opens anything."""
    if not data:
        raise UnreadableFileError(_EMPTY)
    if not data.lstrip(b" \t\r\n").startswith(_BEGINNINGS):
        raise UnreadableFileError(_OTHER.format(suffix=suffix))
    header = data[_WORD_STREAM : _WORD_STREAM + _WORD_FLAGS + 1]
    if data.startswith(_COMPOUND_FILE) and header.startswith(_WORD_MAGIC) and header[-1] & _WORD_ENCRYPTED:
        raise UnreadableFileError(_LOCKED)


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n',
        "utf-8",
    )


def _command(program: Path, folder: Path, source: Path) -> list[str]:
    return [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)),
    ]


def _run(command: list[str], cancelled: Callable[[], bool], seconds: float) -> None:
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 - the program that was found, the file in a folder of ours
            command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, env=_environment()
        )
    except OSError as error:
        raise UnreadableFileError(_FAILED) from error
    end = time.monotonic() + seconds
    try:
        while process.poll() is None:
            if cancelled():
                raise CancelledError("已取消导入。")
            if time.monotonic() > end:
                raise UnreadableFileError(_TOO_SLOW.format(seconds=round(seconds)))
            time.sleep(_LOOK)
    finally:
        _end(process)


def _environment() -> dict[str, str]:
    """Return the environment as it was before the packaged program put its own libraries first."""
    environment = dict(os.environ)
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = environment.pop(f"{name}_ORIG", None)
        if before is not None:
            environment[name] = before
        elif getattr(sys, "frozen", False):
            environment.pop(name, None)
    return environment


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program together with the one it started: soffice is only a starter."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(tree, capture_output=True, check=False)  # noqa: S603
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
