"""Decisions taken without asking, looked at by others afterwards: same, or different and why."""
