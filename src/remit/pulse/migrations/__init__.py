"""Migrations of `pulse`."""
