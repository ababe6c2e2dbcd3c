"""What pages and other apps read of the pulse."""
