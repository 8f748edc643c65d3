"""Finding words: every place where they stand, none missed, none that isn't there."""
