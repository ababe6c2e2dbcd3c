"""The vision of a team, the objectives under it, and what hangs on them."""
