"""Made data, to look at Remit before trusting it with real data: a log of approvals, and a team with a year behind it."""
