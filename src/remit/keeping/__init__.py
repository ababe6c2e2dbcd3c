"""Keeping what Remit holds: backups, restoring them, moving to another database, and looking after all of it."""
