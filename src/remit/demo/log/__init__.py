"""A made approvals log whose truth is known, to look at what can be let go before trusting it."""
