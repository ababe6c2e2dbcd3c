"""Tags of the pages of charters."""
