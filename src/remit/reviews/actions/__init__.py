"""Every write of the reviews: weeks opened and drawn, reviewers asked, what they say, what is said to it."""
