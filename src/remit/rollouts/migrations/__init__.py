"""Migrations of the app `rollouts`."""
