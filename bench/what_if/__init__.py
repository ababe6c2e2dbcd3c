"""How fast a charter is replayed over a year of decisions, on both databases."""
