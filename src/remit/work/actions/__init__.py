"""Every write of work."""
