"""Who may decide what alone: the charter, and every question about it."""
