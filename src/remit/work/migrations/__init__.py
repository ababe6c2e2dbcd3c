"""Migrations of `work`."""
