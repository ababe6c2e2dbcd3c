"""Tags of the reviews."""
