"""Tags of work."""
