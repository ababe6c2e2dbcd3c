"""What can be let go, with a guarantee."""
