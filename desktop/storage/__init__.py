"""The library file: everything the user made, in one SQLite file. Tables never leave this package."""
