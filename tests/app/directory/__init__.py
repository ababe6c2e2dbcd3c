"""A company's directory: a real provider of OpenID Connect in a process of its own."""
