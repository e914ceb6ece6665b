"""What the design promises in figures, each measured beside its floor in the same run."""
