"""How rows are painted: from what a model gives, and from nothing else."""
