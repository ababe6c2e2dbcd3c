"""Everything that is done with big days."""
