"""Migrations of the personal data."""
