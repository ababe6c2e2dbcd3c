"""Pages of the people: thin doors, one action or query each."""
