"""Reads of the reviews."""
