"""What the commands do and say that keep what Remit holds: backup, restore, move, doctor."""
