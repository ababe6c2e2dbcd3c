"""What is read of big days and joined or counted."""
