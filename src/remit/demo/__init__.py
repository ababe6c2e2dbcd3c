"""Made data, to look at Remit before trusting it with real data."""
