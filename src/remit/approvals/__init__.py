"""Questions that need a yes or may get a no, whom they went to, and their answers."""
