"""Every write of purpose."""
