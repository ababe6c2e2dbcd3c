"""What the team's own history says: what may be let go, and what a draft would have changed."""
