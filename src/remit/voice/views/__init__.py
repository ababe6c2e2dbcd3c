"""Pages of ideas, trials, thanks and questions: thin doors."""
