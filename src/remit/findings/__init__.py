"""What the nightly look found, and what became of it."""
