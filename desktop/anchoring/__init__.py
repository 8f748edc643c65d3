"""Quotes and offsets: the words of a mark are found again in another text."""
