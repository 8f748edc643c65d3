"""The form every change of the user's takes: a command that can be applied and reverted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from desktop.model.changes import Changes

if TYPE_CHECKING:
    from desktop.storage.library import Library


class Command(Protocol):
    """One step the user can take back.

    `label` names it in the user's language ("标为重点"). `apply` and `revert` run inside the caller's transaction and
    return the ids they touched; `apply` after `revert` restores the very same records.
    """

    @property
    def label(self) -> str:
        """What the step is called on the screen."""
        ...

    def apply(self, library: Library) -> Changes:
        """Make the change."""
        ...

    def revert(self, library: Library) -> Changes:
        """Take the change back."""
        ...


@dataclass(frozen=True)
class Together:
    """Several commands as one step; taken back in the opposite order."""

    label: str
    commands: tuple[Command, ...]

    def apply(self, library: Library) -> Changes:
        """Make all the changes, in order."""
        changes = Changes()
        for command in self.commands:
            changes |= command.apply(library)
        return changes

    def revert(self, library: Library) -> Changes:
        """Take all the changes back, the last first."""
        changes = Changes()
        for command in reversed(self.commands):
            changes |= command.revert(library)
        return changes


def perform(library: Library, command: Command) -> Changes:
    """Apply a command in a transaction of its own, as the command line does."""
    with library.transaction():
        return command.apply(library)


def new_id() -> str:
    """Return the id of a record made now."""
    return str(uuid4())


def now() -> datetime:
    """Return the time stored with a change made now: UTC, to the millisecond."""
    time = datetime.now(UTC)
    return time.replace(microsecond=time.microsecond // 1000 * 1000)
