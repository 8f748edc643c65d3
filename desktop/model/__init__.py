"""What things are: frozen dataclasses on the standard library alone, shared by every layer above."""
