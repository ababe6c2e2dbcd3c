"""Forms of procedures: thin doors that say what is wrong, and keep what was typed."""
