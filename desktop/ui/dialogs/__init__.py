"""Boxes over the text, and dialogs."""
