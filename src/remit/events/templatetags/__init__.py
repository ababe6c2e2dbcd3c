"""Tags of big days."""
