"""A bundle (交换包): what one library hands over to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.model.author import Device
from desktop.model.operation import Operation
from desktop.model.origin import Origin


@dataclass(frozen=True, slots=True)
class Bundle:
    """All operations on shared marks, and on the meetings and authors these name, by their rank.

    `origins` are the texts the marks stand on, `devices` what they were made on. `author_id` says who made it, `at`
    when the latest of its operations was done (UTC; None where there is none), `program` the version of the program
    that wrote it.
    """

    author_id: str
    at: datetime | None
    program: str
    operations: tuple[Operation, ...]
    origins: tuple[Origin, ...]
    devices: tuple[Device, ...]
