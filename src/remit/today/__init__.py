"""The first page of everybody: what waits, what is free, what changed, who is on, what guests said."""
