"""Migrations of the app `voice`."""
