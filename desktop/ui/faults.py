"""What happens when the program itself errs: a line in the log, a word to the user, and on it goes."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_SIZE = 1_000_000
_KEPT = 3

_log = logging.getLogger("desktop")


def start_log(path: Path) -> None:
    """Write warnings and errors to a file that never grows beyond a few megabytes; without one, to stderr."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def catch(tell: Callable[[str], object], log_path: Path) -> None:
    """Log every exception nobody caught, slots and threads included, and tell the user in one sentence."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        _log.critical("uncaught exception", exc_info=(kind, error, traceback))
        try:
            tell(f"程序出了一个错，这一步没有做完，已做的标注都还在。详情记在 {log_path}。")
        except RuntimeError:
            _log.exception("the window is gone")

    sys.excepthook = hook
    threading.excepthook = lambda args: _log.critical(
        "uncaught exception in a thread",
        exc_info=(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback),
    )
