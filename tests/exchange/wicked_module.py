"""A reader whose module ends the new process while that is still looking for it."""

from __future__ import annotations

import multiprocessing
import os

from desktop.model.source import Source

if multiprocessing.current_process().name != "MainProcess":
    os._exit(3)


def never_reached(data: bytes) -> Source:
    return Source(data.decode())
