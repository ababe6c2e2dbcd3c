"""The doors of the charters."""
