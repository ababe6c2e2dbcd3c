"""Every write of procedures."""
