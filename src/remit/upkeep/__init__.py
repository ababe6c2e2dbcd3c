"""Keeping Remit itself going: work that stands still, and who looks after it."""
