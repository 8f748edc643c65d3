"""Paper: a report set like an official document with its notes in the margin, as PDF, on a printer, on the screen."""
