"""Pages of big days."""
