"""How much a user can write: asked where it comes in, and again of whatever comes from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

LONGEST_WORDS: Final = 1_000_000
"""How many code points a note, a quote or all tags of a mark may have."""
LONGEST_NAME: Final = 10_000
"""How many code points a name or a title may have."""
MOST_PARTS: Final = 1_000
"""How many tags a mark may have, and labels the path to a clause."""
FURTHEST: Final = 2**40
"""The greatest offset in a text."""
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199
"""In which years something can have been done. Of other years not every system can tell the time on the wall."""


def within_limits(value: Any, field: str = "") -> bool:
    """Whether words, a list of words, and all in a record of these, as JSON has them, can be kept and handed over.

    What a field `name` has can be nothing but a name: of blanks alone is none.
    """
    if field == "name":
        return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST_NAME
    if isinstance(value, str):
        return len(value) <= LONGEST_WORDS
    if isinstance(value, (list, tuple)):
        words = sum(len(part) for part in value if isinstance(part, str))
        return len(value) <= MOST_PARTS and words <= LONGEST_WORDS and all(map(within_limits, value))
    return not isinstance(value, Mapping) or all(within_limits(part, name) for name, part in value.items())
