"""The form of a bundle (.yuece): a zip of JSON lines with a manifest that vouches for them."""

from __future__ import annotations

from typing import Final

SUFFIX: Final = ".yuece"
FORMAT: Final = "yuece-bundle"
VERSION: Final = 4
"""Grows with every change of the form; `COMPATIBILITY` is the lowest version whose programs can read it."""
COMPATIBILITY: Final = 4
OLDEST: Final = 4
"""The lowest version that is still read; what was written before lacks what is asked of a bundle now."""
MANIFEST: Final = "manifest.json"
OPERATIONS: Final = "operations.jsonl"
EDITIONS: Final = "editions.jsonl"
DEVICES: Final = "devices.jsonl"
MEMBERS: Final = (OPERATIONS, EDITIONS, DEVICES)
"""What is in it besides the manifest, all of it UTF-8."""
KIND: Final = "交换包"
"""What the user calls such a file."""
HIGHEST_CLOCK: Final = 2**53
"""The greatest clock that can be told in JSON; what an operation may have is less (`model.operation`)."""
LINE_LIMIT: Final = 32 * 1024 * 1024
"""How many bytes a line may have: a mark with the most of everything (`model/limits.py`) has fewer."""
LINES_LIMIT: Final = 500_000
"""How many lines a member may have."""
