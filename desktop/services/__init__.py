"""What a user does: commands and questions, without Qt and without SQL."""
