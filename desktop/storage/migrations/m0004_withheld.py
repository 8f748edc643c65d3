"""Version 4: what an operation says may be withheld by the colleague it comes from."""

from __future__ import annotations

from desktop.storage.migrations.migration import Migration

MIGRATION = Migration(
    version=4,
    # An older program would try to read the value of every operation.
    compatibility=4,
    statements=(
        "DROP TRIGGER operations_are_not_changed",
        # Once it is learned from somebody else what an operation says, it stays said.
        """
        CREATE TRIGGER operations_are_not_changed BEFORE UPDATE ON operations WHEN OLD.value <> ''
        BEGIN SELECT RAISE (ABORT, 'operations are append-only'); END
        """,
    ),
)
