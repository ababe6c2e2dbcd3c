"""What pages of procedures show."""
