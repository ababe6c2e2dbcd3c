"""What a history proves: bounds, and what can be let go."""
