"""One module per format that a document is read from."""
