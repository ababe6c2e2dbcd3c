"""Tags of purpose."""
