"""Every write of growth."""
