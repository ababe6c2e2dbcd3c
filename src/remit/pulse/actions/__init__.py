"""What is done about the pulse: one function for each write."""
