"""Made data with a known truth, to look at Remit before trusting it with real data."""
