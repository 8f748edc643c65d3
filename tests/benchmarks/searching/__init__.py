"""What the measurements of the search are made with: corpora, queries and their truth, other engines, and ours."""
