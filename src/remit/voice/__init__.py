"""What the team says: ideas with their answers and trials, thanks, and questions to the manager."""
