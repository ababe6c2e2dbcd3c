"""What pages show of ideas, trials, thanks and questions."""
