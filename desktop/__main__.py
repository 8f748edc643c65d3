"""python -m desktop: the window, or with a subcommand the same services without one."""

from __future__ import annotations

import sys
from pathlib import Path

_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> int:
    """Run the program with the arguments of the process and return its exit status."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    if len(sys.argv) == 1:
        return _open_window()
    from desktop import cli

    wanted = cli.main(sys.argv[1:])
    if isinstance(wanted, int):
        return wanted
    return _open_window(wanted.library, wanted.selfcheck)


def _open_window(library: Path | None = None, selfcheck: Path | None = None) -> int:
    import gc

    # What the start makes stays, the classes of Qt above all: to look through it for rubbish after every 700 objects,
    # as Python does unless told otherwise, takes 5 ms of the start and finds none.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from desktop import app

    return app.main(library=library, selfcheck=selfcheck)


if __name__ == "__main__":
    sys.exit(main())
