"""The version of the schema, apart from its steps: a glance at a library needs no more of them."""

from typing import Final

SCHEMA_VERSION: Final = 5
"""The version that this program writes: that of the last migration."""
