"""How far somebody may go on their own, what their reviews say about it, and the next step."""
