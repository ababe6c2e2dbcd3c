"""Keeping what Remit holds: backups, restoring them, moving to another database, the doctor."""
