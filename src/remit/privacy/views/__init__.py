"""Doors of the personal data; for owners, but for what customers read and fetch."""
