"""Pages of growth, and what is done on them."""
