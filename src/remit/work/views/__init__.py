"""The pages of work: thin doors."""
