"""How fast the pages of the desk are with a great many complaints, on both databases."""
