"""The columns beside the text: each panel shows what the session holds and speaks by signals."""
