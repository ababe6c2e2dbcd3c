"""Migrations of the mailboxes."""
