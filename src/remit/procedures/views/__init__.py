"""Pages of procedures: thin doors."""
