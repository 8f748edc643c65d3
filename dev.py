"""Runs, tests, builds and measures 阅策; installs what is missing for that first (standard library only).

    python3 dev.py run [ARGS…]     the window, or with a subcommand the program without one (run --help)
    python3 dev.py test            every check: format, lint, types, layers, tests
    python3 dev.py test ARGS…      pytest alone, with these arguments (test tests/parsing, test -- -k undo)
    python3 dev.py build           the packaged program in dist/yuece, which needs no Python
    python3 dev.py bench [NAME…]   the measurements in tests/benchmarks, all or those named
        --large                    with the largest texts too, for as many minutes as that takes
        --peers                    beside other search engines, which are installed apart from .venv for it

On Linux the system libraries and the Chinese font that are missing are named in one apt-get line. It is run when you
are root, or with --yes through sudo. Everything else goes into .venv, which belongs to this script.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so here
    sys.exit(f"Yuece needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).")

import ctypes
import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed-by-dev.txt"
BENCHMARKS = ROOT / "tests" / "benchmarks"
BENCHMARK_OPTIONS = ("--large", "--peers")
PEERS = ROOT / "build" / "bench" / "peers"
PEERS_PYTHON = PEERS / PYTHON.relative_to(VENV)
# What the search is measured against. None of it is ever imported by the program or by a test.
PEERS_NEED = ["whoosh-reloaded==2.7.5", "tantivy>=0.22", "jieba==0.42.1", "numpy>=1.26"]

# Shared library -> its package on Debian 12 and 13 and on Ubuntu. Qt opens them while it runs: pip cannot bring them.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = QT_LIBRARIES | {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONT_PACKAGE = "fonts-noto-cjk"
UNFINISHED = "unfinished"


def main(arguments: list[str]) -> int:
    """Run one command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # a console that knows no Chinese
    commands = {"run": run, "test": test, "build": build, "bench": bench}
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    agreed = "--yes" in own
    arguments = [word for word in own if word != "--yes"] + arguments[len(own) :]
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments[:1] in ([], ["-h"], ["--help"]) else 2
    name, *rest = arguments
    if name != "run" and rest[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    try:
        return commands[name](rest[1:] if rest[:1] == ["--"] else rest, agreed)
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str], agreed: bool) -> int:
    """Start the program from its source."""
    provide(WINDOW_LIBRARIES, agreed)
    install()
    return start([PYTHON, "-m", "desktop", *arguments])


def test(arguments: list[str], agreed: bool) -> int:
    """Run every check to its end and say which failed; with arguments pytest alone."""
    provide(QT_LIBRARIES, agreed)
    install()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    checks: dict[str, list[str | Path]] = {
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "ruff check": [PYTHON, "-m", "ruff", "check", "."],
        "mypy": [PYTHON, "-m", "mypy", "--strict", "desktop", "dev.py"],
        "layers": [SCRIPTS / "lint-imports", "--no-logo"],
        "pytest": [PYTHON, "-m", "pytest", *arguments],
    }
    results = [check(name, checks[name]) for name in (["pytest"] if arguments else checks)]
    print("\n" + "\n".join(line for _, line in results))
    return max(status for status, _ in results)


def check(name: str, command: Sequence[str | Path]) -> tuple[int, str]:
    """Run one check; return 0 or 1 and its line of the summary."""
    print(f"\n── {name} ──", flush=True)
    began = time.monotonic()
    failed = start(command, ROOT) != 0
    return int(failed), f"{'FAILED' if failed else 'ok':7}{name:12}{time.monotonic() - began:6.1f} s"


def build(_arguments: list[str], agreed: bool) -> int:
    """Build the packaged program."""
    provide(WINDOW_LIBRARIES, agreed, packaging=True)  # the libraries go into the package
    install()
    status = start([PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "build.spec"], ROOT)
    if status == 0:
        folder = ROOT / "dist" / "yuece"
        size = sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file())
        print(f"built {folder} ({size / 1e6:.0f} MB)")
    return status


def bench(arguments: list[str], agreed: bool) -> int:
    """Run the measurements that are named, or all of them; each finds the options in its sys.argv."""
    options = [word for word in arguments if word in BENCHMARK_OPTIONS]
    names = [word for word in arguments if word not in options]
    known = {file.stem: file for file in sorted(BENCHMARKS.glob("*.py")) if "\ndef main(" in file.read_text("utf-8")}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are: {', '.join(known)}")
        return 2
    provide(QT_LIBRARIES, agreed)
    install()
    if "--peers" in options:
        install_peers()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    status = 0
    for name in names or known:
        print(f"\n── {name} ──", flush=True)
        status |= start([PYTHON, "-c", f"from tests.benchmarks import {name}; {name}.main()", *options], ROOT)
    return status


def start(command: Sequence[str | Path], folder: Path | None = None) -> int:
    """Run a command to its end in a folder (None: where we are) and return its exit status."""
    return subprocess.run(command, cwd=folder, check=False).returncode


# What the system must have


