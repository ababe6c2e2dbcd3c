"""The pages of the pulse: thin doors."""
