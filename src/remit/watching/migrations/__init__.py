"""Changes of the tables of watching."""
