"""Every write of the people, one function each; no HTTP, no sending."""
