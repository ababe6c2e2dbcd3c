"""What is typed about ideas, trials, thanks and questions."""
