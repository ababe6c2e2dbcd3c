"""Answered questions from any system, as one typed table."""
