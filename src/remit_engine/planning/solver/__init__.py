"""Plans by constraint programming, with OR-Tools CP-SAT. The only part that needs the extra `planning`."""
