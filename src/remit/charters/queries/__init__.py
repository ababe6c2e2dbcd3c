"""What is read of charters: a text looked at, the board of ladders, what changed for somebody."""
