"""The acts of the desk, written in bulk: the same rows as the actions write, thousands at once."""
