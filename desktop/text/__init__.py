"""What holds for any text: folding, UTF-16 positions, sentences. Pure functions over strings."""
