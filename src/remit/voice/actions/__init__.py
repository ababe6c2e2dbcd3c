"""Every write of ideas, trials, thanks and questions."""
