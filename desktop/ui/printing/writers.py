"""The writers that need Qt, for whoever hands them in; nothing of Qt is loaded before one of them is called."""

from __future__ import annotations

from types import MappingProxyType

from desktop.exchange.formats import Writers
from desktop.exchange.watch import Watch
from desktop.model.export import Options
from desktop.model.report import Report


def _write_pdf(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.ui.printing.pdf import write_pdf

    return write_pdf(report, options, watch)


WRITERS: Writers = MappingProxyType({".pdf": _write_pdf})
"""By the key of their form."""
