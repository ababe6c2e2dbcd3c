"""Pages of purpose, and what is done on them."""
