"""Reads of work that join or count."""
