"""What is always approved, from the team's own answers: looked at, tried, and what came of it."""
