"""The pages of the desk: thin doors."""
