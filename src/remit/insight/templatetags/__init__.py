"""Filters of the pages of insight."""
