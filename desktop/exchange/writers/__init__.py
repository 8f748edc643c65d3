"""One module per format that a report is written in."""
