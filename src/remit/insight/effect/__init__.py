"""Did it work? What rows say of teams by weeks, what the engine makes of it, and the page that tells it."""
