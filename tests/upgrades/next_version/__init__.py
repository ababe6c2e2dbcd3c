"""Migrations of mailboxes as a later version might have them: those of today, and one more."""
