"""What somebody's own work did this month, seen by nobody else."""