def provide(libraries: dict[str, str], agreed: bool, packaging: bool = False) -> None:
    """Install the system packages that are missing, or stop with the line that does."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(libraries, packaging)
    if not missing:
        return
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    print("Missing on this system. What installs it:\n\n    " + " ".join(line) + "\n", flush=True)
    if not shutil.which("apt-get"):
        sys.exit("There is no apt-get here: install the same with your system's own package manager.")
    root = os.geteuid() == 0
    if not root and not agreed:
        sys.exit("Run that line as root and start again; or let this script do it through sudo: --yes")
    first = ["env", "DEBIAN_FRONTEND=noninteractive"] if root else ["sudo", "env", "DEBIAN_FRONTEND=noninteractive"]
    said = None if sys.stdout.isatty() else subprocess.DEVNULL  # errors come on the other stream
    subprocess.run([*first, "apt-get", "update"], stdout=said, check=False)  # what is known already may do without
    if subprocess.run([*first, *line], stdout=said, check=False).returncode != 0:
        sys.exit("apt-get failed: see above.")
    missing = missing_packages(libraries, packaging)
    if missing:
        sys.exit(f"Installed, and still not found: {' '.join(missing)}")


def missing_packages(libraries: dict[str, str], packaging: bool) -> list[str]:
    """Name the packages of what is not there."""
    missing = [package for library, package in libraries.items() if not can_load(library)]
    if not has_chinese_font():
        missing.append(FONT_PACKAGE)
    if not shutil.which("uv") and not pip_version():
        missing.append("python3-pip")
    if packaging and not shutil.which("objcopy"):
        missing.append("binutils")
    if (
        packaging
        and sysconfig.get_config_var("Py_ENABLE_SHARED")
        and not can_load(sysconfig.get_config_var("INSTSONAME"))
    ):
        missing.append(f"libpython3.{sys.version_info.minor}")  # Debian keeps Python as a library apart
    return missing


def can_load(library: str) -> bool:
    """Tell whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Ask fontconfig, as Qt does: without a font for it Qt draws Chinese as boxes and says nothing."""
    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return False
    fontconfig.FcNameParse.restype = fontconfig.FcObjectSetCreate.restype = ctypes.c_void_p
    fontconfig.FcObjectSetAdd.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    fontconfig.FcFontList.argtypes = [ctypes.c_void_p] * 3
    fontconfig.FcFontList.restype = ctypes.POINTER(ctypes.c_int)  # a struct that begins with the number of fonts
    properties = fontconfig.FcObjectSetCreate()
    fontconfig.FcObjectSetAdd(properties, b"family")
    found = fontconfig.FcFontList(None, fontconfig.FcNameParse(b":lang=zh-cn"), properties)
    return bool(found) and found[0] > 0


# What Python must have


def install() -> None:
    """Make .venv what pyproject.toml asks for; do nothing when it is that already."""
    place = f"{sys.implementation.cache_tag} of {sys.base_prefix} for {ROOT}"
    needs = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    made_for, installed = STAMP.read_text("utf-8").splitlines() if STAMP.exists() else ["", UNFINISHED]
    if (made_for, installed) == (place, needs):
        return
    if Path(sys.prefix) == VENV:
        sys.exit("pyproject.toml has changed: start this script once with the Python outside of .venv.")
    if made_for != place or installed == UNFINISHED:  # new, moved, of another Python, or interrupted
        print("Installing into .venv: some 150 MB the first time, about a minute.", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir()
        STAMP.write_text(f"{place}\n{UNFINISHED}\n", "utf-8")
        make_environment(VENV)
    else:
        print("pyproject.toml has changed: installing into .venv.", flush=True)
    if not any(start([*installer, "--editable", ".[dev]"], ROOT) == 0 for installer in installers(PYTHON)):
        sys.exit("Could not install into .venv: see above.")
    STAMP.write_text(f"{place}\n{needs}\n", "utf-8")


def install_peers() -> None:
    """Make an environment of their own for what the search is measured against; do nothing when it is there."""
    stamp = PEERS / STAMP.name
    needs = "\n".join([sys.base_prefix, *PEERS_NEED])
    if stamp.exists() and stamp.read_text("utf-8") == needs:
        return
    print(f"Installing into {PEERS.relative_to(ROOT)}: {', '.join(PEERS_NEED)}", flush=True)
    shutil.rmtree(PEERS, ignore_errors=True)
    PEERS.parent.mkdir(parents=True, exist_ok=True)
    make_environment(PEERS)
    if not any(start([*installer, *PEERS_NEED], ROOT) == 0 for installer in installers(PEERS_PYTHON)):
        sys.exit("Could not install them: see above.")
    stamp.write_text(needs, "utf-8")


def make_environment(folder: Path) -> None:
    """Make an environment without pip, because a bare Debian has no ensurepip; pip refuses to install outside one."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)


def installers(python: Path) -> list[list[str]]:
    """List the ways to install for the Python of an environment, best first."""
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    ways = []
    uv = shutil.which("uv")
    if uv:
        ways.append([uv, "pip", "install", *quiet, "--python", str(python)])
    pip = ["-m", "pip", "--disable-pip-version-check"]
    options = ["install", *quiet, "--root-user-action=ignore"]
    if pip_version() >= (22, 3):
        ways.append([sys.executable, *pip, "--python", str(python), *options])
    elif not ways and start([python, "-m", "ensurepip"]) == 0:
        ways.append([str(python), *pip, "install", *quiet])
    return ways


def pip_version() -> tuple[int, ...]:
    """Tell the version of this Python's pip; empty when there is none."""
    try:
        return tuple(int(part) for part in importlib.metadata.version("pip").split(".")[:2])
    except importlib.metadata.PackageNotFoundError:
        return ()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
