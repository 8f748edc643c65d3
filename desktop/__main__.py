"""python -m desktop: the window, or with a subcommand the same services without one."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the arguments of the process and return its exit status."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    if len(sys.argv) == 1:
        from desktop import app

        return app.main()
    from desktop import cli

    wanted = cli.main(sys.argv[1:])
    if isinstance(wanted, int):
        return wanted
    from desktop import app

    return app.main(library=wanted.library, selfcheck=wanted.selfcheck)


if __name__ == "__main__":
    sys.exit(main())
