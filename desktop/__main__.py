"""python -m desktop: the window, or with a subcommand the same services without one."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support


def main() -> int:
    """Run the program with the arguments of the process and return its exit status."""
    freeze_support()
    from desktop import cli

    status = cli.main(sys.argv[1:])
    if isinstance(status, int):
        return status
    from desktop import app

    return app.main(library=status.library, selfcheck=status.selfcheck)


if __name__ == "__main__":
    sys.exit(main())
