"""The tables of letters behind a PDF file: only where they fit, and the file stays one."""

from __future__ import annotations

from desktop.ui.printing.searchable import made_searchable


def test_a_file_that_qt_did_not_write_stays_as_it_is():
    assert made_searchable(b"", []) == b""
    assert made_searchable(b"%PDF-1.4\n", []) == b"%PDF-1.4\n"
