"""How the program looks: colours, faces, sizes, in light and in dark."""
