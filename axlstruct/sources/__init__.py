"""The outside world becomes values here and nowhere else."""
