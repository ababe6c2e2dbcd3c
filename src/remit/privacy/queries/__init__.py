"""Reads about what is held, and how long."""
