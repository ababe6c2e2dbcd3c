"""Forms of the people: thin doors that say what is missing, and keep what was typed."""
